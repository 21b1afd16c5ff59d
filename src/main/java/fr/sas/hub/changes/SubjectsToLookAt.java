package fr.sas.hub.changes;

import fr.sas.hub.slot.Subject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The subjects reported to this node and not compared yet, and the progress of a scan of all subjects. Many threads report,
 * one compares.
 */
class SubjectsToLookAt {

    /** When more subjects than this are reported, all are scanned. */
    private static final int MOST_HEARD = 100_000;
    /** A node that takes over starts with what it heard within this time. */
    private static final Duration HEARD_FOR = Duration.ofSeconds(30);

    /** Reported subjects, each with the time at which it was reported, in nanoseconds. */
    private final Map<Subject, Long> heard = new LinkedHashMap<>();
    /** Subjects whose data a source confirmed. */
    private final Set<Subject> confirmed = new LinkedHashSet<>();

    private @Nullable Walk walk = Walk.fromTheBeginning();

    /**
     * The progress of a scan of all subjects.
     *
     * @param known false while it goes through the subjects of the index, true for those that consumers may hold, which follow
     * @param after national id of the last subject looked at
     */
    record Walk(boolean known, String after) {
        /** A new object at every call, so that a scan that has just begun can be told from the one that replaces it. */
        static Walk fromTheBeginning() {
            return new Walk(false, "");
        }
    }

    synchronized void markChanged(Collection<Subject> subjects) {
        long at = System.nanoTime();
        if (heard.size() + subjects.size() > MOST_HEARD) {
            requestFullScan();
        } else {
            subjects.forEach(subject -> heard.put(subject, at));
        }
    }

    synchronized void confirm(Set<Subject> subjects) {
        if (confirmed.size() + subjects.size() > MOST_HEARD) {
            requestFullScan();
        } else {
            confirmed.addAll(subjects);
        }
    }

    synchronized void requestFullScan() {
        heard.clear();
        confirmed.clear();
        walk = Walk.fromTheBeginning();
    }

    /** Reported subjects still come first. */
    synchronized void walkAgain() {
        walk = Walk.fromTheBeginning();
    }

    synchronized void forgetWhatWasHeardLongAgo() {
        long oldest = System.nanoTime() - HEARD_FOR.toNanos();
        heard.values().removeIf(at -> at - oldest < 0);
        confirmed.clear();
    }

    synchronized Map<Subject, Long> nextHeard(int atMost) {
        Map<Subject, Long> next = new LinkedHashMap<>();
        for (Iterator<Map.Entry<Subject, Long>> some = heard.entrySet().iterator();
                some.hasNext() && next.size() < atMost; ) {
            Map.Entry<Subject, Long> one = some.next();
            next.put(one.getKey(), one.getValue());
        }
        return next;
    }

    /** Called once they have been compared; those reported again in the meantime remain. */
    synchronized void forget(Map<Subject, Long> looked) {
        looked.forEach(heard::remove);
    }

    synchronized List<Subject> nextConfirmed(int atMost) {
        List<Subject> next = new ArrayList<>();
        for (Iterator<Subject> some = confirmed.iterator(); some.hasNext() && next.size() < atMost; ) {
            next.add(some.next());
            some.remove();
        }
        return next;
    }

    /** Null when all have been scanned. */
    synchronized @Nullable Walk walk() {
        return walk;
    }

    /**
     * Continues from there, unless another scan has begun in the meantime.
     *
     * @param looked the subjects that followed; empty at the end
     * @return whether there is more to look at
     */
    synchronized boolean hasWalked(Walk from, List<Subject> looked) {
        Walk next = looked.isEmpty()
                ? from.known ? null : new Walk(true, "")
                : new Walk(from.known, looked.getLast().value());
        if (walk == from) {
            walk = next;
        }
        return walk != null;
    }
}
