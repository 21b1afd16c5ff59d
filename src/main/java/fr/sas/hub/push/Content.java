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

/** A resource ready to be stored: its JSON, and what is looked up by. */
record Content(
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

    /** Of what was deleted. @param identifiers by which it was called, where nothing is known of it but them */
    static Content gone(List<String> identifiers) {
        return new Content("", NOTHING, List.of(), identifiers, null, false, null, null);
    }

    /** @param resource with its id; the version is ours and is left out */
    static Content of(String vendor, Address address, ObjectNode resource) {
        ObjectNode unversioned = withoutMeta("versionId", resource);
        String json = unversioned.toString();
        ObjectNode bare = withoutMeta("lastUpdated", unversioned);
        if (bare.path("meta").isObject() && bare.path("meta").isEmpty()) {
            bare = shallow(bare);
            bare.remove("meta");
        }
        Set<String> refs = new LinkedHashSet<>();
        collect(resource, refs);
        boolean slot = address.type().equals("Slot");
        String schedule = slot ? scheduleOf(resource) : null;
        if (schedule != null) {
            refs.remove(SCHEDULES + schedule);
        }
        return new Content(
                json,
                digest(bare == unversioned ? json : bare.toString()),
                refs.stream()
                        .flatMap(ref -> Stream.ofNullable(Address.parse(ref)))
                        .map(ref -> vendor + "/" + ref)
                        .distinct()
                        .toList(),
                Token.of(address.type(), resource).stream().map(Token::key).toList(),
                schedule,
                slot && resource.path("status").asText().equals("free"),
                slot ? instant(resource.path("start")) : null,
                slot ? instant(resource.path("end")) : null);
    }

    /** The same resource when it has none; else one that shares all the rest. */
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
        ObjectNode copy = Json.MAPPER.createObjectNode();
        copy.setAll(object);
        return copy;
    }

    /** The resource with the date of the vendor's last word, wherever the vendor said it: what is written back is not older. */
    static String lastSaid(String json, @Nullable Instant saidAt) {
        if (saidAt == null) {
            return json;
        }
        ObjectNode resource = (ObjectNode) Json.tree(json);
        Instant written = instant(resource.path("meta").path("lastUpdated"));
        if (written != null && written.truncatedTo(ChronoUnit.MICROS).equals(saidAt)) {
            return json;
        }
        ObjectNode meta = resource.get("meta") instanceof ObjectNode there ? there : resource.putObject("meta");
        meta.put("lastUpdated", saidAt.toString());
        return resource.toString();
    }

    static @Nullable String scheduleOf(JsonNode slot) {
        Address schedule = Address.parse(slot.path("schedule").path("reference").asText(""));
        return schedule != null && schedule.type().equals("Schedule") ? schedule.id() : null;
    }

    /** Null when it is no time, or one without an offset. */
    static @Nullable Instant instant(JsonNode text) {
        FhirInstants.Written written = text.isTextual() ? FhirInstants.read(text.textValue()) : null;
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
