package fr.sas.hub.index.news;

import fr.sas.hub.database.DatabasePulse;
import fr.sas.hub.database.DatabaseSilent;
import fr.sas.hub.database.ReadReplica;
import fr.sas.hub.slot.Subject;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Where searches read what memory does not hold (docs/decisions/0080): from the read replica, for subjects about which it has
 * replayed everything that this node has heard, or if the primary is silent; otherwise from the primary. A front door of the
 * room.
 */
@Component
public class SearchReads {

    private static final String READS = "hub.search.reads";

    private final ReadReplica replica;
    private final ReplayPositions positions;
    private final IndexNews news;
    private final DatabasePulse pulse;
    private final @Nullable Counter fromReplica;
    private final @Nullable Counter fromPrimary;

    SearchReads(
            ReadReplica replica, ReplayPositions positions, IndexNews news, DatabasePulse pulse, MeterRegistry meters) {
        this.replica = replica;
        this.positions = positions;
        this.news = news;
        this.pulse = pulse;
        this.fromReplica = replica.isThere() ? counter("replica", meters) : null;
        this.fromPrimary = replica.isThere() ? counter("primary", meters) : null;
    }

    private static Counter counter(String from, MeterRegistry meters) {
        return Counter.builder(READS)
                .tag("from", from)
                .description("Reads of what memory did not hold, by where it was read")
                .register(meters);
    }

    /**
     * @param standInKnownAt as of when it is, if it was read from a standby because the primary is silent; null: it contains every
     *     change that this node had heard before
     */
    public record ReadResult<T>(T data, @Nullable Instant standInKnownAt) {

        /** Otherwise it must not be kept in memory. */
        public boolean isCurrent() {
            return standInKnownAt == null;
        }

        /** The earlier of that instant and the other. */
        public Instant knownAt(Instant other) {
            return standInKnownAt == null || other.isBefore(standInKnownAt) ? other : standInKnownAt;
        }
    }

    /**
     * @param reads given some of the subjects, reads each of them; may run several times
     * @throws DatabaseSilent immediately, if it would wait in vain
     */
    public <T> ReadResult<Map<Subject, T>> read(
            List<Subject> subjects, Function<List<Subject>, Map<Subject, T>> reads) {
        if (fromReplica == null || fromPrimary == null) {
            pulse.expectAnswer();
            return new ReadResult<>(reads.apply(subjects), null);
        }
        if (pulse.isSilent()) {
            return instead(positions.changesOf(subjects), () -> reads.apply(subjects));
        }
        Map<Subject, T> known = knownToReplica(subjects, reads);
        if (!known.isEmpty()) {
            fromReplica.increment();
        }
        List<Subject> others =
                subjects.stream().filter(subject -> !known.containsKey(subject)).toList();
        if (others.isEmpty()) {
            return new ReadResult<>(known, null);
        }
        fromPrimary.increment();
        Map<Subject, T> all = new HashMap<>(known);
        all.putAll(reads.apply(others));
        return new ReadResult<>(all, null);
    }

    /** Judged after it has said how far it is: what is heard in between is not known to it. */
    private <T> Map<Subject, T> knownToReplica(List<Subject> subjects, Function<List<Subject>, Map<Subject, T>> reads) {
        if (!news.isHearing() || !positions.isAnyKnown(subjects)) {
            return Map.of();
        }
        Optional<Map<Subject, T>> read = replica.read(replayed -> {
            List<Subject> known = positions.knownBy(replayed.position(), subjects);
            return known.isEmpty() ? Optional.empty() : Optional.of(reads.apply(known));
        });
        return read.orElse(Map.of());
    }

    /** For data that many subjects have in common: from the primary as long as it answers. */
    public <T> T read(Supplier<T> reads) {
        if (fromReplica != null && pulse.isSilent()) {
            return instead(0, reads).data();
        }
        pulse.expectAnswer();
        return reads.get();
    }

    /**
     * Up to the position that the standby being read has replayed: another one may be further.
     *
     * @param position by which it knows what this node has heard and must not unlearn
     */
    private <T> ReadResult<T> instead(long position, Supplier<T> reads) {
        if (position == ReplayPositions.UNKNOWN) {
            throw new DatabaseSilent();
        }
        Optional<ReadResult<T>> read =
                replica.readInstead(position, replayed -> new ReadResult<>(reads.get(), replayed.knownAt()));
        if (fromReplica != null && read.isPresent()) {
            fromReplica.increment();
        }
        return read.orElseThrow(DatabaseSilent::new);
    }
}
