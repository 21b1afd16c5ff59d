package fr.sas.hub.space;

import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.Wording;
import fr.sas.hub.participation.Settings;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.StorableText;
import fr.sas.hub.slot.StructureId;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * The form « Vos paramètres » of a practitioner, as it was sent (guide 003, 2.2 to 2.4).
 *
 * @param through practice, cpts, msp or sos; empty if not chosen
 * @param structure national id; empty if not chosen
 * @param places ids of places of practice
 * @param software {@code oui} or {@code non}; empty if not answered
 * @param vendors ids of vendors
 * @param version of the settings that were shown
 * @param search part of the name of a structure to search for
 */
record SettingsForm(
        boolean participates,
        String through,
        String structure,
        Set<String> places,
        String software,
        Set<String> vendors,
        boolean hidden,
        boolean twoHours,
        boolean reorientation,
        long version,
        String search) {

    private static final String YES = "oui";
    private static final String NO = "non";
    private static final Wording NOT_LISTED = new Wording(
            "must name only vendors on the list",
            "Ce logiciel de gestion de rendez-vous n'est pas dans la liste.",
            "This booking system is not on the list.");

    SettingsForm {
        places = Set.copyOf(places);
        vendors = Set.copyOf(vendors);
    }

    /** Reads what a browser sends, which leaves out boxes that are not ticked. */
    static SettingsForm typed(MultiValueMap<String, String> sent) {
        return new SettingsForm(
                sent.containsKey("participates"),
                first(sent, "through"),
                first(sent, "structure"),
                all(sent, "places"),
                first(sent, "software"),
                all(sent, "vendors"),
                sent.containsKey("hidden"),
                sent.containsKey("twoHours"),
                sent.containsKey("reorientation"),
                version(sent),
                StorableText.repaired(first(sent, "search")));
    }

    /** If the form contains none, one that never exists, so that the form is treated as out of date. */
    static long version(MultiValueMap<String, String> sent) {
        try {
            return Long.parseLong(first(sent, "version"));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    static String first(MultiValueMap<String, String> sent, String field) {
        return Objects.requireNonNullElse(sent.getFirst(field), "");
    }

    private static Set<String> all(MultiValueMap<String, String> sent, String field) {
        return Set.copyOf(sent.getOrDefault(field, List.of()));
    }

    static SettingsForm of(Settings settings, long version) {
        Settings.Through through = settings.participatesThrough();
        Boolean software = settings.usesBookingSoftware();
        return new SettingsForm(
                settings.participates(),
                through == null ? "" : through.name().toLowerCase(Locale.ROOT),
                settings.structure() == null ? "" : settings.structure().value(),
                settings.practiceLocations(),
                software == null ? "" : software ? YES : NO,
                settings.vendors().stream().map(Source::name).collect(Collectors.toSet()),
                settings.vendorSlotsHidden(),
                settings.declaresTwoHours(),
                settings.emergencyReorientation(),
                version,
                "");
    }

    SettingsForm at(long current) {
        return new SettingsForm(
                participates,
                through,
                structure,
                places,
                software,
                vendors,
                hidden,
                twoHours,
                reorientation,
                current,
                search);
    }

    /** A vendor that cannot be is refused as one that is not on the list. */
    private Set<Source> sources() {
        return vendors.stream()
                .map(vendor -> Source.parse(vendor).orElseThrow(() -> new InvalidInput("vendors", NOT_LISTED)))
                .collect(Collectors.toSet());
    }

    /**
     * Fields that the form hides under its conditions count as not filled in.
     *
     * @throws InvalidInput about a vendor that cannot be
     */
    Settings toSettings() {
        Settings.Through by = participates ? way() : null;
        boolean throughStructure = by != null && by != Settings.Through.PRACTICE;
        boolean sos = by == Settings.Through.SOS;
        Boolean uses = sos
                ? null
                : switch (software) {
                    case YES -> Boolean.TRUE;
                    case NO -> Boolean.FALSE;
                    default -> null;
                };
        return Settings.builder()
                // also without software: a vendor may bring slots all the same (docs/decisions/0082)
                .vendorSlotsHidden(hidden)
                .participates(participates)
                .participatesThrough(by)
                .structure(throughStructure ? StructureId.parse(structure).orElse(null) : null)
                .practiceLocations(by == Settings.Through.CPTS ? places : Set.of())
                .usesBookingSoftware(uses)
                .vendors(Boolean.TRUE.equals(uses) ? sources() : Set.of())
                .declaresTwoHours(participates && !sos && (hidden || Boolean.FALSE.equals(uses)) && twoHours)
                .emergencyReorientation(reorientation)
                .build();
    }

    Settings.@Nullable Through way() {
        return List.of(Settings.Through.values()).stream()
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(through))
                .findFirst()
                .orElse(null);
    }
}
