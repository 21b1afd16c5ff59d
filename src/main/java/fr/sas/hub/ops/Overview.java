package fr.sas.hub.ops;

import fr.sas.hub.connector.Traffic;
import fr.sas.hub.connector.VendorState;
import fr.sas.hub.connector.VendorStates;
import fr.sas.hub.intake.Rejections;
import fr.sas.hub.slot.Source;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What the first page shows: a row per vendor and a tile for everything else. */
@Component
class Overview {

    /** Requests, errors and latencies are those of the last minutes. */
    static final Duration LATELY = Duration.ofMinutes(10);

    private final VendorStates states;
    private final Ages ages;
    private final SlotsWatched slots;
    private final List<Watched> watched;
    private final Clock clock;
    private final Remembered<Map<Source, Traffic.Figures>> traffic;
    private final Remembered<Map<Source, Long>> rejected;

    Overview(
            VendorStates states,
            Ages ages,
            Traffic traffic,
            SlotsWatched slots,
            Rejections rejections,
            List<Watched> watched,
            Clock clock) {
        this.states = states;
        this.ages = ages;
        this.slots = slots;
        this.watched = watched;
        this.clock = clock;
        this.traffic = new Remembered<>(
                clock,
                Duration.ofSeconds(4),
                () -> traffic.since(clock.instant().minus(LATELY)));
        this.rejected = new Remembered<>(clock, Duration.ofSeconds(4), rejections::rejectedToday);
    }

    /**
     * @param state how it goes, why, since when
     * @param age of the last good answer, in seconds; -1 when there was none yet
     * @param ages the same over the last half hour, for a sparkline
     * @param slots of this vendor in the index that are not over
     * @param rejected entries rejected today
     */
    record Row(
            VendorState state,
            Word word,
            long age,
            List<Long> ages,
            Traffic.Figures traffic,
            long slots,
            long rejected,
            long secondsToNextAttempt) {}

    List<Row> rows() {
        Instant now = clock.instant();
        return states.list().stream().map(state -> row(state, now)).toList();
    }

    Row row(VendorState state, Instant now) {
        Source source = new Source(state.vendor());
        Instant good = state.lastGoodAnswerAt();
        Instant next = state.nextAttemptAt();
        return new Row(
                state,
                Word.of(state),
                good == null ? -1 : Duration.between(good, now).toSeconds(),
                ages.of(source),
                traffic.get().getOrDefault(source, Traffic.Figures.NONE),
                slots.of(source),
                rejected.get().getOrDefault(source, 0L),
                next == null ? 0 : Math.max(0, Duration.between(now, next).toSeconds()));
    }

    List<Tile> tiles() {
        return watched.stream().map(Watched::look).toList();
    }
}
