package fr.sas.hub.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Page;
import fr.sas.hub.testing.OlderRealm;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What the shipped realm and the hub tell each other, and how a realm of before is renewed (guides 002 and 003, 1.1 to 1.4). */
class ShippedRealmTest extends ShippedRealm {

    @Test
    void a_changed_address_and_a_closed_account_are_so_at_keycloak_too() throws Exception {
        String account = make("tom.leroux@exemple.fr");
        choose(invited(link(mailTo("tom.leroux@exemple.fr"))), GOOD);

        assertThat(platform.put(account, regulator("tom.blanc@exemple.fr")).statusCode())
                .isEqualTo(200);
        assertThat(mailTo("tom.blanc@exemple.fr").getSubject()).isEqualTo("Mail d'activation SAS");
        assertThat(usersOf("tom.leroux@exemple.fr")).isEqualTo("[]");
        choose(invited(link(mailTo("tom.blanc@exemple.fr"))), "Un-Autre-Mot-2026!");
        Page tom = atPassword();
        signIn(tom, "tom.blanc@exemple.fr", "Un-Autre-Mot-2026!");
        acceptTheTerms(tom);

        platform.post(account + "/close", "");
        await().atMost(PATIENCE).until(() -> usersOf("tom.blanc@exemple.fr").contains("\"enabled\":false"));
        tom.navigate(hub("/espace"));
        assertThat(path(tom)).startsWith("/connexion");
        Page again = atPassword();
        signIn(again, "tom.blanc@exemple.fr", "Un-Autre-Mot-2026!");
        assertThat(again.url()).startsWith(keycloak.issuer());
    }

    @Test
    void what_is_changed_while_keycloak_is_away_arrives_when_it_is_back() throws Exception {
        keycloak.holdStill();
        try {
            make("ugo.leroux@exemple.fr");
            await().atMost(PATIENCE)
                    .until(() ->
                            ops.get("/api/v1/outbox/keycloak?limit=1000").body().contains("attempts\":1"));
        } finally {
            keycloak.goOn();
        }

        choose(invited(link(mailTo("ugo.leroux@exemple.fr"))), GOOD);
        Page ugo = atPassword();
        signIn(ugo, "ugo.leroux@exemple.fr", GOOD);
        assertThat(path(ugo)).isEqualTo("/conditions");
    }

    @Test
    void S28_whoever_signs_out_is_signed_out_at_keycloak_and_at_pro_sante_connect_too() throws Exception {
        practises("810000066605");
        Page elsa = atProSanteConnect("elsa");
        typeAddress(elsa, "elsa.girard@exemple.fr");
        elsa.navigate(link(mailTo("elsa.girard@exemple.fr")));
        acceptTheTerms(elsa);

        elsa.click("details.account summary");
        click(elsa, "Vous déconnecter");

        elsa.waitForURL(hub("/connexion"));
        elsa.navigate(hub("/connexion/aller"));
        assertThat(elsa.locator("#password").count())
                .as("Keycloak asks who it is")
                .isOne();
        elsa.navigate(hub("/connexion/aller?par=psc"));
        assertThat(elsa.url()).startsWith(keycloak.proSanteConnect());
    }

    @Test
    void S28_whoever_is_signed_out_at_keycloak_has_no_session_here() throws Exception {
        String account = manager("jules.manager@exemple.fr", password(GOOD, Instant.now()));
        Page jules = atPassword();
        signIn(jules, "jules.manager@exemple.fr", GOOD);
        acceptTheTerms(jules);

        keycloak.asHub("POST", "/users/" + account + "/logout", null);

        await().until(() -> {
            jules.navigate(hub("/espace"));
            return path(jules).equals("/connexion");
        });
    }

    @Test
    void the_hubs_admin_client_looks_after_accounts_and_after_nothing_else() {
        assertThat(keycloak.asHub("GET", "/users?max=1", null).statusCode()).isEqualTo(200);
        assertThat(keycloak.asHub("GET", "/clients", null).statusCode()).isEqualTo(403);
        assertThat(keycloak.asHub("PUT", "", "{\"passwordPolicy\": \"length(1)\"}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(keycloak.asHub("GET", "/events", null).statusCode()).isEqualTo(403);
    }

    @Test
    void a_realm_that_was_imported_before_is_brought_to_what_is_shipped_by_a_script_that_may_run_again() {
        assumeTrue(OlderRealm.mayBeRenewed(), OlderRealm.ABSENT);
        OlderRealm older = OlderRealm.importInto(keycloak);
        String shipped = older.renewable("sas");
        String rest = older.rest();
        assertThat(older.renewable()).as("before").isNotEqualTo(shipped);

        older.renew();
        assertThat(older.renewable()).isEqualTo(shipped);
        older.renew();

        assertThat(older.renewable()).as("twice").isEqualTo(shipped);
        assertThat(older.rest()).as("and nothing else").isEqualTo(rest);
    }
}
