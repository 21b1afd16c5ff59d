package fr.sas.hub.regulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.slot.Source;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.FakeAccounts;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.vendor.Vendor;
import fr.sas.hub.vendor.Vendors;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/** Regulators' accounts, as the platform writes them and as vendors hear of them (INT_R02). */
@HubTest
class RegulatorAccountsTest {

    /** Every five seconds the hub looks for vendors that were not told what they should know. */
    private static final Duration SEVERAL_LOOKS = Duration.ofSeconds(20);

    private final FakeAccounts first = new FakeAccounts();
    private final FakeAccounts second = new FakeAccounts();
    private final String id = UUID.randomUUID().toString();
    private final String national = "3456780581/" + id.substring(0, 8).toUpperCase(java.util.Locale.ROOT);

    @Value("${hub.connectors}")
    Path connectors;

    @LocalServerPort
    int port;

    @Autowired
    Vendors vendors;

    @Autowired
    JdbcTemplate jdbc;

    @BeforeEach
    void a_vendor_takes_accounts() {
        joins("comptes-un", first);
    }

    @AfterEach
    void vendors_leave() {
        for (String vendor : List.of("comptes-un", "comptes-deux")) {
            Descriptor.of(vendor).removeFrom(connectors);
            await().until(() -> vendors.find(new Source(vendor)).isEmpty());
            jdbc.update("DELETE FROM regulator_told WHERE vendor = ?", vendor);
        }
        first.close();
        second.close();
    }

    @Test
    void a_new_account_is_told_when_the_regulator_logs_in_and_not_before() {
        save("{'family':'LORIDON','given':'Sébastien','email':'sebastien.loridon@test.example'}");
        assertThat(vendor("comptes-un").path("state").asText()).isEqualTo("AT_NEXT_LOGIN");
        assertThat(first.told()).isEmpty();

        login();

        await().untilAsserted(() ->
                assertThat(vendor("comptes-un").path("state").asText()).isEqualTo("TOLD"));
        assertThat(first.told()).singleElement().satisfies(told -> {
            assertThat(told.method()).isEqualTo("POST");
            assertThat(told.json()).isEqualTo(tree(("""
                    {'resourceType':'Practitioner','meta':{'profile':['https://interop.esante.gouv.fr/ig/fhir/sas/StructureDefinition/FrPractitionerRegul'],
                    'source':'urn:oid:1.2.250.1.213.3.6'},
                    'identifier':[{'type':{'coding':[{'system':'http://interopsante.org/fhir/CodeSystem/fr-v2-0203','code':'INTRN'}]},
                    'system':'urn:oid:1.2.250.1.213.3.6','value':'%s'}],'active':true,'name':[{'family':'LORIDON','given':['Sébastien']}],
                    'telecom':[{'system':'email','value':'sebastien.loridon@test.example'}]}""").formatted(id)));
        });
    }

    @Test
    void logging_in_again_says_nothing_new() {
        known();
        login();
        login();

        save("{'family':'MARIUS','given':'Jules','email':'jules.marius@test.example'}");
        login();
        await().untilAsserted(() -> assertThat(first.told()).hasSize(2));
        assertThat(first.told().get(1).method()).isEqualTo("PUT");
        assertThat(first.account(id).orElseThrow().at("/name/0/family").asText())
                .isEqualTo("MARIUS");
    }

    @Test
    void a_deactivation_is_told_at_once_to_whoever_knows_the_regulator_and_to_nobody_else() {
        known();
        joins("comptes-deux", second);

        save("{'family':'LORIDON','given':'Ana','email':'ana@test.example','active':false}");

        await().untilAsserted(() -> assertThat(
                        first.account(id).orElseThrow().path("active").asBoolean())
                .isFalse());
        assertThat(vendor("comptes-deux").path("state").asText()).isEqualTo("NOT_CONCERNED");
        assertThat(second.told()).isEmpty();
        assertThat(hub().post("/api/v1/regulators/" + id + "/login", "").statusCode())
                .isEqualTo(422);
    }

