package fr.sas.hub.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataIntegrityViolationException;

/** A writer that lost against another tries once more; one that made a mistake does not. */
class TransactionRetryTest {

    private static final RuntimeException LOST = new IllegalStateException(new CannotAcquireLockException("deadlock"));

    private static Supplier<String> failing(RuntimeException... failures) {
        Deque<RuntimeException> left = new ArrayDeque<>(List.of(failures));
        return () -> {
            if (!left.isEmpty()) {
                throw left.pop();
            }
            return "done";
        };
    }

    @Test
    void the_loser_of_a_deadlock_is_done_once_more() {
        assertThat(TransactionRetry.retryOnce(failing(LOST))).isEqualTo("done");
    }

    @Test
    void whoever_loses_twice_is_told() {
        assertThatThrownBy(() -> TransactionRetry.retryOnce(failing(LOST, LOST)))
                .isSameAs(LOST);
    }

    @Test
    void a_mistake_is_not_repeated() {
        RuntimeException mistake = new DataIntegrityViolationException("no");

        assertThatThrownBy(() -> TransactionRetry.retryOnce(failing(mistake))).isSameAs(mistake);
    }
}
