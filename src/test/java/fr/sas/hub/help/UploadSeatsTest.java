package fr.sas.hub.help;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.sas.hub.testing.Beside;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UploadSeatsTest {

    private static final Duration LONG = Duration.ofMinutes(2);

    private final UploadSeats seats = new UploadSeats(3, 2);

    @Test
    void of_one_address_two_are_seated_and_others_find_a_seat_beside_them() {
        assertThat(Stream.of("a", "a", "a", "b", "b")
                        .map(address -> seats.take(address, Duration.ZERO))
                        .toList())
                .containsExactly(true, true, false, true, false);
    }

    @Test
    void whoever_comes_third_is_seated_when_one_leaves() {
        seats.take("a", Duration.ZERO);
        seats.take("a", Duration.ZERO);
        CompletableFuture<Boolean> third = Beside.supply(() -> seats.take("a", LONG));

        seats.leave("a");

        assertThat(third).succeedsWithin(LONG).isEqualTo(true);
        assertThat(seats.take("a", Duration.ZERO)).isFalse();
    }

    @Test
    void whoever_waited_in_vain_keeps_nobody_from_a_seat() {
        seats.take("a", Duration.ZERO);
        seats.take("a", Duration.ZERO);
        IntStream.range(0, 30).forEach(one -> seats.take("a", Duration.ofNanos(1)));

        seats.leave("a");

        assertThat(seats.take("a", Duration.ZERO)).isTrue();
    }

    @Test
    void no_more_than_sixty_wait_of_however_many_addresses() {
        Stream.of("a", "b", "c").forEach(address -> seats.take(address, Duration.ZERO));
        try (ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 60).forEach(one -> others.execute(() -> seats.take("of " + one, LONG)));
            await().until(() -> seats.waiting() == 60);

            assertThat(others.submit(() -> seats.take("late", LONG)))
                    .succeedsWithin(LONG.dividedBy(4))
                    .isEqualTo(false);
            others.shutdownNow();
        }
        assertThat(seats.waiting()).isZero();
    }

    @Test
    void whoever_is_interrupted_gives_up() {
        seats.take("a", Duration.ZERO);
        seats.take("a", Duration.ZERO);
        Thread.currentThread().interrupt();

        assertThat(seats.take("a", LONG)).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }
}
