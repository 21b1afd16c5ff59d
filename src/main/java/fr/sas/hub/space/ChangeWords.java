package fr.sas.hub.space;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.directory.Directory;
import fr.sas.hub.directory.Facility;
import fr.sas.hub.history.Change;
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
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Changes as the history keeps them, in the words of the forms. A field without a word is none that a person typed. */
@Component
class ChangeWords {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy", Locale.ROOT);

    private static final Pattern WEEKS_FROM = Pattern.compile("agenda/entries/[^/]+/from/.*");

    private final Directory directory;
    private final Vendors vendors;
    private final MessageSource messages;

    ChangeWords(Directory directory, Vendors vendors, MessageSource messages) {
        this.directory = directory;
        this.vendors = vendors;
        this.messages = messages;
    }

    /** @param before and {@code after}: empty when it was, or is, nothing */
    record Field(String label, String before, String after) {}

    /** Those that differ. @param names of people, by their e-mail addresses */
    List<Field> fields(Change change, Map<String, String> names, Locale locale) {
        boolean weeks = WEEKS_FROM.matcher(change.about()).matches();
        Map<String, String> before = said(change.before(), weeks, names, locale);
        Map<String, String> after = said(change.after(), weeks, names, locale);
        Set<String> labels = new LinkedHashSet<>(before.keySet());
        labels.addAll(after.keySet());
        List<Field> fields = new ArrayList<>();
        for (String label : labels) {
            String was = before.getOrDefault(label, "");
            String is = after.getOrDefault(label, "");
            if (!was.equals(is)) {
                fields.add(new Field(label, was, is));
            }
        }
        return fields;
    }

    /** @param weeks whether it is about every week from its date on */
    private Map<String, String> said(
            @Nullable JsonNode document, boolean weeks, Map<String, String> names, Locale locale) {
        Map<String, String> said = new LinkedHashMap<>();
        if (document != null) {
            document.properties().forEach(field -> {
                String name = weeks && field.getKey().equals("date") ? "date-from" : field.getKey();
                String label = word("people.history.field." + name, "", locale);
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
            return word(value.asBoolean() ? "people.yes" : "people.no", "", locale);
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
        String word = word("people.history.value." + field + "." + text, "", locale);
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

    private String word(String key, String otherwise, Locale locale) {
        String word = messages.getMessage(key, null, otherwise, locale);
        return word == null ? otherwise : word;
    }
}
