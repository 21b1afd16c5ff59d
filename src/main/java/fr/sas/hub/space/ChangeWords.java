package fr.sas.hub.space;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.directory.Directory;
import fr.sas.hub.directory.Facility;
import fr.sas.hub.history.History;
import fr.sas.hub.history.RecordedChange;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.vendor.Vendor;
import fr.sas.hub.vendor.Vendors;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Puts changes from the history into the words of the forms. A field without a message was not entered by a person. */
@Component
class ChangeWords {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy", Locale.ROOT);

    private static final String THIS_YEAR = "EEEE d MMMM";
    private static final String ANY_YEAR = "EEEE d MMMM yyyy";

    private final Directory directory;
    private final Vendors vendors;
    private final MessageSource messages;

    ChangeWords(Directory directory, Vendors vendors, MessageSource messages) {
        this.directory = directory;
        this.vendors = vendors;
        this.messages = messages;
    }

    /** @param before like {@code after}, empty if there was, or is, nothing */
    record Field(String label, String before, String after) {

        public boolean isChanged() {
            return !before.equals(after);
        }
    }

    /** {@code new}, {@code gone} or {@code changed}. */
    static String how(RecordedChange change) {
        return change.before() == null ? "new" : change.after() == null ? "gone" : "changed";
    }

    /**
     * What was changed and, of an availability, which one and how, such as « Disponibilité du mercredi 3 décembre, 08h00 -
     * 09h00, toutes les semaines : supprimée ».
     *
     * @param on the day of the change, in the place's local time
     */
    String what(RecordedChange change, LocalDate on, Locale locale) {
        String kind = message("people.history.kind." + change.kind(), "", locale);
        if (change.kind() == History.Kind.FEED) {
            return message("people.history.feed." + how(change), locale);
        }
        return ChangedAvailability.of(change, on)
                .map(which -> what(which, kind, on, locale))
                .orElse(kind);
    }

    private String what(ChangedAvailability which, String kind, LocalDate on, Locale locale) {
        List<String> parts = new ArrayList<>();
        LocalDate day = which.day();
        parts.add(
                day == null
                        ? kind
                        : message(
                                "people.history.availability",
                                locale,
                                DayWords.of(day, day.getYear() == on.getYear() ? THIS_YEAR : ANY_YEAR, locale)));
        LocalTime start = which.start();
        LocalTime end = which.end();
        if (start != null && end != null) {
            parts.add(HourWords.of(start) + " - " + HourWords.of(end));
        }
        if (which.scope() != ChangedAvailability.Scope.ONCE) {
            parts.add(message("people.history.scope." + which.scope(), locale));
        }
        return message("people.history.availability." + which.how(), locale, String.join(", ", parts));
    }

    /**
     * The fields that differ, and those that say which delegate or manager is meant, or from when on all weeks are; of an
     * availability that is new, gone or restored, those that do not say which it is.
     *
     * @param on the day of the change, in the place's local time
     * @param names of people, by e-mail address
     */
    List<Field> fields(RecordedChange change, LocalDate on, Map<String, String> names, Locale locale) {
        Optional<ChangedAvailability> availability = ChangedAvailability.of(change, on);
        boolean isOfWeeks = availability
                .filter(which -> which.scope() == ChangedAvailability.Scope.ALL_WEEKS)
                .isPresent();
        String date = isOfWeeks ? "date-from" : "date";
        Map<String, String> before = labelledValues(toCome(change.before(), on), date, names, locale);
        Map<String, String> after = labelledValues(toCome(change.after(), on), date, names, locale);
        if (change.before() == null || change.after() == null) {
            availability.ifPresent(which -> {
                Set<String> told = Set.of(label("date", locale), label("start", locale), label("end", locale));
                before.keySet().removeAll(told);
                after.keySet().removeAll(told);
            });
        }
        Set<String> whichOne = Set.of(label("date-from", locale), label("delegate", locale), label("manager", locale));
        Set<String> labels = new LinkedHashSet<>(before.keySet());
        labels.addAll(after.keySet());
        List<Field> fields = new ArrayList<>();
        for (String label : labels) {
            String was = before.getOrDefault(label, "");
            String is = after.getOrDefault(label, "");
            if (!was.equals(is) || whichOne.contains(label)) {
                fields.add(new Field(label, was, is));
            }
        }
        return fields;
    }

