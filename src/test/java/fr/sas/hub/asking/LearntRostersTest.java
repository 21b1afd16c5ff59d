package fr.sas.hub.asking;

import static fr.sas.hub.testing.Transaction.aTransaction;
import static fr.sas.hub.testing.VendorBundle.aBundle;
import static fr.sas.hub.testing.VendorBundle.aPlace;
import static fr.sas.hub.testing.VendorBundle.aPractitioner;
import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.FakeVendor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.TestDatabase;
import fr.sas.hub.testing.VendorBook;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/** By default a vendor's slots are shown, also those of practitioners who never filled in a form. */
@HubTest
class LearntRostersTest {

    private static final String KNOWN = "899980000001";
    private static final String STRANGER = "899980000002";
    /** Somebody for whom no other test here searches: each is sought once an hour. */
    private static final String BOOKED_OUT = "899980000003";

    private static final String PUSHING = "push-b";

    @Value("${hub.connectors}")
    Path connectors;

    @LocalServerPort
    int port;

    @Autowired
    JdbcTemplate jdbc;

    private final List<FakeVendor> opened = new ArrayList<>();
    private final List<Descriptor> dropped = new ArrayList<>();

    @BeforeEach
    void the_directory_knows_two() {
        TestDatabase.empty(jdbc, "directory_practitioner CASCADE");
        exists(KNOWN);
        exists(STRANGER);
    }

    @AfterEach
    void they_leave() {
        dropped.forEach(descriptor -> descriptor.leaves(connectors, port));
        opened.forEach(FakeVendor::close);
        TestDatabase.empty(jdbc, "connector_practitioner_word");
    }

    @Test
    void slots_of_those_a_vendor_knows_are_shown_and_the_others_are_not_asked_for_again() {
        FakeVendor vendor = aVendorThatKnows(100, KNOWN);
        connect(Descriptor.of("apprend")
                .at(vendor.baseUrl())
                .withoutRoster()
                .poll("every: 1s")
                .poll("idleEvery: 1s"));

        await().untilAsserted(() -> assertThat(total(KNOWN)).isPositive());
        await().until(() -> askedFor("apprend").equals(List.of(KNOWN)));
        assertThat(jdbc.queryForList("SELECT subject FROM index_word WHERE source = 'apprend'", String.class))
                .as("nothing is kept about somebody of whom the vendor never heard")
                .containsExactly(KNOWN);
        assertThat(vendor.asked()).contains(STRANGER);

        vendor.forget();
        FakeVendor other = aVendorThatKnows(100, KNOWN);
        connect(Descriptor.of("apprend-aussi").at(other.baseUrl()).withoutRoster());
        await().until(() -> other.asked().contains(STRANGER));
        int before = vendor.questions().size();
        await().until(() -> vendor.questions().size() >= before + 2);
        assertThat(vendor.asked()).containsExactly(KNOWN);
        assertThat(search(STRANGER).toString()).doesNotContain("OperationOutcome");
    }

    @Test
    void a_round_goes_through_the_directory_one_question_at_a_time_and_is_spread_over_the_day_from_then_on() {
        Set<String> everybody = new HashSet<>(Set.of(KNOWN, STRANGER));
        for (int i = 0; i < 50; i++) {
            String id = "8999810000%02d".formatted(i);
            jdbc.update("INSERT INTO directory_practitioner VALUES (?, 'NOM', '{}', NULL, '{}')", id);
            everybody.add(id);
        }
        FakeVendor vendor = aVendorThatKnows(100);
        connect(Descriptor.of("tour").at(vendor.baseUrl()).withoutRoster());

        await().until(() -> vendor.asked().equals(everybody));
        assertThat(vendor.questions()).hasSize(3);
        await().until(() -> Boolean.TRUE.equals(jdbc.queryForObject(
                "SELECT next_at > now() + interval '11 hours' FROM connector_seeking WHERE source = 'tour'",
                Boolean.class)));
        await().until(() -> askedFor("tour").isEmpty());
    }

    @Test
    void somebody_who_is_searched_for_is_sought_again_at_once() {
        exists(BOOKED_OUT);
        FakeVendor vendor = aVendorThatKnows(0, BOOKED_OUT);
        connect(Descriptor.of("cherche").at(vendor.baseUrl()).withoutRoster());
        await().until(() -> vendor.asked().contains(BOOKED_OUT));
        await().until(() -> askedFor("cherche").isEmpty());

        Instant nine = Instant.now().plus(Duration.ofHours(3)).truncatedTo(ChronoUnit.HOURS);
        vendor.add(BOOKED_OUT, nine);

        await().untilAsserted(() -> assertThat(total(BOOKED_OUT)).isEqualTo(1));
    }

    @Test
    void a_vendor_that_fails_while_somebody_is_sought_is_not_missed_and_is_asked_again() {
        FakeVendor vendor = aVendorThatKnows(100, KNOWN);
        vendor.failWith(500);
        connect(Descriptor.of("tombe").at(vendor.baseUrl()).withoutRoster());
        await().until(() -> vendor.asked().contains(KNOWN));
        assertThat(search(KNOWN).toString()).doesNotContain("OperationOutcome");

        vendor.behave();

        await().untilAsserted(() -> assertThat(total(KNOWN)).isPositive());
    }