    @Test
    void an_attached_national_identifier_is_told_by_a_put_on_the_old_one() {
        known();

        save("{'family':'LORIDON','given':'Ana','email':'ana@test.example','nationalId':'%s'}".formatted(national));
        login();

        await().untilAsserted(() -> assertThat(first.account(national)).isPresent());
        assertThat(first.size()).isEqualTo(1);
        assertThat(first.told().getLast().query()).isEqualTo("identifier=urn%3Aoid%3A1.2.250.1.213.3.6%7C" + id);
        assertThat(first.account(national).orElseThrow().at("/identifier/0").toString())
                .contains("\"IDNPS\"", "urn:oid:1.2.250.1.71.4.2.1");
        await().untilAsserted(() ->
                assertThat(vendor("comptes-un").path("knownAs").asText()).isEqualTo(national));
    }

    @Test
    void a_change_of_identifier_that_was_taken_in_silence_does_not_double_the_account() {
        takenInSilence();

        first.behave();

        await().untilAsserted(() ->
                assertThat(vendor("comptes-un").path("state").asText()).isEqualTo("TOLD"));
        assertThat(accounts(id, national)).containsExactly(national);
    }

    @Test
    void an_identifier_taken_in_silence_and_corrected_afterwards_does_not_double_the_account() {
        takenInSilence();
        String corrected = national + "B";

        save("{'family':'LORIDON','given':'Ana','email':'ana@test.example','nationalId':'%s'}".formatted(corrected));
        login();
        first.behave();

        await().untilAsserted(() ->
                assertThat(vendor("comptes-un").path("state").asText()).isEqualTo("TOLD"));
        assertThat(accounts(id, national, corrected)).containsExactly(corrected);
    }

    @Test
    void an_identifier_taken_in_silence_and_taken_back_does_not_double_the_account() {
        takenInSilence();

        save("{'family':'LORIDON','given':'Ana','email':'ana@test.example'}");
        login();
        first.behave();

        await().untilAsserted(() ->
                assertThat(vendor("comptes-un").path("state").asText()).isEqualTo("TOLD"));
        assertThat(accounts(id, national)).containsExactly(id);
    }

    @Test
    void what_a_vendor_refuses_after_it_took_an_identifier_in_silence_does_not_double_the_account_later() {
        takenInSilence();
        first.behave();
        first.refuse(account -> account.at("/name/0/given/0").asText().equals("Ana"));
        await().untilAsserted(() ->
                assertThat(vendor("comptes-un").path("state").asText()).isEqualTo("REFUSED"));
        assertThat(vendor("comptes-un").path("knownAs").asText()).isEqualTo(national);

        save("{'family':'LORIDON','given':'Anna','email':'ana@test.example','nationalId':'%s'}".formatted(national));
        login();

        await().untilAsserted(() ->
                assertThat(vendor("comptes-un").path("state").asText()).isEqualTo("TOLD"));
        assertThat(accounts(id, national)).containsExactly(national);
    }

    /** Those of them that the vendor has. */
    private List<String> accounts(String... identifiers) {
        return Stream.of(identifiers)
                .filter(identifier -> first.account(identifier).isPresent())
                .toList();
    }

    private List<String> methods() {
        return first.told().stream().map(FakeAccounts.Told::method).toList();
    }

    private void takenInSilence() {
        known();
        first.takeAndSayNothing();
        save("{'family':'LORIDON','given':'Ana','email':'ana@test.example','nationalId':'%s'}".formatted(national));
        login();
        await().untilAsserted(() -> assertThat(first.account(national)).isPresent());
        await().untilAsserted(() ->
                assertThat(vendor("comptes-un").path("said").asText()).contains("no answer within"));
    }

    @Test
    void a_conflict_is_shown_in_the_vendors_words_and_not_tried_again() {
        first.failWith(409);
        known(false);

        await().untilAsserted(() ->
                assertThat(vendor("comptes-un").path("state").asText()).isEqualTo("REFUSED"));
        assertThat(vendor("comptes-un").path("said").asText()).isEqualTo("HTTP 409: not now");
        first.behave();
        login();
        joins("comptes-deux", second);
        login();
        await().untilAsserted(() -> assertThat(second.told()).hasSize(1));
        assertThat(first.told()).hasSize(1);
    }

