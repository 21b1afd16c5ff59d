package fr.sas.hub.account;

import static fr.sas.hub.delegation.People.body;
import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.delegation.People;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.PageReader;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Welcome mails are sent again at wish, and neither they nor delegations flood a mailbox. */
class WelcomeMailsTest extends AccountManagersHub {

    @Autowired
    JdbcClient database;

    @Test
    void the_welcome_mail_is_sent_once_more_at_wish() {
        HttpResponse<String> made = ofParis.post(ACCOUNTS, account(rene, "GARNIER", "[]"));
        mailsTo(rene, 1);

        assertThat(ofParis.post(location(made) + "/welcome-mail", "").statusCode())
                .isEqualTo(204);

        assertThat(mailsTo(rene, 2)).hasSize(2);
    }

    @Test
    void am4_a_form_that_is_sent_again_after_hours_sends_no_second_welcome_mail() {
        String address = "/espace/comptes/"
                + location(ofParis.post(ACCOUNTS, account(rene, "GARNIER", "[]")))
                        .replaceAll(".*/", "");
        PageReader sacha = signIn(people.email("comptes"), "Sacha", "BLANC");
        hoursPass(20, rene);
        String before = last(sacha, address);
        sacha.submit(address + "/mail-de-bienvenue", "dernier", before);
        mailsTo(rene, 2);
        hoursPass(3, rene);
        ofParis.post(ACCOUNTS, account(people.email("renaud"), "GARNIER", "[]"));
        String sent = last(sacha, address);

        HttpResponse<String> again = sacha.submit(
                address + "/mail-de-bienvenue",
                "dernier",
                Instant.parse(before).minus(Duration.ofHours(3)).toString());

        assertThat(again.body()).contains("Le mail de bienvenue est envoyé.");
        assertThat(last(sacha, address)).as("the last one since").isEqualTo(sent);
        sacha.submit(address + "/mail-de-bienvenue", "dernier", sent);
        assertThat(last(sacha, address)).as("by a form that knows of it").isGreaterThan(sent);
    }

    private static String last(PageReader sacha, String address) {
        return sacha.open(address).body().replaceAll("(?s).*name=\"dernier\" value=\"([^\"]+)\".*", "$1");
    }

    /** What was sent to the address was sent as many hours earlier. */
    private void hoursPass(int hours, String email) {
        database.sql("UPDATE account_welcome SET at = at - make_interval(hours => :hours) WHERE email = :email")
                .param("hours", hours)
                .param("email", email)
                .update();
    }

    @Test
    void an_address_gets_three_welcome_mails_an_hour_whoever_asks() {
        String address = location(ofParis.post(ACCOUNTS, account(rene, "GARNIER", "[]")));
        assertThat(ofParis.post(address + "/welcome-mail", "").statusCode()).isEqualTo(204);
        assertThat(ofParis.post(address + "/welcome-mail", "").statusCode()).isEqualTo(204);

        HttpResponse<String> refused = people.platform().post(address + "/welcome-mail", "");

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1L, 3600L);
        assertThat(refused.body()).contains("This address got 3 welcome mails within an hour");
        assertThat(ofParis.put(address, account(people.email("rene.a"), "GARNIER", "[]"))
                        .statusCode())
                .as("another address")
                .isEqualTo(200);
        HttpResponse<String> back = ofParis.put(address, account(rene, "GARNIER", "[]"));
        assertThat(back.statusCode()).as("back to the first").isEqualTo(429);
        assertThat(body(ofParis.get(address)).path("email").asText()).isEqualTo(people.email("rene.a"));
    }

    @Test
    void whoever_is_named_again_and_again_gets_three_welcome_mails_an_hour_too() {
        String noa = people.email("noa");
        for (int i = 0; i < 3; i++) {
            people.named(noa);
            assertThat(ofParis.put(
                                    ACCOUNTS + "/" + idOf(noa),
                                    account(people.email("noa.ailleurs" + i + "."), "PETIT", "[]"))
                            .statusCode())
                    .isEqualTo(200);
        }

        people.named(noa);

        assertThat(ofParis.post(ACCOUNTS + "/" + idOf(noa) + "/welcome-mail", "")
                        .statusCode())
                .as("those that came with being named count")
                .isEqualTo(429);
        assertThat(mailsTo(noa, 3)).hasSize(3);
    }

    @Test
    void a_practitioner_asks_for_twenty_delegates_an_hour_at_most() {
        String zoe = "/api/v1/practitioners/810000077790";
        people.platform().put(zoe, """
                {"family": "DURAND", "given": ["Zoé"], "profession": "10", "places": [{"structures": ["1750000790"],
                 "line": "1 rue des Tilleuls", "postalCode": "97500", "city": "VILLE"}]}""");
        HubClient herself = people.practitioner("810000077790");
        for (int i = 0; i < 20; i++) {
            assertThat(herself.post(zoe + "/delegations", People.delegate(people.email("delegate" + i + "."), "Tours"))
                            .statusCode())
                    .isEqualTo(201);
        }

        HttpResponse<String> refused =
                herself.post(zoe + "/delegations", People.delegate(people.email("delegate20."), "Tours"));

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(herself.get(zoe + "/delegations").body()).doesNotContain(people.email("delegate20."));
    }
}
