package fr.sas.hub.space;

import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.sas.hub.delegation.People;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.PageReader;
import fr.sas.hub.testing.PeopleHubTest;
import fr.sas.hub.testing.SignInProvider;
import fr.sas.hub.testing.StubbedVendor;
import fr.sas.hub.testing.VendorBundle;
import fr.sas.hub.testing.VendorPractitioner;
import fr.sas.hub.testing.VendorSlot;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What practitioners read about the vendors that bring their slots, on the dashboard and on the page of the regulation. */
@PeopleHubTest
class VendorWordsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private final LocalDate tomorrow = LocalDate.now(PARIS).plusDays(1);
    private final Instant nine = tomorrow.atTime(9, 0).atZone(PARIS).toInstant();

    @LocalServerPort
    int port;

    @Value("${hub.connectors}")
    Path connectors;

    private People people;
    private StubbedVendor vendor;
    private PageReader alice;

    @BeforeEach
    void a_vendor_is_asked_for_alice() {
        people = new People(port);
        vendor = new StubbedVendor("agenda-" + people.alice, people.alice);
        alice = SignInProvider.signIn(port, people.alice, SignInProvider.practitioner(people.alice, "Alice", "DURAND"));
    }

    @AfterEach
    void the_vendor_leaves() {
        Descriptor.of(vendor.id).leaves(connectors, port);
        vendor.close();
    }

    @Test
    void each_vendor_is_named_once_above_its_reasons_and_as_many_slots_are_listed_as_counted() {
        vendor.answers(VendorBundle.aBundle()
                .with(at("1750000551")
                        .slot(slot(0))
                        .slot(slot(1))
                        .slot(slot(2))
                        .slot(slot(3).audience())
                        .at(VendorBundle.aPlace("1750000552"))
                        .slot(slot(0))
                        .slot(slot(1))));
        vendor.joins(connectors);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(regulation()).contains("09h30 - 09h45"));
        people.practitioner().put(people.of("/settings"), "{\"vendorSlotsHidden\": true}");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(regulation()).contains("5 créneaux, chacun pour cette raison"));

        String hidden = regulation();
        assertThat(hidden.split(">" + vendor.id + "<", -1)).hasSize(2);
        String refused = hidden.substring(hidden.indexOf("5 créneaux"));
        assertThat(Pattern.compile("class=\"time\">[^<]*</span>(?:\\s*<small[^>]*>\\((\\d+) créneaux\\))?")
                        .matcher(refused.substring(0, refused.indexOf("</li>")))
                        .results()
                        .map((MatchResult listed) -> listed.group(1) == null ? 1 : Integer.parseInt(listed.group(1))))
                .containsExactly(2, 2, 1);
    }

    @Test
    void a_vendor_whose_answer_broke_off_is_not_said_to_have_sent_nothing() {
        vendor.answers(
                VendorBundle.aBundle().with(at("1750000551").slot(slot(0))).next(vendor.address() + "/lost"));
        vendor.joins(connectors);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(dashboard())
                        .containsPattern("1 créneau d'une réponse incomplète ; la dernière demande, il y a \\d+\\hs,"
                                + " n'a pas abouti"));
        assertThat(dashboard()).doesNotContain("pas encore de réponse");
    }

    @Test
    void software_is_one_of_theirs_or_several() {
        joined(vendor);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(dashboard()).contains("+ 1 de votre logiciel"));
        assertThat(dashboard()).contains("Ce que votre logiciel apporte");
        assertThat(week()).contains("Créneaux de votre logiciel");

        try (StubbedVendor second = new StubbedVendor("rdv-" + people.alice, people.alice)) {
            joined(second);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(dashboard()).contains("Ce que vos logiciels apportent"));
            assertThat(dashboard()).contains("de vos logiciels").doesNotContain("de votre logiciel");
            assertThat(week()).contains("Créneaux de vos logiciels");
            assertThat(AgendaForms.text(
                            alice.open(agenda() + tomorrow.plusYears(1)).body()))
                    .contains("Les créneaux de vos logiciels sont connus jusqu'au");
        } finally {
            Descriptor.of("rdv-" + people.alice).leaves(connectors, port);
        }
    }

    /** With one slot at Alice's place. */
    private void joined(StubbedVendor one) {
        one.answers(VendorBundle.aBundle().with(at(people.place).slot(slot(0))));
        one.joins(connectors);
    }

    private String agenda() {
        return "/espace/effecteurs/" + people.alice + "/agenda?jour=";
    }

    private String week() {
        return AgendaForms.text(alice.open(agenda() + tomorrow).body());
    }

    @Test
    void a_vendor_that_has_failed_ever_since_is_said_to_have_failed_and_when() {
        vendor.answers(serverError());
        vendor.joins(connectors);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(dashboard())
                        .containsPattern(
                                "pas encore de réponse complète ; la dernière demande, il y a \\d+\\hs, n'a pas"
                                        + " abouti : aucun créneau n'est affiché"));
    }

    private VendorPractitioner at(String structure) {
        return VendorBundle.aPractitioner(people.alice, "DURAND", "Alice").at(VendorBundle.aPlace(structure));
    }

    private VendorSlot slot(int quarter) {
        return VendorBundle.aVendorSlot().from(nine.plus(Duration.ofMinutes(15L * quarter)));
    }

    private String regulation() {
        return alice.open("/espace/effecteurs/" + people.alice + "/regulation").body();
    }

    private String dashboard() {
        return AgendaForms.text(alice.open("/espace/effecteurs/" + people.alice).body());
    }
}
