package fr.sas.hub.intake;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.directory.DirectoryPlace;
import fr.sas.hub.directory.Phones;
import fr.sas.hub.directory.PlaceKeys;
import fr.sas.hub.fhir.FhirVocabulary;
import fr.sas.hub.rule.CurrentValues;
import fr.sas.hub.rule.LocatedResource;
import fr.sas.hub.rule.PostalAddress;
import fr.sas.hub.rule.ResolvedSchedule;
import fr.sas.hub.slot.OpeningHours;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.StructureId;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where slots take place: practitioners' places and the consultation sites of associations. */
final class PlaceAssembly {

    private static final Set<String> PHONES = Set.of("", "phone", "sms");
    private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

    private final CurrentValues currentValues;

    PlaceAssembly(CurrentValues currentValues) {
        this.currentValues = currentValues;
    }

    /** A practitioner's place; the directory's details take precedence where it lists the place. */
    PracticeLocation ofPractitioner(ResolvedSchedule way) {
        PostalAddress address = way.address();
        DirectoryPlace listed = way.listed();
        String line = or(address.line(), listed == null ? null : listed.line());
        String postalCode = or(address.postalCode(), listed == null ? null : listed.postalCode());
        String city = or(address.city(), listed == null ? null : listed.city());
        StructureId structure =
                way.structures().isEmpty() ? null : way.structures().first();
        if (listed != null && !listed.structures().isEmpty()) {
            structure = listed.structures().getFirst();
        }
        String key = listed != null
                ? listed.id()
                : structure != null ? structure.value() : PlaceKeys.ofAddress(line, postalCode, city);
        List<JsonNode> telecom = new ArrayList<>(2);
        for (LocatedResource item : new @Nullable LocatedResource[] {way.role(), way.place()}) {
            if (item != null) {
                telecom.addAll(currentValues.contacts(item.at("telecom")));
            }
        }
        return new PracticeLocation(
                Objects.requireNonNull(key, "a place without any identification belongs to nobody"),
                structure,
                null,
                null,
                line,
                postalCode,
                city,
                or(phone(telecom, way.zone()), listed == null ? null : listed.phone()),
                way.zone(),
                List.of());
    }

    PracticeLocation site(ResolvedSchedule way, StructureId association) {
        LocatedResource site = Objects.requireNonNull(way.place());
        PostalAddress address = way.address();
        String localId = localId(site);
        String key = localId != null
                ? "site-" + PlaceKeys.digest(localId)
                : PlaceKeys.ofAddress(
                        address.line(), address.postalCode(), Objects.requireNonNullElse(address.city(), ""));
        return new PracticeLocation(
                Objects.requireNonNull(key, "a site without any identification belongs to nobody"),
                association,
                site.text("name"),
                localId,
                address.line(),
                address.postalCode(),
                address.city(),
                phone(currentValues.contacts(site.at("telecom")), way.zone()),
                way.zone(),
                hours(site));
    }

    /** The vendor's own identifier of the site, as {@code system|value}; the Location's id if it sends none. */
    private @Nullable String localId(LocatedResource site) {
        for (JsonNode identifier : site.at("identifier")) {
            String value = identifier.path("value").textValue();
            if (value != null
                    && currentValues.holds(identifier)
                    && !FhirVocabulary.STRUCTURE_IDS.equals(
                            identifier.path("system").asText())
                    && !isNational(identifier)) {
                return identifier.path("system").asText("") + "|" + value;
            }
        }
        return site.id().isEmpty() ? null : "|" + site.id();
    }

    private static boolean isNational(JsonNode identifier) {
        for (JsonNode coding : identifier.path("type").path("coding")) {
            if (FhirVocabulary.NATIONAL_STRUCTURE.equals(coding.path("code").asText())) {
                return true;
            }
        }
        return false;
    }

    private static List<OpeningHours> hours(LocatedResource site) {
        List<OpeningHours> hours = new ArrayList<>();
        for (JsonNode span : site.at("hoursOfOperation")) {
            boolean allDay = span.path("allDay").asBoolean(false);
            LocalTime opens = time(span.path("openingTime"));
            LocalTime closes = time(span.path("closingTime"));
            if (span.path("modifierExtension").isMissingNode() && (allDay || (opens != null && closes != null))) {
                List<DayOfWeek> days = new ArrayList<>(7);
                for (JsonNode day : span.path("daysOfWeek")) {
                    int at = DAYS.indexOf(day.asText());
                    if (at >= 0) {
                        days.add(DayOfWeek.of(at + 1));
                    }
                }
                hours.add(new OpeningHours(days, allDay, opens, closes));
            }
        }
        return hours;
    }

    private static @Nullable LocalTime time(JsonNode said) {
        try {
            return said.isTextual() ? LocalTime.parse(said.textValue()) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** The first phone number among these that is certain; null if there is none. */
    static @Nullable String phone(List<JsonNode> telecom, ZoneId zone) {
        for (JsonNode point : telecom) {
            String value = LocatedResource.textOf(point.path("value"));
            if (value != null && PHONES.contains(point.path("system").asText(""))) {
                String certain = Phones.normalise(value, zone).orElse(null);
                if (certain != null) {
                    return certain;
                }
            }
        }
        return null;
    }

    private static @Nullable String or(@Nullable String first, @Nullable String second) {
        return first != null ? first : second;
    }
}
