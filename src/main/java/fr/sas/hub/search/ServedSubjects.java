package fr.sas.hub.search;

import fr.sas.hub.slot.Subject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * What searches show, subject by subject, for rooms that pass it on: each resource as a read by its id returns it, from the
 * same prepared bytes. A front door of the room.
 */
@Service
public class ServedSubjects {

    private final SubjectShelf shelf;

    ServedSubjects(SubjectShelf shelf) {
        this.shelf = shelf;
    }

    /** Changes when another release may write the same resource differently. */
    public int format() {
        return PackedSubject.FORMAT;
    }

    /** Verified against the database, whatever this node has in memory. The result contains every requested subject. */
    public Map<Subject, ServedSubject> read(Collection<Subject> subjects, Instant now) {
        Map<Subject, PackedSubject> packed = shelf.readVerified(subjects, false, now);
        Map<Subject, ShelvedSubject> opened = new HashMap<>();
        packed.forEach((subject, shelved) -> opened.put(subject, shelved.open(subject)));
        List<Subject> inCommunities = opened.entrySet().stream()
                .filter(one -> one.getValue().belongsToCommunities())
                .map(Map.Entry::getKey)
                .toList();
        Map<Subject, PackedSubject> forCommunities =
                inCommunities.isEmpty() ? Map.of() : shelf.readVerified(inCommunities, true, now);
        Map<Subject, ServedSubject> served = new HashMap<>();
        opened.forEach((subject, plain) -> {
            PackedSubject other = forCommunities.get(subject);
            served.put(
                    subject,
                    new ServedSubject(
                            Objects.requireNonNull(packed.get(subject)).until(),
                            other == null ? resources(plain, null, now) : resources(plain, other.open(subject), now)));
        });
        return served;
    }

    /** @param forCommunities the same subject as in answers to INT_R04; null when none of its slots needs it */
    private static List<ServedResource> resources(
            ShelvedSubject plain, @Nullable ShelvedSubject forCommunities, Instant now) {
        List<ServedResource> resources = new ArrayList<>();
        BitSet schedules = new BitSet();
        addSlots(plain, slot -> !plain.belongsToCommunities(slot), now, resources, schedules);
        BitSet others = new BitSet();
        if (forCommunities != null) {
            addSlots(forCommunities, forCommunities::belongsToCommunities, now, resources, others);
        }
        Map<String, ServedResource> referred = new LinkedHashMap<>();
        addReferred(plain, schedules, now, referred);
        if (forCommunities != null) {
            addReferred(forCommunities, others, now, referred);
            addCommunities(forCommunities, now, referred);
        }
        resources.addAll(referred.values());
        return resources;
    }

    private static void addSlots(
            ShelvedSubject subject,
            IntPredicate wanted,
            Instant now,
            List<ServedResource> resources,
            BitSet schedules) {
        List<byte[]> entries = subject.slots() == 0 ? List.of() : subject.unpackedSlots();
        for (int slot = 0; slot < subject.slots(); slot++) {
            if (subject.end(slot) > now.toEpochMilli() && wanted.test(slot)) {
                resources.add(resource(entries.get(slot), -1, Instant.ofEpochMilli(subject.end(slot))));
                schedules.set(subject.scheduleOf(slot));
            }
        }
    }

    /** As in a search that includes everything. */
    private static void addReferred(
            ShelvedSubject subject, BitSet schedules, Instant now, Map<String, ServedResource> referred) {
        for (int i = schedules.nextSetBit(0); i >= 0; i = schedules.nextSetBit(i + 1)) {
            ShelvedSubject.ShelvedSchedule schedule = subject.schedules.get(i);
            add(schedule(subject, i, now), referred);
            add(resource(subject.unpacked(subject.place(schedule.place())), -1, null), referred);
            if (schedule.toCall() >= 0) {
                add(resource(subject.unpacked(subject.structure(schedule.toCall())), -1, null), referred);
            }
        }
        ShelvedSubject.Text party = subject.party();
        if (party != null && !schedules.isEmpty()) {
            add(resource(subject.unpacked(party), -1, null), referred);
        }
    }

    private static void addCommunities(ShelvedSubject subject, Instant now, Map<String, ServedResource> referred) {
        Set<Integer> communities = new LinkedHashSet<>();
        for (int slot = 0; slot < subject.slots(); slot++) {
            if (subject.end(slot) > now.toEpochMilli()) {
                for (int community : subject.communitiesOf(slot)) {
                    communities.add(community);
                }
            }
        }
        for (int community : communities) {
            add(resource(subject.unpacked(subject.communityService(community)), -1, null), referred);
            add(resource(subject.unpacked(subject.communityOrganization(community)), -1, null), referred);
        }
    }

    private static void add(ServedResource resource, Map<String, ServedResource> referred) {
        referred.putIfAbsent(resource.reference(), resource);
    }

    private static ServedResource schedule(ShelvedSubject subject, int number, Instant now) {
        byte[] before = subject.unpacked(subject.scheduleBefore(number));
        PlainAnswer entry = new PlainAnswer(new byte[2048]);
        entry.put(before);
        entry.put(SearchAnswer.syncOf(subject, number, now));
        entry.put(subject.unpacked(subject.scheduleAfter(number)));
        byte[] whole = Arrays.copyOf(entry.array(), entry.length());
        return resource(whole, before.length - ShelvedSubject.startOfResource(whole), null);
    }

    private static ServedResource resource(byte[] entry, int ageAt, @Nullable Instant end) {
        String type = new String(entry, 0, indexOf(entry, (byte) '/'), StandardCharsets.UTF_8);
        return new ServedResource(type, ShelvedSubject.idIn(entry), ShelvedSubject.resourceIn(entry), ageAt, end);
    }

    private static int indexOf(byte[] entry, byte sought) {
        int at = 0;
        while (entry[at] != sought) {
            at++;
        }
        return at;
    }
}
