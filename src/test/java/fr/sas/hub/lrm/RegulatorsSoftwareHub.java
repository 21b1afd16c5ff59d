package fr.sas.hub.lrm;

import static fr.sas.hub.lrm.FakeLrm.appointment;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.TestBroker;
import fr.sas.hub.vendor.Vendors;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A hub that tells bookings to the regulators' software over a real broker. One broker and one hub for all tests of this kind. */
@HubTest
abstract class RegulatorsSoftwareHub {

    /** Starts with the first of these classes, and ends with the last test of all. */
    private static final Optional<TestBroker> BROKER = TestBroker.find();

    final FakeLrm lrm = new FakeLrm(broker().port());

    @LocalServerPort
    int port;

    @Value("${hub.connectors}")
    Path connectors;

    @Autowired
    Vendors vendors;

    @Autowired
    RegulatorsSoftware software;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    MeterRegistry meters;

    static boolean isThereABroker() {
        return BROKER.isPresent();
    }

    static TestBroker broker() {
        return BROKER.orElseThrow();
    }

    @DynamicPropertySource
    static void whereTheBrokerIs(DynamicPropertyRegistry settings) {
        settings.add("hub.lrm.sender", () -> FakeLrm.SENDER);
        settings.add("hub.lrm.recipient", () -> FakeLrm.RECIPIENT);
        settings.add("hub.lrm.confirm-within", () -> "2s");
        settings.add("spring.rabbitmq.host", () -> "127.0.0.1");
        settings.add("spring.rabbitmq.port", () -> broker().port());
    }

    @BeforeEach
    void the_software_listens() throws Exception {
        lrm.connect();
    }

    @AfterEach
    void the_software_leaves() {
        Descriptor.of("rdv-a").leaves(connectors, port);
        lrm.close();
    }

    JsonNode pending(UUID booking) {
        return hub().json("/api/v1/lrm/appointments/" + booking).path("pending").path(0);
    }

    JsonNode only(UUID booking) {
        await().until(() -> lrm.appointments(booking.toString()).size() == 1);
        return lrm.received().stream()
                .filter(message ->
                        appointment(message).path("appointmentId").asText().equals(booking.toString()))
                .findFirst()
                .orElseThrow();
    }

    JsonNode message(UUID booking, int number) {
        return hub().json("/api/v1/lrm/appointments/" + booking)
                .path("messages")
                .get(number);
    }

    JsonNode outbox() {
        return hub().json("/api/v1/outbox/lrm");
    }

    void tell(Bookings booking) {
        new TransactionTemplate(transactions)
                .executeWithoutResult(transaction -> software.queueUpdate(booking.booking()));
    }

    HubClient hub() {
        return HubClient.at(port).as("test-ops");
    }
}
