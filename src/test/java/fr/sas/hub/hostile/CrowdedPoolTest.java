package fr.sas.hub.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.test.context.TestPropertySource;

/** All connections to the database are in use, and the database is well. */
@HubTest
@Isolated("reads the log")
@TestPropertySource(
        properties = {"spring.datasource.hikari.maximum-pool-size=6", "spring.datasource.hikari.connection-timeout=300"
        })
class CrowdedPoolTest {

    private static final String SETTINGS = "/api/v1/practitioners/899900000042/settings";

    private static final int TRIES_IN_VAIN = 5;
    private static final Duration EVERY = Duration.ofMillis(100);

    @LocalServerPort
    int port;

    @Autowired
    DataSource database;

    @Autowired
    TaskScheduler scheduler;

    private final List<Connection> taken = new ArrayList<>();
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final Logger log = (Logger) LoggerFactory.getLogger("ROOT");

    /** A job of the hub may have one for longer than one try, and give it back then; those who listen for news have theirs for good. */
    @BeforeEach
    void all_are_taken() {
        for (int inVain = 0; inVain < TRIES_IN_VAIN; ) {
            try {
                taken.add(database.getConnection());
                inVain = 0;
            } catch (SQLException nothingLeft) {
                inVain++;
            }
        }
        assertThat(taken).isNotEmpty();
        logged.start();
        log.addAppender(logged);
    }

    @AfterEach
    void they_are_given_back() throws SQLException {
        log.detachAppender(logged);
        for (Connection one : taken) {
            one.close();
        }
    }

    @Test
    void a_program_is_told_that_there_are_too_many_at_once() {
        HttpResponse<String> answer = HubClient.at(port).as("test-portal").get(SETTINGS);

        assertToldOfTheCrowd(answer);
    }

    @Test
    void a_search_is_told_so_in_fhirs_words() {
        HttpResponse<String> answer = HubClient.at(port).get(HubClient.slotsOf(Instant.now(), "899900000042"));

        assertToldOfTheCrowd(answer);
        assertThat(answer.body()).contains("OperationOutcome");
    }

    @Test
    void a_job_says_so_in_a_line() {
        Future<?> job = scheduler.scheduleWithFixedDelay(() -> new JdbcTemplate(database).execute("SELECT 1"), EVERY);

        await().until(() ->
                ofJobs().stream().anyMatch(event -> event.getFormattedMessage().contains("CrowdedPoolTest")));
        job.cancel(true);
        assertThat(ofJobs())
                .filteredOn(event -> event.getThrowableProxy() != null)
                .isEmpty();
        assertThat(ofJobs())
                .allSatisfy(
                        event -> assertThat(event.getFormattedMessage().lines()).hasSize(1));
    }

    private List<ILoggingEvent> ofJobs() {
        return List.copyOf(logged.list).stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .filter(event -> event.getThreadName().startsWith("job-"))
                .toList();
    }

    private void assertToldOfTheCrowd(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(answer.body()).contains("Too many requests at once");
        assertThat(List.copyOf(logged.list))
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .filteredOn(event -> event.getThreadName().contains("handler"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getLevel()).isEqualTo(Level.WARN);
                    assertThat(event.getThrowableProxy()).isNull();
                    assertThat(event.getFormattedMessage().lines()).hasSize(1);
                });
    }
}