    @Test
    void an_account_that_breaks_a_vendors_rule_is_told_again_when_it_is_changed() {
        first.refuse(account -> account.at("/name/0/given/0").asText().equals("Ana"));
        known(false);
        await().untilAsserted(() -> assertThat(vendor("comptes-un").path("said").asText())
                .isEqualTo("HTTP 422: such an account breaks our rule 7"));

        save("{'family':'LORIDON','given':'Anna','email':'ana@test.example'}");
        login();

        await().untilAsserted(() ->
                assertThat(vendor("comptes-un").path("state").asText()).isEqualTo("TOLD"));
        assertThat(first.told()).hasSize(2);
    }

    @Test
    void a_vendor_that_fails_is_tried_until_it_takes_the_account() {
        first.failWith(503);
        known(false);
        await().untilAsserted(() -> assertThat(first.told()).hasSizeGreaterThan(2));
        assertThat(vendor("comptes-un").path("state").asText()).isEqualTo("WAITING");
        assertThat(vendor("comptes-un").path("attempts").asInt()).isGreaterThan(1);

        first.behave();

        await().untilAsserted(() ->
                assertThat(vendor("comptes-un").path("state").asText()).isEqualTo("TOLD"));
    }

    @Test
    void a_vendor_that_asks_for_time_gets_it() {
        first.failWith(429, "3600");
        known(false);
        await().untilAsserted(() ->
                assertThat(vendor("comptes-un").path("said").asText()).isEqualTo("HTTP 429: not now"));

        JsonNode outbox = hub().json("/api/v1/outbox/accounts-comptes-un");
        assertThat(outbox.path("state").asText()).isEqualTo("FAILING");
        assertThat(Duration.between(
                        java.time.Instant.now(),
                        java.time.Instant.parse(outbox.path("nextAttemptAt").asText())))
                .isBetween(Duration.ofMinutes(50), Duration.ofHours(1));
        assertThat(first.told()).hasSize(1);
        first.behave();
        hub().post("/api/v1/outbox/accounts-comptes-un/start", "{\"reason\":\"they are back\"}");
        await().untilAsserted(() -> assertThat(first.account(id)).isPresent());
    }

    @Test
    void a_vendor_that_joins_hears_of_the_account_at_the_next_login() {
        known();
        joins("comptes-deux", second);
        assertThat(vendor("comptes-deux").path("state").asText()).isEqualTo("AT_NEXT_LOGIN");

        login();

        await().untilAsserted(() -> assertThat(second.account(id)).isPresent());
        assertThat(first.told()).hasSize(1);
    }

    @Test
    void a_vendor_that_takes_accounts_no_more_is_not_told_what_waits_and_hears_of_it_should_it_take_them_again() {
        first.failWith(503);
        known(false);
        await().until(() -> first.told().size() > 1);
        takesNoAccounts("comptes-un");
        first.behave();

        joins("comptes-un", first);
        await().untilAsserted(() ->
                assertThat(vendor("comptes-un").path("state").asText()).isEqualTo("AT_NEXT_LOGIN"));
        login();

        await().untilAsserted(() -> assertThat(first.account(id)).isPresent());
    }

    @Test
    void a_deactivation_made_while_the_vendor_takes_no_accounts_is_told_when_it_takes_them_again() {
        known();
        takesNoAccounts("comptes-un");

        save("{'family':'LORIDON','given':'Ana','email':'ana@test.example','active':false}");
        joins("comptes-un", first);

        await().atMost(SEVERAL_LOOKS)
                .untilAsserted(() -> assertThat(
                                first.account(id).orElseThrow().path("active").asBoolean())
                        .isFalse());
        await().untilAsserted(() ->
                assertThat(vendor("comptes-un").path("state").asText()).isEqualTo("TOLD"));
    }

    @Test
    void a_deactivation_that_waited_when_the_vendor_took_no_accounts_any_more_is_told_when_it_takes_them_again() {
        known();
        first.failWith(503);
        save("{'family':'LORIDON','given':'Ana','email':'ana@test.example','active':false}");
        await().until(() -> first.told().size() > 1);
        takesNoAccounts("comptes-un");
        first.behave();

        joins("comptes-un", first);

        assertThat(vendor("comptes-un").path("state").asText()).isNotEqualTo("NOT_CONCERNED");
        await().atMost(SEVERAL_LOOKS)
                .untilAsserted(() -> assertThat(
                                first.account(id).orElseThrow().path("active").asBoolean())
                        .isFalse());
    }

