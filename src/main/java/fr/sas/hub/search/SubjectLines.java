package fr.sas.hub.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.database.DatabaseSilent;
import fr.sas.hub.directory.Departements;
import fr.sas.hub.index.ReadySubjects;
import fr.sas.hub.search.resource.ResourceWriter;
import fr.sas.hub.slot.Subject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * What searches answer about subjects, as lines of files (docs/decisions/0077). A front door of the room. The resources are
 * as a read by id returns them, plus what consumers of SMART Scheduling Links look for: a Location among a Schedule's actors, the
 * département in its address, the booking page as an extension. Nothing in a line ages by itself: a Schedule does not say
 * when it was last confirmed.
 */
@Service
public class SubjectLines {

    private static final String DEEP_LINK =
            "http://fhir-registry.smarthealthit.org/StructureDefinition/booking-deep-link";
    private static final String COMMENT = ",\"comment\":\"";
    /** Where a slot's own extensions begin: only {@code meta} before them ends with a list. */
    private static final String EXTENSIONS = "]},\"extension\":[";

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Identifies how lines are written: another release may write them differently. */
    private static final int FORMAT = PackedSubject.FORMAT ^ ReadySubjects.sumOf(SubjectLines.class);

    private final SubjectShelf shelf;

    SubjectLines(SubjectShelf shelf) {
        this.shelf = shelf;
    }

    /**
     * @param departement number of the département it belongs to; empty if its place has no postal code
     * @param shared whether other subjects may have the same resource: an organization or its service
     * @param json without a line break
     */
    public record Line(String departement, String type, String id, boolean shared, byte[] json) {}

    /**
     * @param lines a slot comes after the lines that it refers to; empty if there is no slot
     * @param until when the first of its slots ends; null if there is none
     */
    public record Lines(List<Line> lines, @Nullable Instant until) {}

    /** What is served about a subject; its lines are written only on demand. */
    public final class Served {

        private final ShelvedSubject subject;
        private final Subject id;
        private final Instant now;

        private Served(Subject id, ShelvedSubject subject, Instant now) {
            this.id = id;
            this.subject = subject;
            this.now = now;
        }

        public Subject subject() {
            return id;
        }

