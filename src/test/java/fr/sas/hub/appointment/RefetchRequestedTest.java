package fr.sas.hub.appointment;

import static fr.sas.hub.testing.FakeVendor.aFakeVendor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.slot.ConsultationMode;
import fr.sas.hub.slot.Source;
import fr.sas.hub.testing.AnAppointment;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.FakeVendor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.VendorBook;
import fr.sas.hub.vendor.Vendors;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;

/** A booking and its cancellation, with a vendor that is asked once in ten minutes, and at once when it must be. */
@HubTest
class RefetchRequestedTest {

    private static final String ALICE = "810000035001";
    private static final VendorBook BOOK = VendorBook.of(List.of(new VendorBook.Doctor(
            ALICE,
            "DURAND",
            "Alice",
            List.of("SM54"),
            List.of(new VendorBook.Office(
                    List.of("1750000035"), "35 rue des Lilas", "75001", "PARIS", "+33199003500")))));

    private final Instant now = Instant.now();
    private final FakeVendor vendor = aFakeVendor("rdv-b", BOOK).free(0).start();
    private final List<AppointmentChanged> told = new CopyOnWriteArrayList<>();
    private final ApplicationListener<ApplicationEvent> listener = event -> {
        if (event instanceof PayloadApplicationEvent<?> some
                && some.getPayload() instanceof AppointmentChanged change) {
            told.add(change);
        }
    };

    @LocalServerPort
    int port;

    @Autowired
    Vendors vendors;

    @Autowired
    ConfigurableApplicationContext context;

    @Value("${hub.connectors}")
    Path connectors;

    private HubClient client;

    @BeforeEach
    void a_vendor_with_one_slot() {
        context.addApplicationListener(listener);
        client = HubClient.at(port).as("test-vendor-rdv-b");
        vendor.add(ALICE, now.plus(Duration.ofHours(3)).truncatedTo(ChronoUnit.HOURS));
        Descriptor.of("rdv-b")
                .at(vendor.baseUrl())
                .roster(ALICE)
                .poll("every: 10m")
                .poll("idleEvery: 10m")
                .dropInto(connectors);
        await().until(() -> slots().size() == 1);
    }

    @AfterEach
    void it_leaves() {
        context.removeApplicationListener(listener);
        Descriptor.of("rdv-b").removeFrom(connectors);
        await().until(() -> vendors.find(new Source("rdv-b")).isEmpty());
        vendor.close();
    }

    @Test
    void what_is_cancelled_is_asked_for_at_once_and_found_again() {
        AnAppointment appointment = booking();
        client.put(appointment.address(), appointment.toString());
        assertThat(slots()).isEmpty();

        client.put(appointment.address(), appointment.status("cancelled").toString());

        await().until(() -> slots().size() == 1);
    }

    @Test
    void a_booking_that_matches_no_slot_has_the_vendor_asked_at_once() {
        vendor.forget();

        client.post(
                "/fhir/Appointment",
                AnAppointment.with(ALICE, now.plus(Duration.ofHours(5))).toString());

        await().until(() -> vendor.asked().contains(ALICE));
    }

    @Test
    void each_change_is_told_once_with_all_that_is_known_and_a_replay_is_not() {
        AnAppointment appointment = booking();
        client.put(appointment.address(), appointment.toString());
        client.put(appointment.address(), appointment.toString());
        client.put(appointment.address(), appointment.status("cancelled").toString());

        assertThat(told).hasSize(2);
        Appointment booked = told.getFirst().after();
        assertThat(told.getFirst().before()).isNull();
        assertThat(told.getFirst().by()).isEqualTo("test-vendor-rdv-b");
        assertThat(booked.owner().vendor()).isEqualTo(new Source("rdv-b"));
        assertThat(booked.said().operator())
                .isEqualTo(new AppointmentOperator("urn:oid:1.2.250.1.71.4.2.1", "3456780581/11242343", "IDNPS"));
        assertThat(Objects.requireNonNull(booked.about().party()).family()).isEqualTo("DURAND");
        assertThat(Objects.requireNonNull(booked.about().place()).phone()).isEqualTo("+33199003500");
        assertThat(booked.about().modes()).isNotEmpty().isSubsetOf(ConsultationMode.values());
        Appointment cancelled = told.getLast().after();
        assertThat(told.getLast().before()).isEqualTo(booked);
        assertThat(cancelled.said().status()).isEqualTo(Appointment.Status.CANCELLED);
        assertThat(cancelled.about()).isEqualTo(booked.about());
        assertThat(cancelled.version()).isEqualTo(2);
    }

    /** Of the vendor's only slot. */
    private AnAppointment booking() {
        JsonNode slot = slots().getFirst();
        return AnAppointment.with(ALICE, instant(slot, "start")).from(instant(slot, "start"), instant(slot, "end"));
    }

    private static Instant instant(JsonNode slot, String element) {
        return OffsetDateTime.parse(slot.path(element).asText()).toInstant();
    }

    private List<JsonNode> slots() {
        JsonNode bundle = HubClient.at(port).json(HubClient.slotsOf(now, ALICE));
        return StreamSupport.stream(bundle.path("entry").spliterator(), false)
                .map(entry -> entry.path("resource"))
                .filter(resource -> resource.path("resourceType").asText().equals("Slot"))
                .toList();
    }
}
