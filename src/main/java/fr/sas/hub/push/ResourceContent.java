package fr.sas.hub.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.fhir.FhirInstants;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A resource ready to be stored: its JSON, and the columns it is looked up by. */
record ResourceContent(
        String json,
        UUID digest,
        List<String> refs,
        List<String> identifiers,
        @Nullable String schedule,
        boolean free,
        @Nullable Instant start,
        @Nullable Instant end) {

    private static final String SCHEDULES = "Schedule/";
    private static final UUID NOTHING = new UUID(0, 0);

    /** For a deleted resource. @param identifiers those it was deleted by, if nothing else is known of it */
    static ResourceContent gone(List<String> identifiers) {
        return new ResourceContent("", NOTHING, List.of(), identifiers, null, false, null, null);
    }

    /**
     * What a resource is compared by; its JSON is only written out if it is stored.
     *
     * @param unversioned the resource without its version, because the hub assigns versions
     * @param digest of that without its date
     * @param bytes the UTF-8 of {@code unversioned}; null if it has a date
     */
    record ComparableContent(ObjectNode unversioned, UUID digest, byte @Nullable [] bytes) {

        /** @param resource with its id */
        static ComparableContent of(ObjectNode resource) {
            ObjectNode unversioned = withoutMeta("versionId", resource);
            ObjectNode bare = withoutMeta("lastUpdated", unversioned);
            if (bare.path("meta").isObject() && bare.path("meta").isEmpty()) {
                bare = shallow(bare);
                bare.remove("meta");
            }
            byte[] bytes = PushJson.bytes(bare);
            return new ComparableContent(
                    unversioned, ResourceContent.digest(bytes), bare == unversioned ? bytes : null);
        }

        String json() {
            return bytes == null ? unversioned.toString() : new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** @param compared of the same resource */
    static ResourceContent of(String vendor, ResourceAddress address, ObjectNode resource, ComparableContent compared) {
        Set<String> refs = new LinkedHashSet<>();
        collect(resource, refs);
        boolean slot = address.type().equals("Slot");
        String schedule = slot ? scheduleOf(resource) : null;
        if (schedule != null) {
            refs.remove(SCHEDULES + schedule);
        }
        return new ResourceContent(
                compared.json(),
                compared.digest,
                refs.stream()
                        .flatMap(ref -> Stream.ofNullable(ResourceAddress.parse(ref)))
                        .map(ref -> vendor + "/" + ref)
                        .distinct()
                        .toList(),
                IdentifierToken.of(address.type(), resource).stream()
                        .map(IdentifierToken::key)
                        .toList(),
                schedule,
                slot && resource.path("status").asText().equals("free"),
                slot ? instant(resource.path("start")) : null,
                slot ? instant(resource.path("end")) : null);
    }

    /** The resource itself if its meta does not have the element; otherwise a shallow copy without it. */
    private static ObjectNode withoutMeta(String element, ObjectNode resource) {
        if (!(resource.get("meta") instanceof ObjectNode meta) || !meta.has(element)) {
            return resource;
        }
        ObjectNode rest = shallow(meta);
        rest.remove(element);
        ObjectNode without = shallow(resource);
        without.set("meta", rest);
        return without;
    }

    private static ObjectNode shallow(ObjectNode object) {
        ObjectNode copy = PushJson.MAPPER.createObjectNode();
        copy.setAll(object);
        return copy;
    }

    /**
     * The resource with the date of the vendor's latest statement about it, wherever that date was given (the resource,
     * the Bundle): a vendor that reads it and writes it back is not refused as too old.
     */
    static String lastSaid(String json, @Nullable Instant saidAt) {
        if (saidAt == null) {
            return json;
        }
        ObjectNode resource = (ObjectNode) PushJson.tree(json);
        Instant written = instant(resource.path("meta").path("lastUpdated"));
        if (written != null && written.truncatedTo(ChronoUnit.MICROS).equals(saidAt)) {
            return json;
        }
        ObjectNode meta = resource.get("meta") instanceof ObjectNode there ? there : resource.putObject("meta");
        meta.put("lastUpdated", saidAt.toString());
        return resource.toString();
    }

    static @Nullable String scheduleOf(JsonNode slot) {
        ResourceAddress schedule =
                ResourceAddress.parse(slot.path("schedule").path("reference").asText(""));
        return schedule != null && schedule.type().equals("Schedule") ? schedule.id() : null;
    }

    /** Null if it is not an instant, or has no offset. */
    static @Nullable Instant instant(JsonNode text) {
        FhirInstants.WrittenInstant written = text.isTextual() ? FhirInstants.read(text.textValue()) : null;
        return written == null || written.offset() == null
                ? null
                : written.local().toInstant(written.offset());
    }

    static void collect(JsonNode node, Set<String> refs) {
        if (node.isObject()) {
            node.properties().forEach(field -> {
                if (field.getKey().equals("reference") && field.getValue().isTextual()) {
                    String reference = field.getValue().textValue();
                    if (!reference.startsWith("#")) {
                        refs.add(reference);
                    }
                } else {
                    collect(field.getValue(), refs);
                }
            });
        } else if (node.isArray()) {
            node.forEach(element -> collect(element, refs));
        }
    }

    static UUID digest(String text) {
        return digest(text.getBytes(StandardCharsets.UTF_8));
    }

    static UUID digest(byte[] bytes) {
        try {
            ByteBuffer digest =
                    ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes));
            return new UUID(digest.getLong(), digest.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }
}
