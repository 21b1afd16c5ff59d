package fr.sas.hub.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.sas.hub.testing.Beside;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A node that is stopped (SIGSTOP) in the middle of a transaction says nothing more, and its connection stays open. */
@HubTest
class NodeStandingStillTest {

    @LocalServerPort
    int port;

    @Autowired
    ChangesTables tables;

    @Autowired
    TopicTable topic;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    private final CountDownLatch goesOn = new CountDownLatch(1);

    @AfterEach
    void it_goes_on() {
        goesOn.countDown();
    }

    @Test
    void others_write_changes_although_it_has_locked_the_last_position() {
        HubClient.at(port).json("/fhir/Slot/$changes?since=0");
        await().until(() -> term() > 0);
        CompletableFuture<?> stopped = standsStillWith(() -> tables.lockHead(term()));

        CompletableFuture<Integer> other =
                Beside.supply(() -> jdbc.update("UPDATE changes_head SET position = position"));

        await().atMost(Duration.ofSeconds(40)).until(other::isDone);
        assertThat(other.join()).isEqualTo(1);
        goesOn.countDown();
        await().until(stopped::isDone);
        assertThat(stopped).isCompletedExceptionally();
    }

    @Test
    void others_publish_to_the_topic_although_it_has_locked_how_far_it_is() {
        CompletableFuture<?> stopped = standsStillWith(() -> topic.lock(Duration.ofSeconds(1)));

        await().atMost(Duration.ofSeconds(40)).until(() -> lockable().isPresent());

        goesOn.countDown();
        await().until(stopped::isDone);
        assertThat(stopped).as("before it sends what is old").isCompletedExceptionally();
    }

    @Test
    void the_server_ends_who_stands_still_while_recording_a_leap() {
        String longest = new TransactionTemplate(transactions).execute(status -> {
            status.setRollbackOnly();
            jdbc.update("UPDATE changes_head SET server_run = NULL");
            tables.skipAheadIfOfAnotherRun();
            return jdbc.queryForObject("SHOW idle_in_transaction_session_timeout", String.class);
        });

        assertThat(longest).isEqualTo("5s");
    }

    private Optional<TopicTable.Topic> lockable() {
        return new TransactionTemplate(transactions).execute(status -> topic.lock(Duration.ofSeconds(10)));
    }

    /** Returns once it holds the lock. */
    private CompletableFuture<?> standsStillWith(Supplier<Optional<?>> lock) {
        CountDownLatch locked = new CountDownLatch(1);
        CompletableFuture<?> stopped =
                Beside.run(() -> new TransactionTemplate(transactions).executeWithoutResult(status -> {
                    assertThat(lock.get()).isPresent();
                    locked.countDown();
                    await().atMost(Duration.ofMinutes(2)).until(() -> goesOn.getCount() == 0);
                    topic.keepLock();
                }));
        await().until(() -> locked.getCount() == 0 || stopped.isDone());
        assertThat(stopped).isNotDone();
        return stopped;
    }

    private long term() {
        Long term = jdbc.queryForObject("SELECT term FROM changes_head", Long.class);
        return term == null ? 0 : term;
    }
}
