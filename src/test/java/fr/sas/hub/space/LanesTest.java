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

class LanesTest {

    @Test
    void only_what_overlaps_shares_the_width() {
        List<WeekBlock> day = Lanes.of(List.of(block(108, 112), block(112, 116), block(200, 240), block(210, 220)));

        assertThat(day).extracting(WeekBlock::lanes).containsExactly(1, 1, 2, 2);
        assertThat(day).extracting(WeekBlock::lane).containsExactly(0, 0, 0, 1);
        assertThat(day.getFirst().classes())
                .contains("f108 t112", "small", "l0 w12")
                .doesNotContain("narrow");
        assertThat(day.getLast().classes()).contains("narrow", "l6 w6");
    }

    @Test
    void a_lane_that_is_free_again_is_used_again() {
        assertThat(Lanes.of(List.of(block(0, 100), block(10, 20), block(20, 30))))
                .extracting(WeekBlock::lane)
                .containsExactly(0, 1, 1);
    }

    @Property
    void no_two_blocks_of_a_day_lie_over_each_other(@ForAll("days") List<WeekBlock> blocks) {
        List<WeekBlock> day = Lanes.of(blocks);

        assertThat(day).hasSameSizeAs(blocks);
        for (WeekBlock one : day) {
            assertThat(one.lane()).isLessThan(one.lanes());
            assertThat(day)
                    .filteredOn(other -> other != one && other.from() < one.to() && one.from() < other.to())
                    .allSatisfy(other -> {
                        assertThat(other.lane()).isNotEqualTo(one.lane());
                        assertThat(other.lanes()).isEqualTo(one.lanes());
                    });
        }
    }

    @Provide
    Arbitrary<List<WeekBlock>> days() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 285),
                        Arbitraries.integers().between(3, 60))
                .as((from, length) -> block(from, Math.min(288, from + length)))
                .list()
                .ofMaxSize(20)
                .map(day -> day.stream()
                        .sorted(java.util.Comparator.comparingInt(WeekBlock::from))
                        .toList());
    }

    private static WeekBlock block(int from, int to) {
        return new WeekBlock(
                WeekBlock.Kind.VENDOR,
                from,
                to,
                0,
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
