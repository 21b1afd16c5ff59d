package fr.sas.hub.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.sas.hub.testing.VendorBook.Doctor;
import fr.sas.hub.testing.VendorBook.Office;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FakeVendorTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** As the hub asks; an upgrade to HTTP/2 of an unencrypted connection now and then ends in silence. */
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final String ALICE = "899900000001";
    private static final String BRUNO = "899900000002";
    private static final Instant FROM = Instant.parse("2026-06-12T06:00:00Z");
    private static final Instant TO = FROM.plus(Duration.ofHours(72));
    private static final VendorBook BOOK = VendorBook.of(List.of(doctor(ALICE), doctor(BRUNO)));

    private FakeVendor vendor = FakeVendor.aFakeVendor("essai", BOOK).start();

    @AfterEach
    void the_vendor_stops() {
        vendor.close();
    }

    @Test
    void the_same_question_finds_the_same_slots_of_those_asked_for_within_the_window() throws Exception {
        JsonNode first = JSON.readTree(ask(ALICE).body());

        assertThat(first).isEqualTo(JSON.readTree(ask(ALICE).body()));
        assertThat(first.path("total").asInt()).isGreaterThan(10);
        assertThat(first.findValuesAsText("start"))
                .isNotEmpty()
                .allSatisfy(start ->
                        assertThat(OffsetDateTime.parse(start).toInstant()).isBetween(FROM, TO));
        assertThat(first.toString()).doesNotContain(BRUNO);
        assertThat(vendor.asked()).containsExactly(ALICE);
    }

    @Test
    void a_slot_taken_is_gone_and_a_slot_added_is_there() throws Exception {
        ZoneId paris = ZoneId.of("Europe/Paris");
        Instant taken = vendor.freeTimes(ALICE, paris, FROM, TO).getFirst();
        Instant added = Instant.parse("2026-06-12T20:07:00Z");

        vendor.take(ALICE, taken);
        vendor.add(ALICE, added);

        assertThat(vendor.freeTimes(ALICE, paris, FROM, TO)).contains(added).doesNotContain(taken);
        assertThat(ask(ALICE).body()).contains("T22:07:00.000+02:00");
    }

    @Test
    void a_failing_or_throttling_vendor_says_so_until_it_behaves_again() throws Exception {
        vendor.throttle(Duration.ofSeconds(30));
        HttpResponse<String> throttled = ask(ALICE);
        assertThat(throttled.statusCode()).isEqualTo(429);
        assertThat(throttled.headers().firstValue("Retry-After")).contains("30");

        post("fail");
        assertThat(ask(ALICE).statusCode()).isEqualTo(500);

        post("behave");
        assertThat(ask(ALICE).statusCode()).isEqualTo(200);
    }

    @Test
    void a_hanging_vendor_takes_the_call_and_says_nothing() throws Exception {
        vendor.hang();

        assertThatThrownBy(() -> ask(ALICE)).isInstanceOf(HttpTimeoutException.class);
        assertThat(vendor.asked()).containsExactly(ALICE);
    }

    @Test
    void a_flooding_vendor_sends_more_than_anybody_wants() throws Exception {
        vendor.flood(2_000);

        assertThat(JSON.readTree(ask(ALICE).body()).path("total").asInt()).isGreaterThan(2_000);
    }

    @Test
    void a_lying_vendor_counts_wrong_and_names_somebody_else() throws Exception {
        vendor.lie();

        JsonNode lie = JSON.readTree(ask(ALICE).body());
        assertThat(lie.path("total").asInt())
                .isNotEqualTo(lie.findValuesAsText("status").size());
        assertThat(lie.toString()).contains("899999999999");
    }

    @Test
    void a_sloppy_vendor_leaves_out_prefixes_offsets_and_the_total() throws Exception {
        vendor.close();
        vendor = FakeVendor.aFakeVendor("brouillon", BOOK)
                .hand(VendorHand.SLOPPY)
                .start();

        JsonNode answer = JSON.readTree(ask(ALICE).body());
        assertThat(answer.has("total")).isFalse();
        assertThat(answer.toString()).contains("\"" + ALICE.substring(1) + "\"").doesNotContain("\"" + ALICE + "\"");
        assertThat(answer.findValuesAsText("start"))
                .anyMatch(start -> start.length() == "2026-06-12T09:00:00".length());
    }

    @Test
    void a_question_without_window_is_refused() throws Exception {
        assertThat(send("GET", "/Slot?status=free").statusCode()).isEqualTo(400);
    }

    private void post(String mood) throws Exception {
        assertThat(send("POST", "/demo/" + mood).statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> ask(String practitioner) throws Exception {
        return send(
                "GET",
                "/Slot?_include=Slot:schedule&_include:iterate=Schedule:actor&start=ge" + FROM + "&start=le" + TO
                        + "&schedule.actor:Practitioner.identifier=urn:oid:1.2.250.1.71.4.2.1%7C" + practitioner
                        + "&status=free");
    }

    private HttpResponse<String> send(String method, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(vendor.baseUrl() + path))
                .timeout(Duration.ofSeconds(5))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static Doctor doctor(String id) {
        return new Doctor(
                id,
                "ESSAI",
                "Alice",
                List.of("SM54"),
                List.of(new Office(List.of("1359900100"), "1 rue des Tilleuls", "35000", "Rennes", "01 99 00 10 00")));
    }
}
