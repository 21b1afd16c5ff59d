package fr.sas.hub.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where each judged Schedule of an answer leads, and what spoils it. */
final class ResolvedSchedules {

    private final AnswerResources gathered;
    private final Evidence evidence;
    private final Consumer<LocatedResource> judge;
    private final Map<ObjectNode, ResolvedSchedule> ways = new IdentityHashMap<>();
    private final Set<ObjectNode> judgedContained = Collections.newSetFromMap(new IdentityHashMap<>());

    /** @param judge for resources that are only contained in others and so are not judged on their own */
    ResolvedSchedules(AnswerResources gathered, Evidence evidence, Consumer<LocatedResource> judge) {
        this.gathered = gathered;
        this.evidence = evidence;
        this.judge = judge;
    }

    /** The target of an item's reference, if it is of that type; null otherwise. */
    @Nullable
    LocatedResource follow(@Nullable LocatedResource from, JsonNode reference, String type) {
        LocatedResource found = from == null ? null : gathered.follow(from, reference, type);
        if (found != null
                && from != null
                && LocatedResource.isLocal(reference)
                && judgedContained.add(found.json())
                && !type.equals("Location")) {
            judge.accept(found);
        }
        return found;
    }

    void add(ResolvedSchedule way) {
        ways.put(way.schedule().json(), way);
    }

    /** Null when the reference leads to no Schedule. */
    @Nullable
    ResolvedSchedule of(LocatedResource slot) {
        LocatedResource schedule = follow(slot, slot.at("schedule"), "Schedule");
        return schedule == null ? null : ways.get(schedule.json());
    }

    /** The first fault that costs all its slots; null when there is none. */
    @Nullable
    Finding spoilerOf(ResolvedSchedule way) {
        for (LocatedResource item : new @Nullable LocatedResource[] {
            way.schedule(), way.role(), way.practitioner(), way.place(), way.organization()
        }) {
            Finding spoiler = item == null ? null : evidence.spoilerOf(item);
            if (spoiler != null) {
                return spoiler;
            }
        }
        return null;
    }
}
