package fr.sas.hub.space;

import fr.sas.hub.participation.Settings;
import fr.sas.hub.slot.Source;
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
 * @param through practice, cpts, msp or sos; empty: not chosen
 * @param structure national id; empty: not chosen
 * @param places ids of places of practice
 * @param software {@code oui} or {@code non}; empty: not answered
 * @param vendors ids of vendors
 * @param version of the settings that were shown
 * @param search part of the name of a structure that is looked for
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

    SettingsForm {
        places = Set.copyOf(places);
        vendors = Set.copyOf(vendors);
    }

    /** As a browser sends it: a box that is not ticked is left out. */
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
                first(sent, "search"));
    }

    /** Of a form that names none, one that nobody has: what it would change is told instead. */
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

    /** What does not appear under the conditions of the form counts as not said. */
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
        return new Settings(
                hidden,
                participates,
                by,
                throughStructure ? StructureId.parse(structure).orElse(null) : null,
                by == Settings.Through.CPTS ? places : Set.of(),
                uses,
                Boolean.TRUE.equals(uses)
                        ? vendors.stream()
                                .flatMap(vendor -> Source.parse(vendor).stream())
                                .collect(Collectors.toSet())
                        : Set.of(),
                participates && !sos && (hidden || Boolean.FALSE.equals(uses)) && twoHours,
                reorientation);
    }

    Settings.@Nullable Through way() {
        return List.of(Settings.Through.values()).stream()
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(through))
                .findFirst()
                .orElse(null);
    }
}
