package fr.sas.hub.publish;

import fr.sas.hub.changes.Changes;
import fr.sas.hub.changes.Position;
import fr.sas.hub.index.ReadySubjects;
import fr.sas.hub.index.news.MemoryTrust;
import fr.sas.hub.search.SubjectLines;
import fr.sas.hub.slot.Subject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes an edition: goes through all subjects and writes what differs from what was published before. An attempt that is
 * broken off leaves nothing to clean up: the next one continues from it, and nobody sees parts without an edition.
 */
@Component
class EditionMaker {

    private static final int AT_ONCE = 200;
    /** How long until another node may take over from one that was killed. */
    private static final Duration CLAIM = Duration.ofMinutes(1);

    private static final Duration RENEW_AFTER = Duration.ofSeconds(10);

    private final EditionTables tables;
    private final ReadySubjects subjects;
    private final SubjectLines served;
    private final MemoryTrust memory;
    private final Changes changes;
    private final PublishSettings settings;
    private final PublishFigures figures;
    private final Clock clock;

    EditionMaker(
            EditionTables tables,
            ReadySubjects subjects,
            SubjectLines served,
            MemoryTrust memory,
            Changes changes,
            PublishSettings settings,
            PublishFigures figures,
            Clock clock) {
        this.tables = tables;
        this.subjects = subjects;
        this.served = served;
        this.memory = memory;
        this.changes = changes;
        this.settings = settings;
        this.figures = figures;
        this.clock = clock;
    }

    /** Does nothing while another node is making an edition, or if one was made recently. */
    void makeIfDue() {
        Instant now = clock.instant();
        Instant transactionTime = transactionTime(now);
        Optional<Long> edition =
                tables.claim(transactionTime.toEpochMilli(), now.minus(settings.every()), now, now.plus(CLAIM));
        if (edition.isEmpty()) {
            return;
        }
        long began = System.nanoTime();
        try {
            String position = changes.startIfFollowed().map(Position::toString).orElse(null);
            walk(edition.get());
            tables.publish(edition.get(), clock.instant(), position);
            tables.removeReplacedBefore(clock.instant().minus(settings.kept()));
            figures.made(System.nanoTime() - began);
        } catch (RuntimeException e) {
            if (!(e instanceof EditionTables.TurnLost)) {
                tables.release(edition.get());
            }
            throw e;
        }
    }

    /** Everything committed before it is in the edition: a node that hears of no changes reads them from the database. */
    private Instant transactionTime(Instant now) {
        Instant known = memory.counts() ? memory.heardAt() : now;
        return known.isBefore(now) ? known : now;
    }

    private void walk(long edition) {
        Instant renewed = clock.instant();
        String from = "";
        List<Subject> some;
        do {
            long began = System.nanoTime();
            some = subjects.after(from, AT_ONCE);
            String to = some.size() < AT_ONCE ? null : some.getLast().value();
            List<SubjectParts> changed = changedAmong(some, from, to);
            Instant now = clock.instant();
            if (!changed.isEmpty() || now.isAfter(renewed.plus(RENEW_AFTER))) {
                tables.write(edition, now.plus(CLAIM), changed);
                renewed = now;
            }
            from = to == null ? from : to;
            pause(System.nanoTime() - began);
        } while (some.size() == AT_ONCE);
    }

    /** Rests for as long as the work took, because requests need the processors as well. */
    private static void pause(long nanos) {
        try {
            Thread.sleep(Duration.ofNanos(nanos));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The hub is stopping", e);
        }
    }

    /** @param to the last of these subjects; null when no others come after them */
    private List<SubjectParts> changedAmong(List<Subject> some, String from, @Nullable String to) {
        Instant now = clock.instant();
        Map<String, EditionTables.PublishedDigest> known = tables.known(from, to);
        List<SubjectParts> changed = new ArrayList<>();
        for (SubjectLines.Served one : served.take(some, now)) {
            EditionTables.PublishedDigest before = known.remove(one.subject().value());
            byte[] digest = one.digest();
            if (before == null || !Arrays.equals(before.digest(), digest) || isOverAt(now, before.until())) {
                changed.add(parts(one, digest));
            }
        }
        known.keySet().forEach(gone -> changed.add(new SubjectParts(gone, null, null, Map.of(), Map.of())));
        return changed;
    }

    private static boolean isOverAt(Instant now, @Nullable Instant until) {
        return until != null && !now.isBefore(until);
    }

    private static SubjectParts parts(SubjectLines.Served one, byte[] digest) {
        SubjectLines.Lines lines = one.lines();
        String subject = one.subject().value();
        Map<SubjectParts.Place, List<byte[]>> own = new HashMap<>();
        Map<SubjectParts.Place, List<byte[]>> shared = new HashMap<>();
        for (SubjectLines.Line line : lines.lines()) {
            SubjectParts.Place place =
                    new SubjectParts.Place(line.departement(), line.type(), line.shared() ? "+" + line.id() : subject);
            (line.shared() ? shared : own)
                    .computeIfAbsent(place, p -> new ArrayList<>())
                    .add(line.json());
        }
        return new SubjectParts(subject, digest, lines.until(), bytes(own), bytes(shared));
    }

    private static Map<SubjectParts.Place, PartBytes> bytes(Map<SubjectParts.Place, List<byte[]>> lines) {
        return lines.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> PartBytes.of(entry.getValue())));
    }
}
