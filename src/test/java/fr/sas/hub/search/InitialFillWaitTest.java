package fr.sas.hub.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** How long a node that starts waits for its shelf. */
class InitialFillWaitTest {

    private static final Duration LONG = Duration.ofDays(1);

    @Test
    void while_most_are_found_rendered_the_wait_ends_after_a_short_while() throws InterruptedException {
        InitialFillWait look = new InitialFillWait(Duration.ZERO, LONG);
        look.begin();

        look.lookedAtSome(false);

        assertThat(look.await()).isFalse();
    }

    @Test
    void while_most_must_be_rendered_the_wait_goes_on_until_most_are_found_rendered() throws InterruptedException {
        InitialFillWait look = new InitialFillWait(Duration.ZERO, LONG);
        look.lookedAtSome(true);

        look.itHasBeenLong();
        assertThat(look.isOver()).isFalse();

        look.lookedAtSome(false);
        assertThat(look.await()).isFalse();
    }

    @Test
    void a_node_that_has_looked_at_nothing_yet_waits_no_longer_than_while_most_are_found_rendered() {
        InitialFillWait look = new InitialFillWait(LONG, LONG);

        look.itHasBeenLong();

        assertThat(look.isOver()).isTrue();
    }

    @Test
    void before_the_short_while_has_passed_the_wait_goes_on_even_while_most_are_found_rendered() {
        InitialFillWait look = new InitialFillWait(LONG, LONG);
        look.begin();

        look.lookedAtSome(false);

        assertThat(look.isOver()).isFalse();
    }

    @Test
    void when_all_have_been_looked_at_the_wait_is_over() throws InterruptedException {
        InitialFillWait look = new InitialFillWait(LONG, LONG);
        look.begin();

        look.lookedAtAll();

        assertThat(look.await()).isTrue();
    }

    @Test
    void a_database_that_does_not_answer_delays_a_node_no_longer_than_allowed() throws InterruptedException {
        InitialFillWait look = new InitialFillWait(LONG, Duration.ofMillis(1));

        look.begin();

        assertThat(look.await()).isFalse();
    }

    /** Spring does so to a start that waits without a limit of its own. */
    @Test
    void a_node_that_is_stopped_waits_no_longer() {
        InitialFillWait look = new InitialFillWait(LONG, LONG);
        look.begin();
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread starting = Thread.ofPlatform().daemon().start(() -> {
            try {
                look.await();
                interrupted.complete(false);
            } catch (InterruptedException e) {
                interrupted.complete(true);
            }
        });
        await().until(() -> starting.getState() == Thread.State.WAITING);

        starting.interrupt();

        assertThat(interrupted.join()).isTrue();
    }
}
