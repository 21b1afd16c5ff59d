package fr.sas.hub.slot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Somebody who fails again and again is left in peace for longer and longer. */
class BackOffTest {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final BackOff BACK_OFF = new BackOff(FIRST, LONGEST);

    @Property
    void it_doubles_up_to_the_longest_and_is_at_least_half_of_that(@ForAll @IntRange(min = 1) int failures) {
        Duration most = failures > 9 ? LONGEST : FIRST.multipliedBy(1L << (failures - 1));

        assertThat(BACK_OFF.after(failures)).isBetween(most.dividedBy(2), most);
    }

    @Property(tries = 20)
    void those_who_failed_together_for_long_do_not_return_together(@ForAll @IntRange(min = 9) int failures) {
        Set<Duration> returns = IntStream.range(0, 100)
                .mapToObj(one -> BACK_OFF.after(failures))
                .collect(Collectors.toSet());

        assertThat(returns).hasSizeGreaterThan(80);
    }
}
