package fr.sas.hub.space;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalTime;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class WeekLanesTest {

    @Test
    void only_what_overlaps_shares_the_width() {
        List<WeekBlock> day = WeekLanes.of(List.of(block(108, 112), block(112, 116), block(200, 240), block(210, 220)));

        assertThat(day).extracting(WeekBlock::lanes).containsExactly(1, 1, 2, 2);
        assertThat(day).extracting(WeekBlock::lane).containsExactly(0, 0, 0, 1);
        assertThat(day.getFirst().classes())
                .contains("f108 t112", "small", "l0 w12")
                .doesNotContain("narrow");
        assertThat(day.getLast().classes()).contains("narrow", "l6 w6");
    }

    @Test
    void a_lane_that_is_free_again_is_used_again() {
        assertThat(WeekLanes.of(List.of(block(0, 100), block(10, 20), block(20, 30))))
                .extracting(WeekBlock::lane)
                .containsExactly(0, 1, 1);
    }

    @Test
    void what_is_typed_comes_first_and_is_as_wide_as_there_is_room() {
        List<WeekBlock> day = WeekLanes.of(List.of(
                block(96, 120),
                block(96, 120),
                block(108, 150),
                block(WeekBlock.Kind.TYPED, 114, 200),
                block(150, 200)));

        assertThat(day).extracting(WeekBlock::lane).containsExactly(3, 4, 5, 0, 3);
        assertThat(day).extracting(WeekBlock::span).as("of six").containsExactly(1, 1, 1, 3, 3);
    }

    @Property
    void no_two_blocks_of_a_day_lie_over_each_other(@ForAll("days") List<WeekBlock> blocks) {
        List<WeekBlock> day = WeekLanes.of(blocks);

        assertThat(day).hasSameSizeAs(blocks);
        for (WeekBlock one : day) {
            assertThat(one.lane() + one.span()).isBetween(1, one.lanes());
            assertThat(day)
                    .filteredOn(other -> other != one && other.from() < one.to() && one.from() < other.to())
                    .allSatisfy(other -> {
                        assertThat(other.lane() + other.span() <= one.lane() || one.lane() + one.span() <= other.lane())
                                .as("%s beside %s", one, other)
                                .isTrue();
                        assertThat(other.lanes()).isEqualTo(one.lanes());
                    });
        }
    }

    @Provide
    Arbitrary<List<WeekBlock>> days() {
        return Combinators.combine(
                        Arbitraries.of(WeekBlock.Kind.TYPED, WeekBlock.Kind.VENDOR),
                        Arbitraries.integers().between(0, 285),
                        Arbitraries.integers().between(3, 60))
                .as((kind, from, length) -> block(kind, from, Math.min(288, from + length)))
                .list()
                .ofMaxSize(20)
                .map(day -> day.stream()
                        .sorted(java.util.Comparator.comparingInt(WeekBlock::from))
                        .toList());
    }

    private static WeekBlock block(int from, int to) {
        return block(WeekBlock.Kind.VENDOR, from, to);
    }

    private static WeekBlock block(WeekBlock.Kind kind, int from, int to) {
        return new WeekBlock(
                kind,
                from,
                to,
                0,
                1,
                1,
                LocalTime.MIDNIGHT,
                LocalTime.MIDNIGHT,
                false,
                false,
                null,
                List.of(),
                List.of(),
                true,
                null,
                null,
                null);
    }
}
