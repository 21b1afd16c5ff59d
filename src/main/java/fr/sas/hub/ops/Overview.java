package fr.sas.hub.ops;

import fr.sas.hub.delivery.DeliveryStatistics;
import fr.sas.hub.health.VendorState;
import fr.sas.hub.health.VendorStates;
import fr.sas.hub.intake.Rejections;
import fr.sas.hub.slot.Source;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** The contents of the first page: a row per vendor and a tile for everything else. */
@Component
class Overview {

    /** Requests, errors and latencies are those of the last minutes. */
    static final Duration LATELY = Duration.ofMinutes(10);

    private final VendorStates states;
    private final AnswerAges ages;
    private final SlotsTile slots;
    private final List<TileSource> watched;
    private final DatabaseTile database;
    private final Clock clock;
    private final CachedFigure<Map<Source, DeliveryStatistics.Figures>> traffic;
    private final CachedFigure<Map<Source, Long>> rejected;

    Overview(
            VendorStates states,
            AnswerAges ages,
            DeliveryStatistics traffic,
            SlotsTile slots,
            Rejections rejections,
            List<TileSource> watched,
            DatabaseTile database,
            Clock clock) {
        this.states = states;
        this.ages = ages;
        this.slots = slots;
        this.watched = watched;
        this.database = database;
        this.clock = clock;
        this.traffic = new CachedFigure<>(
                clock,
                Duration.ofSeconds(4),
                () -> traffic.since(clock.instant().minus(LATELY)));
        this.rejected = new CachedFigure<>(clock, Duration.ofSeconds(4), rejections::rejectedToday);
    }

    /**
     * @param state the vendor's state, why, and since when
     * @param age of the last good answer, in seconds; -1 if there has been none
     * @param ages the same over the last half hour, for a sparkline
     * @param slots of this vendor in the index that have not ended; null if the database does not answer
     * @param rejected slots rejected today; null likewise
     */
    record Row(
            VendorState state,
            VendorStatusLabel label,
            long age,
            List<Long> ages,
            DeliveryStatistics.Figures traffic,
            @Nullable Long slots,
            @Nullable Long rejected,
            long secondsToNextAttempt) {}

    /** While the database does not answer: what this node remembers, without figures summed over all nodes. */
    List<Row> rows() {
        Instant now = clock.instant();
        return withDatabase(
                () -> states.list().stream().map(state -> row(state, now)).toList(),
                () -> states.remembered().stream()
                        .map(state -> row(state, now, DeliveryStatistics.Figures.NONE, null, null))
                        .toList());
    }

    Row row(VendorState state, Instant now) {
        Source source = new Source(state.vendor());
        return row(
                state,
                now,
                traffic.get().getOrDefault(source, DeliveryStatistics.Figures.NONE),
                slots.of(source),
                rejected.get().getOrDefault(source, 0L));
    }

    private Row row(
            VendorState state,
            Instant now,
            DeliveryStatistics.Figures figures,
            @Nullable Long shown,
            @Nullable Long turnedDown) {
        Instant good = state.lastGoodAnswerAt();
        Instant next = state.nextAttemptAt();
        return new Row(
                state,
                VendorStatusLabel.of(state),
                good == null ? -1 : Duration.between(good, now).toSeconds(),
                ages.of(new Source(state.vendor())),
                figures,
                shown,
                turnedDown,
                next == null ? 0 : Math.max(0, Duration.between(now, next).toSeconds()));
    }

    List<Tile> tiles() {
        return watched.stream()
                .map(one -> one == database
                        ? one.tile()
                        : withDatabase(one::tile, () -> new Tile(one.key(), "bad", "?", "ops.tile.database.gone")))
                .toList();
    }

    private <T> T withDatabase(Supplier<T> with, Supplier<T> without) {
        try {
            return database.answers() ? with.get() : without.get();
        } catch (DataAccessException e) {
            return without.get();
        }
    }
}