    @Test
    void whoever_refuses_is_not_sought() {
        settings(STRANGER, "{\"vendorSlotsHidden\": true}");
        FakeVendor vendor = aVendorThatKnows(100, KNOWN, STRANGER);
        connect(Descriptor.of("respecte")
                .at(vendor.baseUrl())
                .withoutRoster()
                .poll("every: 1s")
                .poll("idleEvery: 1s"));

        await().untilAsserted(() -> assertThat(total(KNOWN)).isPositive());
        assertThat(total(STRANGER)).isZero();
        assertThat(vendor.asked()).containsExactly(KNOWN);

        settings(STRANGER, "{\"vendorSlotsHidden\": false}");
        await().untilAsserted(() -> assertThat(total(STRANGER)).isPositive());
    }

    @Test
    void whoever_names_the_vendor_is_asked_for_though_it_brought_nothing_of_them_until_a_list_leaves_them_out() {
        FakeVendor vendor = aVendorThatKnows(100);
        Descriptor descriptor = Descriptor.of("nomme")
                .at(vendor.baseUrl())
                .withoutRoster()
                .poll("every: 1s")
                .poll("idleEvery: 1s");
        connect(descriptor);
        await().until(() -> vendor.asked().contains(STRANGER));

        settings(KNOWN, "{\"usesBookingSoftware\": true, \"vendors\": [\"nomme\"]}");
        await().until(() -> askedFor("nomme").equals(List.of(KNOWN)));
        vendor.forget();
        await().until(() -> vendor.asked().contains(KNOWN));
        assertThat(askedFor("nomme")).containsExactly(KNOWN);

        descriptor.roster(STRANGER).dropInto(connectors);
        await().until(() -> askedFor("nomme").equals(List.of(STRANGER)));
        assertThat(jdbc.queryForList("SELECT source FROM connector_seeking WHERE source = 'nomme'"))
                .isEmpty();
    }

    @Test
    void what_a_vendor_delivers_by_itself_needs_nobodys_form() {
        long before = timesNotAskedFor();
        connect(Descriptor.of(PUSHING).mode("push").withoutRoster());
        deliver(KNOWN);
        assertThat(total(KNOWN)).isEqualTo(1);
        assertThat(timesNotAskedFor()).isEqualTo(before);
    }

    @Test
    void nor_does_it_where_practitioners_declare_their_vendors_until_one_names_others() {
        connect(Descriptor.of(PUSHING).mode("push"));
        connect(Descriptor.of("autre"));
        deliver(KNOWN);
        assertThat(total(KNOWN)).isEqualTo(1);

        settings(KNOWN, "{\"usesBookingSoftware\": true, \"vendors\": [\"autre\"]}");
        await().untilAsserted(() -> assertThat(total(KNOWN)).isZero());

        settings(KNOWN, "{\"usesBookingSoftware\": true, \"vendors\": [\"autre\", \"" + PUSHING + "\"]}");
        await().untilAsserted(() -> assertThat(total(KNOWN)).isEqualTo(1));
    }

    private void deliver(String practitioner) {
        String transaction = aTransaction()
                .putting(aBundle()
                        .with(aPractitioner(practitioner, "ORMEAU", "Camille")
                                .at(aPlace("1750000080").address("8 rue des Ormes", "75011", "PARIS"))
                                .slot(aVendorSlot().from(Instant.now().plus(3, ChronoUnit.HOURS)))))
                .toJson();
        HubClient client = HubClient.at(port).as("test-vendor-" + PUSHING);
        HttpResponse<String> answer = client.send(client.request("/fhir")
                .header("Content-Type", "application/fhir+json")
                .POST(BodyPublishers.ofString(transaction)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    /** Of all that this vendor ever delivered, also in other tests. */
    private long timesNotAskedFor() {
        HttpResponse<String> rejections =
                HubClient.at(port).as("test-vendor-" + PUSHING).get("/api/v1/connectors/" + PUSHING + "/rejections");
        if (rejections.statusCode() == 404) {
            return 0;
        }
        JsonNode counts = HubClient.json(rejections).get("counts");
        return StreamSupport.stream(counts.spliterator(), false)
                .filter(count -> count.get("code").asText().equals("NOT_ASKED_FOR"))
                .mapToLong(count -> count.get("count").asLong())
                .sum();
    }

    private FakeVendor aVendorThatKnows(int percentFree, String... practitioners) {
        List<VendorBook.Doctor> doctors = List.of(practitioners).stream()
                .map(id -> new VendorBook.Doctor(
                        id,
                        "ORMEAU",
                        "Camille",
                        List.of("SM54"),
                        List.of(new VendorBook.Office(List.of("1750000080"), "8 rue des Ormes", "75011", "PARIS", ""))))
                .toList();
        FakeVendor vendor = FakeVendor.aFakeVendor("vendor" + opened.size(), VendorBook.of(doctors))
                .free(percentFree)
                .start();
        opened.add(vendor);
        return vendor;
    }

    private void connect(Descriptor descriptor) {
        dropped.add(descriptor);
        descriptor.joins(connectors, port);
    }

    private void exists(String practitioner) {
        HttpResponse<String> answer =
                HubClient.at(port).as("test-portal").put("/api/v1/practitioners/" + practitioner, """
                        {"family": "ORMEAU", "given": ["Camille"], "places": [{"structures": ["1750000080"]}]}""");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private void settings(String practitioner, String json) {
        HttpResponse<String> answer =
                HubClient.at(port).as("test-portal").put("/api/v1/practitioners/" + practitioner + "/settings", json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private List<String> askedFor(String vendor) {
        return jdbc.queryForList(
                "SELECT subject FROM connector_target WHERE source = ? ORDER BY subject", String.class, vendor);
    }

    private JsonNode search(String practitioner) {
        return HubClient.at(port).json(HubClient.slotsOf(Instant.now(), practitioner));
    }

    private int total(String practitioner) {
        return search(practitioner).path("total").asInt(-1);
    }
}
