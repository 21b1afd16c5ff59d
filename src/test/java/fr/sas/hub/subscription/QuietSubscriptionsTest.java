package fr.sas.hub.subscription;

import static fr.sas.hub.index.LiveVendors.SOLEIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import fr.sas.hub.changes.Changes;
import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.index.LiveVendors;
import fr.sas.hub.index.ScreenedBatchBuilder;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.FreePort;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.vendor.Vendors;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Subscriptions about which nothing happens cost the database the same, however many there are. */
@HubTest
class QuietSubscriptionsTest {

    private static final int PORT = FreePort.next();
    private static final int MANY = 30;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final Receiver receiver = new Receiver(PORT);
    private final Logger statements = (Logger) LoggerFactory.getLogger(JdbcTemplate.class);
    private final ListAppender<ILoggingEvent> written = new ListAppender<>();

    @LocalServerPort
    int port;

    @Value("${hub.connectors}")
    Path connectors;

    @Autowired
    AvailabilityIndex index;

    @Autowired
    Vendors vendors;

    @Autowired
    Changes changes;

    @Autowired
    Subscriptions subscriptions;

    @Autowired
    JdbcTemplate jdbc;

    @DynamicPropertySource
    static void the_receiver_is_allowed(DynamicPropertyRegistry settings) {
        settings.add("hub.subscription.receivers", () -> "http://localhost:" + PORT);
        settings.add("hub.subscription.most-per-client", () -> MANY);
    }

    @BeforeEach
    void statements_are_counted() {
        LiveVendors.areIn(connectors, vendors);
        receiver.accepting();
        written.start();
        statements.addAppender(written);
        statements.setLevel(Level.DEBUG);
    }

    @AfterEach
    void nobody_subscribes_any_more() {
        statements.setLevel(null);
        statements.detachAppender(written);
        jdbc.update("DELETE FROM subscription");
        receiver.close();
    }

    @Test
    void a_look_at_many_takes_as_few_statements_as_a_look_at_one_whether_or_not_something_changed_elsewhere() {
        subscribed(MANY);
        somethingChangesElsewhere(0);
        subscriptions.scanAll(); // positions are written now and then

        somethingChangesElsewhere(1);

        assertThat(statementsOf(subscriptions::scanAll)).hasSizeBetween(1, 3);
        assertThat(statementsOf(subscriptions::scanAll)).hasSizeBetween(1, 3);
    }

    private void subscribed(int many) {
        HubClient hub = HubClient.at(port);
        for (int i = 0; i < many; i++) {
            HttpResponse<String> answer =
                    hub.post("/fhir/Subscription", Receiver.document(PORT, "id-only", "", Batches.newPractitioner()));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        }
        await().until(() -> count("shaken AND NOT nudged") == many);
    }

    private int count(String condition) {
        Integer count = jdbc.queryForObject("SELECT count(*) FROM subscription WHERE " + condition, Integer.class);
        return count == null ? 0 : count;
    }

    private void somethingChangesElsewhere(int later) {
        long before = changes.last();
        PractitionerId nobodys = Batches.newPractitioner();
        index.replace(ScreenedBatchBuilder.by(SOLEIL, now.plusMillis(later), nobodys)
                .slot(now.plus(Duration.ofHours(1)))
                .batch());
        await().until(() -> changes.last() > before);
    }

    /** Of this thread: the hub looks by itself meanwhile. */
    private List<String> statementsOf(Runnable look) {
        synchronized (written) { // as its appending is
            written.list.clear();
        }
        look.run();
        List<ILoggingEvent> events;
        synchronized (written) {
            events = List.copyOf(written.list);
        }
        String thread = Thread.currentThread().getName();
        return events.stream()
                .filter(event -> event.getThreadName().equals(thread))
                .map(ILoggingEvent::getFormattedMessage)
                .filter(message -> message.startsWith("Executing prepared SQL statement"))
                .toList();
    }
}
