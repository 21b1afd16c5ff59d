package fr.sas.hub.index;

import static fr.sas.hub.index.LiveVendors.LUNE;
import static fr.sas.hub.index.LiveVendors.SOLEIL;
import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.participation.ParticipationChanged;
import fr.sas.hub.participation.Settings;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.MovableClock;
import fr.sas.hub.vendor.Vendors;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

/** Whatever happens, in whatever order: after each step the index is what an obvious one would be. */
@HubTest
@Import(MovableClock.Wound.class)
class HistoriesTest {

    private static final int STEPS = 60;
    private static final Instant EIGHT = Instant.parse("2026-06-12T08:00:00Z");

    @Autowired
    AvailabilityIndex index;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    PastSlots pastSlots;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    MovableClock clock;

    @Autowired
    Vendors vendors;

    @Value("${hub.connectors}")
    Path connectors;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void the_index_is_what_an_obvious_one_would_be(int seed) {
        LiveVendors.areIn(connectors, vendors);
        clock.moveTo(EIGHT);
        PractitionerId alice = Batches.practitioner(5000 + seed);
        ObviousIndex obvious = new ObviousIndex(alice);
        Random dice = new Random(seed);
        List<String> history = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            history.add(step(alice, obvious, dice));

            Instant now = clock.instant();
            Availability about =
                    Objects.requireNonNull(index.availabilityOf(List.of(alice)).get(alice));
            assertThat(MergedSlotLines.line(about))
                    .as("shown after %s", history)
                    .isEqualTo(obvious.shown(now));
            assertThat(words(about)).as("words after %s", history).isEqualTo(obvious.words(now));
            assertThat(kept(alice)).as("kept after %s", history).isEqualTo(obvious.kept());
            assertThat(unbalanced(alice)).as("the log against what is kept").isEmpty();
        }
    }

    private String step(PractitionerId alice, ObviousIndex obvious, Random dice) {
        int what = dice.nextInt(100);
        if (what < 62) {
            return say(vendorSays(alice, dice.nextBoolean() ? SOLEIL : LUNE, dice), obvious);
        } else if (what < 76) {
            Instant now = clock.instant();
            ScreenedBatchBuilder saying = ScreenedBatchBuilder.by(Source.AGENDA, now, alice)
                    .about(now.minus(Duration.ofDays(2)), now.plus(Duration.ofDays(14)));
            return say(withSlots(saying, now, now.plus(Duration.ofDays(14)), false, dice), obvious);
        } else if (what < 90) {
            clock.moveTo(clock.instant().plus(Duration.ofMinutes(1 + dice.nextInt(9))));
            return "it is " + clock.instant();
        } else if (what < 95) {
            boolean refuses = !obvious.refuses();
            events.publishEvent(new ParticipationChanged(alice, Settings.DEFAULT, hiding(refuses)));
            obvious.refuse(refuses);
            return refuses ? "refuses" : "does not refuse";
        }
        pastSlots.sweep();
        obvious.sweep(clock.instant());
        return "swept";
    }

    private ScreenedBatchBuilder vendorSays(PractitionerId alice, Source vendor, Random dice) {
        Instant fetchedAt = clock.instant().minusSeconds(60L * Math.max(0, dice.nextInt(6) - 3));
        Instant end = fetchedAt.plus(Duration.ofMinutes(dice.nextInt(4) == 0 ? 90 : 72 * 60));
        ScreenedBatchBuilder saying =
                ScreenedBatchBuilder.by(vendor, fetchedAt, alice).about(fetchedAt, end);
        int how = dice.nextInt(10);
        if (how < 2) {
            return saying.failing();
        }
        return withSlots(how < 4 ? saying.inPart() : saying, fetchedAt, end, true, dice);
    }

    /** Few starts, lengths, places and names, so that slots move, meet and come back. */
    private static ScreenedBatchBuilder withSlots(
            ScreenedBatchBuilder saying, Instant from, Instant to, boolean bookable, Random dice) {
        List<Integer> names = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5, 6, 7));
        Collections.shuffle(names, dice);
        for (int i = dice.nextInt(6); i > 0; i--) {
            Instant grid = EIGHT.plus(
                    Duration.ofMinutes(15 * (Duration.between(EIGHT, from).toMinutes() / 15 + dice.nextInt(9))));
            if (!grid.isBefore(from) && !grid.isAfter(to)) {
                saying.slot(
                        dice.nextInt(3) == 0 ? "there" : "here",
                        grid,
                        dice.nextInt(3) == 0 ? 30 : 15,
                        "r" + names.get(i),
                        bookable && dice.nextInt(4) > 0);
            }
        }
        return saying;
    }

    private String say(ScreenedBatchBuilder saying, ObviousIndex obvious) {
        index.replace(saying.batch());
        obvious.hear(saying.batch());
        return saying.toString();
    }

    private static Settings hiding(boolean hidden) {
        return Settings.builder().vendorSlotsHidden(hidden).build();
    }

    private static String words(Availability about) {
        return about.statuses().stream()
                .map(status -> status.source() + " " + status.confirmedAt() + " " + status.failedAt())
                .collect(Collectors.joining(" | "));
    }

    private String kept(PractitionerId alice) {
        return jdbc
                .query(
                        "SELECT source, reference, start_at, changed_at FROM index_slot WHERE subject = ?",
                        (rs, row) -> rs.getString(1) + " " + rs.getString(2) + " "
                                + rs.getTimestamp(3).toInstant() + " "
                                + rs.getTimestamp(4).toInstant(),
                        alice.value())
                .stream()
                .sorted()
                .collect(Collectors.joining(" | "));
    }

    /** Sources of which the log does not add up to what is kept. */
    private List<String> unbalanced(PractitionerId alice) {
        return jdbc.queryForList("""
                SELECT source FROM (
                  SELECT source, added - removed AS n FROM index_change WHERE subject = ?
                  UNION ALL SELECT source, -1 FROM index_slot WHERE subject = ?) AS all_of_it
                GROUP BY source HAVING sum(n) <> 0""", String.class, alice.value(), alice.value());
    }
}