        /** 16 bytes, which stay the same as long as nothing but time changes the subject. */
        public byte[] digest() {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, FORMAT));
                return Arrays.copyOf(digest.digest(subject.packed()), 16);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Without slots that have ended. */
        public Lines lines() {
            Writing writing = new Writing(now);
            writing.write(subject, slot -> !subject.belongsToCommunities(slot));
            if (subject.belongsToCommunities()) {
                ShelvedSubject forCommunities = current(List.of(id), true, now).getFirst();
                writing.write(forCommunities, forCommunities::belongsToCommunities);
            }
            return writing.lines();
        }
    }

    /** Each once, in no particular order. */
    public List<Served> take(Collection<Subject> subjects, Instant now) {
        Map<String, Subject> byId = new HashMap<>();
        subjects.forEach(subject -> byId.put(subject.value(), subject));
        return current(byId.values(), false, now).stream()
                .map(shelved -> new Served(subjectOf(byId, shelved), shelved, now))
                .toList();
    }

    /** Data that stands in for a silent database may be used in answers, but not published. */
    private List<ShelvedSubject> current(Collection<Subject> subjects, boolean forCommunities, Instant now) {
        SubjectShelf.ShelfRead taken = shelf.take(subjects, forCommunities, now);
        if (!taken.isCurrent()) {
            throw new DatabaseSilent();
        }
        return taken.subjects();
    }

    private static Subject subjectOf(Map<String, Subject> byId, ShelvedSubject shelved) {
        Subject subject = byId.get(shelved.id);
        if (subject == null) {
            throw new IllegalStateException("Not requested: " + shelved.id);
        }
        return subject;
    }

    /** The lines of one subject. */
    private static final class Writing {

        private final Instant now;
        /** By type and id, so that each resource is written once per département. */
        private final Map<String, Line> lines = new TreeMap<>();

        /** By id: what changes between two readings may be in both. */
        private final Map<String, Line> slots = new LinkedHashMap<>();

        private long until = Long.MAX_VALUE;

        Writing(Instant now) {
            this.now = now;
        }

        /** @param wanted numbers of the slots that are published in the form in which this subject is given */
        void write(ShelvedSubject subject, IntPredicate wanted) {
            Map<Integer, String> departements = new HashMap<>();
            Set<String> all = new TreeSet<>();
            List<byte[]> entries = subject.unpackedSlots();
            for (int slot = 0; slot < subject.slots(); slot++) {
                if (subject.end(slot) > now.toEpochMilli() && wanted.test(slot)) {
                    until = Math.min(until, subject.end(slot));
                    String departement = departements.computeIfAbsent(
                            subject.scheduleOf(slot), number -> writeSchedule(subject, number));
                    all.add(departement);
                    byte[] entry = entries.get(slot);
                    String id = ShelvedSubject.idIn(entry);
                    slots.put(id, new Line(departement, "Slot", id, false, slot(entry)));
                    for (int community : subject.communitiesOf(slot)) {
                        put(departement, subject.unpacked(subject.communityService(community)));
                        put(departement, subject.unpacked(subject.communityOrganization(community)));
                    }
                }
            }
            ShelvedSubject.Text party = subject.party();
            if (party != null) {
                all.forEach(departement -> put(departement, subject.unpacked(party)));
            }
        }

        Lines lines() {
            List<Line> written = new ArrayList<>(lines.values());
            written.addAll(slots.values());
            return new Lines(written, until == Long.MAX_VALUE ? null : Instant.ofEpochMilli(until));
        }

        /** And what it refers to, except the party. @return its place's département */
        private String writeSchedule(ShelvedSubject subject, int number) {
            ShelvedSubject.ShelvedSchedule schedule = subject.schedules.get(number);
            byte[] entry = subject.unpacked(subject.place(schedule.place()));
            ObjectNode place = tree(entry);
            ObjectNode location = place.path("resourceType").asText().equals("Location") ? place : ofRole(place);
            String postalCode = location.at("/address/postalCode").asText(null);
            String departement = Departements.ofPostalCode(postalCode);
            String where = departement == null ? "" : departement;
            if (departement != null && location.get("address") instanceof ObjectNode address) {
                address.put("state", departement);
            }
            if (location != place) {
                put(where, entry);
            }
            put(where, location);
            int toCall = schedule.toCall();
            if (toCall >= 0) {
                put(where, subject.unpacked(subject.structure(toCall)));
            }
            put(where, schedule(subject, number, location.path("id").asText()));
            return where;
        }

        /** The place that the role contains, under the id by which it can be read; its phone is the role's. */
        private static ObjectNode ofRole(ObjectNode role) {
            ObjectNode location = role.at("/contained/0").deepCopy();
            location.put("id", role.path("id").asText());
            if (!location.has("name")) {
                String name = nameOf(location.path("address"));
                if (!name.isEmpty()) {
                    location.put("name", name);
                }
            }
            if (role.has("telecom")) {
                location.set("telecom", role.get("telecom"));
            }
            return location;
        }

        /** Places of practice have no name: their address is what people know them by. */
        private static String nameOf(JsonNode address) {
            List<String> words = new ArrayList<>();
            address.path("line").forEach(line -> words.add(line.asText()));
            String town = (address.path("postalCode").asText("") + " "
                            + address.path("city").asText(""))
                    .strip();
            if (!town.isEmpty()) {
                words.add(town);
            }
            return String.join(", ", words);
        }

        private static ObjectNode schedule(ShelvedSubject subject, int number, String location) {
            byte[] before = subject.unpacked(subject.scheduleBefore(number));
            byte[] after = subject.unpacked(subject.scheduleAfter(number));
            byte[] sync = ResourceWriter.UNKNOWN_SYNC.getBytes(StandardCharsets.US_ASCII);
            byte[] entry = ByteBuffer.allocate(before.length + sync.length + after.length)
                    .put(before)
                    .put(sync)
                    .put(after)
                    .array();
            ObjectNode schedule = tree(entry);
            if (schedule.get("meta") instanceof ObjectNode meta) {
                meta.remove("extension");
            }
            String reference = "Location/" + location;
            if (schedule.get("actor") instanceof ArrayNode actors
                    && !actors.findValuesAsText("reference").contains(reference)) {
                actors.insertObject(0).put("reference", reference);
            }
            return schedule;
        }

        private void put(String departement, byte[] entry) {
            put(departement, tree(entry), ShelvedSubject.resourceIn(entry));
        }

        private void put(String departement, ObjectNode resource) {
            try {
                put(departement, resource, JSON.writeValueAsBytes(resource));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void put(String departement, ObjectNode resource, byte[] json) {
            String type = resource.path("resourceType").asText();
            String id = resource.path("id").asText();
            boolean shared = type.equals("Organization") || type.equals("HealthcareService");
            lines.putIfAbsent(type + "/" + id + "@" + departement, new Line(departement, type, id, shared, json));
        }

        private static ObjectNode tree(byte[] entry) {
            try {
                return (ObjectNode) JSON.readTree(ShelvedSubject.resourceIn(entry));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Repeats the booking page, which comes last, as an extension. */
        private static byte[] slot(byte[] entry) {
            String slot = new String(ShelvedSubject.resourceIn(entry), StandardCharsets.ISO_8859_1);
            int comment = slot.lastIndexOf(COMMENT);
            if (comment < 0) {
                return slot.getBytes(StandardCharsets.ISO_8859_1);
            }
            String page = slot.substring(comment + COMMENT.length(), slot.length() - 2);
            String link = "{\"url\":\"" + DEEP_LINK + "\",\"valueUrl\":\"" + page + "\"}";
            int extensions = slot.indexOf(EXTENSIONS);
            String linked = extensions < 0
                    ? slot.substring(0, slot.length() - 1) + ",\"extension\":[" + link + "]}"
                    : slot.substring(0, extensions + EXTENSIONS.length()) + link + ","
                            + slot.substring(extensions + EXTENSIONS.length());
            return linked.getBytes(StandardCharsets.ISO_8859_1);
        }
    }
}