    @Test
    void a_vendor_that_leaves_and_returns_hears_of_deactivations_and_its_accounts_are_not_doubled() {
        known();
        leaves("comptes-un");
        save("{'family':'LORIDON','given':'Ana','email':'ana@test.example','active':false}");

        joins("comptes-un", first);

        await().atMost(SEVERAL_LOOKS)
                .untilAsserted(() -> assertThat(
                                first.account(id).orElseThrow().path("active").asBoolean())
                        .isFalse());
        assertThat(methods()).containsExactly("POST", "PUT");

        leaves("comptes-un");
        joins("comptes-un", first);
        save("{'family':'LORIDON','given':'Ana','email':'ana@test.example'}");
        login();

        await().untilAsserted(() -> assertThat(
                        first.account(id).orElseThrow().path("active").asBoolean())
                .isTrue());
        assertThat(methods()).containsOnlyOnce("POST");
    }

    @Test
    void a_vendor_that_returns_is_told_again_of_an_account_at_the_next_login_as_it_may_have_lost_it() {
        known();
        leaves("comptes-un");
        joins("comptes-un", first);
        assertThat(vendor("comptes-un").path("state").asText()).isEqualTo("AT_NEXT_LOGIN");

        login();

        await().untilAsserted(() ->
                assertThat(vendor("comptes-un").path("state").asText()).isEqualTo("TOLD"));
        assertThat(methods()).containsExactly("POST", "PUT");
    }

    private void leaves(String vendor) {
        Descriptor.of(vendor).removeFrom(connectors);
        await().until(() -> vendors.find(new Source(vendor)).isEmpty());
        await().until(() -> hub().get("/api/v1/outbox/accounts-" + vendor).statusCode() == 404);
    }

    private void takesNoAccounts(String vendor) {
        Descriptor.of(vendor).at(first.baseUrl()).dropInto(connectors);
        await().until(() ->
                vendors.find(new Source(vendor)).filter(Vendor::takesAccounts).isEmpty());
        await().until(() -> hub().get("/api/v1/outbox/accounts-" + vendor).statusCode() == 404);
    }

    @Test
    void what_breaks_a_rule_is_named() {
        var answer =
                hub().put("/api/v1/regulators/" + id, "{\"family\":\" \",\"email\":\"nobody\",\"nationalId\":\"x\"}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("\"family\"", "\"given\"", "\"email\"", "\"nationalId\"");
        assertThat(hub().put("/api/v1/regulators/none", "{}").statusCode()).isEqualTo(404);
        assertThat(hub().get("/api/v1/regulators/" + id).statusCode()).isEqualTo(404);
    }

    private void known() {
        known(true);
    }

    private void known(boolean taken) {
        save("{'family':'LORIDON','given':'Ana','email':'ana@test.example'}");
        login();
        if (taken) {
            await().untilAsserted(() ->
                    assertThat(vendor("comptes-un").path("state").asText()).isEqualTo("TOLD"));
        }
    }

    private void joins(String vendor, FakeAccounts book) {
        Descriptor.of(vendor)
                .at(book.baseUrl())
                .takesAccounts()
                .poll("timeout: 500ms")
                .poll("maxRequestsPerSecond: 100")
                .dropInto(connectors);
        await().until(() ->
                vendors.find(new Source(vendor)).filter(Vendor::takesAccounts).isPresent());
    }

    private void save(String quoted) {
        HubClient.json(hub().put("/api/v1/regulators/" + id, json(quoted)));
    }

    private void login() {
        HubClient.json(hub().post("/api/v1/regulators/" + id + "/login", ""));
    }

    private JsonNode vendor(String name) {
        for (JsonNode vendor : hub().json("/api/v1/regulators/" + id).path("vendors")) {
            if (vendor.path("vendor").asText().equals(name)) {
                return vendor;
            }
        }
        throw new AssertionError("no vendor " + name);
    }

    private HubClient hub() {
        return HubClient.at(port).as("test-ops");
    }

    private static JsonNode tree(String quoted) {
        try {
            return new com.fasterxml.jackson.databind.ObjectMapper().readTree(json(quoted));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String json(String quoted) {
        return quoted.replace('\'', '"').replace("\n", "");
    }
}