    /** A weekly entry from the day of the change on: nobody changed the weeks before it. */
    private static @Nullable JsonNode toCome(@Nullable JsonNode document, LocalDate on) {
        if (!(document instanceof ObjectNode fields) || !document.path("weekly").isObject()) {
            return document;
        }
        LocalDate first = ChangedAvailability.firstFrom(document, on);
        return first == null ? document : fields.deepCopy().put("date", first.toString());
    }

    /** @param date name of the label of the date */
    private Map<String, String> labelledValues(
            @Nullable JsonNode document, String date, Map<String, String> names, Locale locale) {
        Map<String, String> said = new LinkedHashMap<>();
        if (document != null) {
            boolean forOne = document.path("kind").asText().equals("slot");
            boolean isOccurrence = document.path("weekly").isBoolean();
            document.properties().forEach(field -> {
                if (forOne && field.getKey().equals("patients")) {
                    return; // a slot is for one patient: nobody typed that
                }
                if (isOccurrence && field.getKey().equals("weekly")) {
                    return; // the line says that it is about one occurrence
                }
                String label = label(field.getKey().equals("date") ? date : field.getKey(), locale);
                String value = value(field.getKey(), field.getValue(), locale);
                if (names.containsKey(value)) {
                    value = names.get(value) + " (" + value + ")";
                }
                if (!label.isEmpty() && !value.isEmpty()) {
                    said.put(label, value);
                }
            });
        }
        return said;
    }

    private String value(String field, JsonNode value, Locale locale) {
        if (value.isNull() || value.isMissingNode()) {
            return "";
        }
        if (value.isBoolean()) {
            return message(value.asBoolean() ? "people.yes" : "people.no", "", locale);
        }
        if (value.isContainerNode()) {
            List<String> parts = new ArrayList<>();
            if (value.has("from") && value.has("to")) {
                return messages.getMessage(
                        "people.absence.period",
                        new Object[] {text(field, value.path("from"), locale), text(field, value.path("to"), locale)},
                        locale);
            }
            value.forEach(part -> {
                String one = value(field, part, locale);
                if (!one.isEmpty()) {
                    parts.add(one);
                }
            });
            return String.join(", ", parts);
        }
        return text(field, value, locale);
    }

    private String text(String field, JsonNode value, Locale locale) {
        String text = value.asText();
        String word = message("people.history.value." + field + "." + text, "", locale);
        if (!word.isEmpty()) {
            return word;
        }
        return switch (field) {
            case "structure" ->
                StructureId.parse(text)
                        .flatMap(directory::facility)
                        .map(Facility::name)
                        .orElse(text);
            case "vendors" -> vendors.find(new Source(text)).map(Vendor::name).orElse(text);
            case "start", "end" -> hour(text);
            default -> day(text);
        };
    }

    private static String hour(String text) {
        try {
            return HourWords.of(LocalTime.parse(text));
        } catch (DateTimeException e) {
            return text;
        }
    }

    private static String day(String text) {
        try {
            return DAY.format(LocalDate.parse(text));
        } catch (DateTimeException e) {
            return text;
        }
    }

    private String label(String field, Locale locale) {
        return message("people.history.field." + field, "", locale);
    }

    private String message(String key, Locale locale, Object... arguments) {
        return Objects.requireNonNull(messages.getMessage(key, arguments, locale));
    }

    private String message(String key, String otherwise, Locale locale) {
        String word = messages.getMessage(key, null, otherwise, locale);
        return word == null ? otherwise : word;
    }
}
