package fr.sas.hub.space;

import fr.sas.hub.directory.Directory;
import fr.sas.hub.directory.Facility;
import fr.sas.hub.participation.CentreSettings;
import fr.sas.hub.participation.Settings;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.vendor.Vendor;
import fr.sas.hub.vendor.Vendors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Puts settings into the words of their form. */
@Component
class SettingsWords {

    private final Directory directory;
    private final Vendors vendors;
    private final MessageSource messages;

    SettingsWords(Directory directory, Vendors vendors, MessageSource messages) {
        this.directory = directory;
        this.vendors = vendors;
        this.messages = messages;
    }

    /** @param typed what was entered, in words @param kept what is saved, in words */
    record Difference(String label, String typed, String kept) {}

    List<Difference> differences(Settings typed, Settings kept, Locale locale) {
        return differences(labelledValues(typed, locale), labelledValues(kept, locale), locale);
    }

    List<Difference> differences(CentreSettings typed, CentreSettings kept, Locale locale) {
        return differences(labelledValues(typed, locale), labelledValues(kept, locale), locale);
    }

    private List<Difference> differences(Map<String, String> typed, Map<String, String> kept, Locale locale) {
        List<Difference> differences = new ArrayList<>();
        kept.forEach((field, value) -> {
            String other = typed.getOrDefault(field, "");
            if (!other.equals(value)) {
                differences.add(new Difference(message("people.settings.said." + field, locale), other, value));
            }
        });
        return differences;
    }

    private Map<String, String> labelledValues(Settings settings, Locale locale) {
        Map<String, String> said = new LinkedHashMap<>();
        said.put("participates", yes(settings.participates(), locale));
        said.put("through", through(settings.participatesThrough(), locale));
        said.put("structure", name(settings.structure(), locale));
        said.put("software", yes(settings.usesBookingSoftware(), locale));
        said.put("vendors", settings.vendors().stream().map(this::name).sorted().collect(Collectors.joining(", ")));
        said.put("hidden", yes(settings.vendorSlotsHidden(), locale));
        said.put("two-hours", yes(settings.declaresTwoHours(), locale));
        said.put("reorientation", yes(settings.emergencyReorientation(), locale));
        return said;
    }

    private Map<String, String> labelledValues(CentreSettings settings, Locale locale) {
        Map<String, String> said = new LinkedHashMap<>();
        said.put("number", Objects.toString(settings.participatingProfessionals(), message("people.none", locale)));
        said.put("overbooking", yes(settings.acceptsOverbooking(), locale));
        said.put("two-hours", yes(settings.declaresTwoHours(), locale));
        return said;
    }

    private String through(Settings.@Nullable Through through, Locale locale) {
        return message(
                through == null
                        ? "people.none"
                        : "people.settings.through." + through.name().toLowerCase(Locale.ROOT),
                locale);
    }

    private String name(@Nullable StructureId structure, Locale locale) {
        return structure == null
                ? message("people.none", locale)
                : directory.facility(structure).map(Facility::name).orElse(structure.value());
    }

    private String name(Source source) {
        return vendors.find(source).map(Vendor::name).orElse(source.name());
    }

    private String yes(@Nullable Boolean said, Locale locale) {
        return message(said == null ? "people.none" : said ? "people.yes" : "people.no", locale);
    }

    private String message(String key, Locale locale) {
        return messages.getMessage(key, null, locale);
    }
}
