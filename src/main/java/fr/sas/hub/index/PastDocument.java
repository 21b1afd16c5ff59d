package fr.sas.hub.index;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.agenda.place.Absence;
import fr.sas.hub.agenda.place.PlaceNotice;
import fr.sas.hub.index.freshness.FreshnessSettings;
import fr.sas.hub.participation.Settings;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.vendor.Vendor;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What {@link AnswerInputsJournal} keeps of the past, as documents of this room's own: other rooms change their records
 * regardless of what was written a month ago ({@link StoredJson}).
 *
 * <p>Version 2 is {@code {"version": 2, "said": …}} with identifiers as plain strings. Version 1 had no version: only
 * the value itself, with identifiers as single-field objects ({@code {"value": "…"}}, {@code {"name": "…"}}).
 */
final class PastDocument {

    private static final int VERSION = 2;
    private static final ObjectMapper JSON = new ObjectMapper();

    private PastDocument() {}

    /** Settings since an instant, and those before. */
    record SettingsChange(Settings before, Settings after) {}

    static String of(SettingsChange change) {
        ObjectNode said = JSON.createObjectNode();
        said.set("before", of(change.before));
        said.set("after", of(change.after));
        return write(said);
    }

    static SettingsChange settingsChange(String document) {
        JsonNode said = content(document);
        return new SettingsChange(settings(said.path("before")), settings(said.path("after")));
    }

    private static ObjectNode of(Settings settings) {
        ObjectNode node = JSON.createObjectNode()
                .put("vendorSlotsHidden", settings.vendorSlotsHidden())
                .put("participates", settings.participates())
                .put("declaresTwoHours", settings.declaresTwoHours())
                .put("emergencyReorientation", settings.emergencyReorientation());
        if (settings.participatesThrough() != null) {
            node.put("participatesThrough", settings.participatesThrough().name());
        }
        if (settings.structure() != null) {
            node.put("structure", settings.structure().value());
        }
        if (settings.usesBookingSoftware() != null) {
            node.put("usesBookingSoftware", settings.usesBookingSoftware());
        }
        put(node, "practiceLocations", settings.practiceLocations());
        put(node, "vendors", settings.vendors().stream().map(Source::name).toList());
        return node;
    }

    private static void put(ObjectNode node, String field, Collection<String> texts) {
        texts.stream().sorted().forEach(node.putArray(field)::add);
    }

    private static Settings settings(JsonNode node) {
        return Settings.builder()
                .vendorSlotsHidden(node.path("vendorSlotsHidden").asBoolean())
                .participates(node.path("participates").asBoolean())
                .participatesThrough(
                        StoredJson.constant(Settings.Through.class, StoredJson.text(node.path("participatesThrough"))))
                .structure(StructureId.parseNational(StoredJson.text(node.path("structure")))
                        .orElse(null))
                .practiceLocations(Set.copyOf(StoredJson.texts(node.path("practiceLocations"))))
                .usesBookingSoftware(
                        node.hasNonNull("usesBookingSoftware")
                                ? node.path("usesBookingSoftware").asBoolean()
                                : null)
                .vendors(StoredJson.texts(node.path("vendors")).stream()
                        .map(Source::new)
                        .collect(Collectors.toSet()))
                .declaresTwoHours(node.path("declaresTwoHours").asBoolean())
                .emergencyReorientation(node.path("emergencyReorientation").asBoolean())
                .build();
    }

    static String of(List<PlaceNotice> notices) {
        var said = JSON.createArrayNode();
        for (PlaceNotice notice : notices) {
            ObjectNode node = said.addObject().put("place", notice.place());
            if (notice.structure() != null) {
                node.put("structure", notice.structure().value());
            }
            if (notice.information() != null) {
                node.put("information", notice.information());
            }
            var absences = node.putArray("absences");
            for (Absence absence : notice.absences()) {
                ObjectNode one = absences.addObject().put("from", absence.from().toString());
                if (absence.until() != null) {
                    one.put("until", absence.until().toString());
                }
            }
        }
        return write(said);
    }

    static List<PlaceNotice> notices(String document) {
        return StoredJson.each(
                content(document),
                node -> new PlaceNotice(
                        node.path("place").asText(),
                        StructureId.parseNational(StoredJson.text(node.path("structure")))
                                .orElse(null),
                        StoredJson.each(node.path("absences"), PastDocument::absence),
                        StoredJson.text(node.path("information"))));
    }

    private static Absence absence(JsonNode node) {
        String until = StoredJson.text(node.path("until"));
        return new Absence(Instant.parse(node.path("from").asText()), until == null ? null : Instant.parse(until));
    }

    static String of(VendorThen vendor) {
        return write(JSON.createObjectNode()
                .put("status", vendor.status().name())
                .put("shown", vendor.shown())
                .put("doubted", vendor.doubted()));
    }

    /** An unknown status from a newer hub counts as paused; {@code shown} says what it means for answers. */
    static VendorThen vendor(String document) {
        JsonNode said = content(document);
        return new VendorThen(
                Optional.ofNullable(StoredJson.constant(Vendor.Status.class, StoredJson.text(said.path("status"))))
                        .orElse(Vendor.Status.PAUSED),
                said.path("shown").asBoolean(),
                said.path("doubted").asBoolean());
    }

    static String of(FreshnessSettings freshness) {
        return write(JSON.createObjectNode()
                .put("unverifiedAfter", freshness.unverifiedAfter().toString())
                .put("hiddenAfter", freshness.hiddenAfter().toString()));
    }

    static FreshnessSettings freshness(String document) {
        JsonNode said = content(document);
        return new FreshnessSettings(
                Duration.parse(said.path("unverifiedAfter").asText()),
                Duration.parse(said.path("hiddenAfter").asText()));
    }

    /** Whether a structure is a health centre. */
    static String of(boolean isCentre) {
        return write(JSON.getNodeFactory().booleanNode(isCentre));
    }

    static boolean isCentre(String document) {
        return content(document).asBoolean();
    }

    private static String write(JsonNode said) {
        return JSON.createObjectNode().put("version", VERSION).set("said", said).toString();
    }

    private static JsonNode content(String document) {
        try {
            JsonNode read = JSON.readTree(document);
            return read.has("version") ? read.path("said") : read;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The database stores only valid JSON", e);
        }
    }
}
