package fr.sas.hub.account;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.testing.PageReader;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** People sign in at a provider and are somebody here, or are told why not (guides 002 and 003, 1.1). */
class SignInTest extends SignInHub {

    @Test
    void a_physician_with_a_place_of_practice_accepts_the_terms_and_is_in_their_space() {
        PageReader alice = new PageReader(port);
        String before = alice.session();

        HttpResponse<String> first = signIn(
                alice,
                "alice",
                Map.of("SubjectNameID", "810000077701", "given_name", "Alice", "family_name", "DURAND"));

        assertThat(first.uri().getPath()).isEqualTo("/conditions");
        assertThat(first.body()).contains("Vous acceptez les conditions générales d&#39;utilisation");
        assertThat(alice.session())
                .as("a session of its own since the sign-in")
                .isNotEmpty()
                .isNotEqualTo(before);
        assertThat(alice.open("/espace").uri().getPath())
                .as("nothing opens before")
                .isEqualTo("/conditions");
        assertThat(alice.submit("/conditions", "version", TermsPage.VERSION).body())
                .contains("Cochez la case pour continuer.");

        HttpResponse<String> space = alice.submit("/conditions", "version", TermsPage.VERSION, "accepted", "true");

        assertThat(space.uri().getPath())
                .as("somebody who never said how they take part is led to say it")
                .isEqualTo("/espace/effecteurs/810000077701/parametres");
        assertThat(space.body()).contains("Bonjour Alice DURAND").contains("SAS - Effecteur");
        assertThat(signIn(new PageReader(port), "alice", Map.of("SubjectNameID", "810000077701"))
                        .uri()
                        .getPath())
                .as("the next time without a click")
                .startsWith("/espace/");
    }

    @Test
    void a_physician_without_a_place_of_practice_is_told_to_ask_their_order_and_everybody_else_their_ars() {
        PageReader bob = new PageReader(port);

        HttpResponse<String> told = signIn(bob, "bob", Map.of("SubjectNameID", "810000077702"));

        assertThat(told.body())
                .contains("rapprochez-vous de votre ARS")
                .contains("vous ne disposez pas de lieux d&#39;exercice sur Santé.fr");
        assertThat(bob.open("/espace").uri().getPath()).isEqualTo("/connexion");
        assertThat(accountsOf("bob")).isZero();
    }

    @Test
    void a_named_manager_is_known_by_their_verified_address_and_by_no_other() {
        name("carole.manager@exemple.fr");
        Map<String, Object> address =
                Map.of("email", "Carole.Manager@exemple.fr", "given_name", "Carole", "family_name", "MARTIN");

        assertThat(signIn(new PageReader(port), "carole-unverified", address).body())
                .contains("rapprochez-vous de votre ARS");
        PageReader carole = new PageReader(port);
        signIn(carole, "carole", with(address, "email_verified", true));
        HttpResponse<String> space = carole.submit("/conditions", "version", TermsPage.VERSION, "accepted", "true");

        assertThat(space.body()).contains("SAS - Gestionnaire de structures").contains("carole.manager@exemple.fr");
    }

    @Test
    void a_named_account_manager_signs_in_as_such_until_they_are_removed() {
        HttpResponse<String> named = platform.post("/api/v1/account-managers", """
                {"email": "irene.comptes@exemple.fr", "family": "BLANC", "given": "Irène", "territories": ["75"]}""");
        PageReader irene = new PageReader(port);
        signIn(irene, "irene", Map.of("email", "irene.comptes@exemple.fr", "email_verified", true));
        HttpResponse<String> space = irene.submit("/conditions", "version", TermsPage.VERSION, "accepted", "true");
        assertThat(space.body()).contains("SAS - Gestionnaire de comptes");

        platform.delete(named.headers().firstValue("Location").orElseThrow());

        assertThat(irene.open("/espace").body()).doesNotContain("SAS - Gestionnaire de comptes");
    }

    @Test
    void whoever_comes_by_another_provider_account_with_the_same_address_is_the_same_person() {
        name("dora.manager@exemple.fr");
        Map<String, Object> address = Map.of("email", "dora.manager@exemple.fr", "email_verified", true);
        PageReader dora = new PageReader(port);
        signIn(dora, "dora-password", address);
        dora.submit("/conditions", "version", TermsPage.VERSION, "accepted", "true");

        assertThat(signIn(new PageReader(port), "dora-psc", address).uri().getPath())
                .isEqualTo("/espace");

        assertThat(accountsOf("dora-password", "dora-psc")).isEqualTo(1);
    }

    @Test
    void whoever_shares_a_mailbox_with_a_doctor_is_not_the_doctor_and_the_doctor_is_not_them() {
        name("cabinet.manager@exemple.fr");
        practitioner(
                "810000077703",
                "[{\"structures\": [\"1750000779\"], \"line\": \"3 rue des Lilas\", \"postalCode\": \"75011\", \"city\": \"PARIS\"}]");
        Map<String, Object> mailbox = Map.of("email", "cabinet.manager@exemple.fr", "email_verified", true);
        PageReader manager = new PageReader(port);
        signIn(manager, "shared-manager", mailbox);
        manager.submit("/conditions", "version", TermsPage.VERSION, "accepted", "true");

        PageReader doctor = new PageReader(port);
        assertThat(signIn(doctor, "shared-doctor", with(mailbox, "SubjectNameID", "810000077703"))
                        .uri()
                        .getPath())
                .as("an account of their own, with the terms to accept")
                .isEqualTo("/conditions");
        String space = doctor.submit("/conditions", "version", TermsPage.VERSION, "accepted", "true")
                .body();

        assertThat(space).contains("SAS - Effecteur").doesNotContain("SAS - Gestionnaire de structures");
        assertThat(manager.open("/espace").body())
                .contains("SAS - Gestionnaire de structures")
                .doesNotContain("SAS - Effecteur");
        assertThat(signIn(new PageReader(port), "shared-doctor", with(mailbox, "SubjectNameID", "810000077703"))
                        .uri()
                        .getPath())
                .startsWith("/espace/");
    }

    @Test
    void whoever_comes_with_the_address_of_a_doctors_account_is_told_to_take_another() {
        practitioner(
                "810000077704",
                "[{\"structures\": [\"1750000780\"], \"line\": \"4 rue des Lilas\", \"postalCode\": \"75011\", \"city\": \"PARIS\"}]");
        Map<String, Object> mailbox = Map.of("email", "docteur.manager@exemple.fr", "email_verified", true);
        signIn(new PageReader(port), "owner-doctor", with(mailbox, "SubjectNameID", "810000077704"));
        name("docteur.manager@exemple.fr");

        assertThat(signIn(new PageReader(port), "somebody-else", mailbox).body())
                .contains("celle du compte d&#39;un autre praticien");
    }

    @Test
    void a_card_that_the_provider_linked_to_another_user_leads_to_their_account_from_then_on() {
        practitioner(
                "810000077705",
                "[{\"structures\": [\"1750000781\"], \"line\": \"5 rue des Lilas\", \"postalCode\": \"75011\", \"city\": \"PARIS\"}]");
        name("lise.manager@exemple.fr");
        Map<String, Object> mailbox = Map.of("email", "lise.manager@exemple.fr", "email_verified", true);
        PageReader byCard = new PageReader(port);
        signIn(byCard, "lise-card", Map.of("SubjectNameID", "810000077705"));
        byCard.acceptTerms();
        PageReader byPassword = new PageReader(port);
        signIn(byPassword, "lise-password", mailbox);
        byPassword.acceptTerms();

        PageReader both = new PageReader(port);
        HttpResponse<String> linked = signIn(both, "lise-password", with(mailbox, "SubjectNameID", "810000077705"));

        assertThat(linked.statusCode()).as(linked.body()).isEqualTo(200);
        assertThat(both.open("/espace").body()).contains("SAS - Effecteur", "SAS - Gestionnaire de structures");
        assertThat(byCard.open("/espace").body())
                .as("what was open under the former account")
                .doesNotContain("SAS - Effecteur");
        assertThat(jdbc.queryForList("""
                        SELECT c.before ->> 'practitioner' FROM account_change c JOIN account_identity i ON i.account = c.account
                        WHERE i.subject = 'lise-card' AND c.after ->> 'practitioner' IS NULL""", String.class)).containsExactly("810000077705");
        assertThat(jdbc.queryForList("""
                        SELECT c.after ->> 'practitioner' FROM account_change c JOIN account_identity i ON i.account = c.account
                        WHERE i.subject = 'lise-password' AND c.before IS NOT NULL""", String.class)).containsExactly("810000077705");
    }

    @Test
    void a_card_of_a_closed_account_opens_no_other() {
        practitioner(
                "810000077706",
                "[{\"structures\": [\"1750000782\"], \"line\": \"6 rue des Lilas\", \"postalCode\": \"75011\", \"city\": \"PARIS\"}]");
        name("max.manager@exemple.fr");
        Map<String, Object> mailbox = Map.of("email", "max.manager@exemple.fr", "email_verified", true);
        signIn(new PageReader(port), "max-card", Map.of("SubjectNameID", "810000077706"));
        signIn(new PageReader(port), "max-password", mailbox);
        jdbc.update("UPDATE account_account SET closed_at = now() WHERE practitioner = '810000077706'");

        assertThat(signIn(new PageReader(port), "max-password", with(mailbox, "SubjectNameID", "810000077706"))
                        .body())
                .contains("Ce compte a été fermé");
    }

    @Test
    void a_closed_account_has_no_session_any_more_and_cannot_make_one() {
        name("emile.manager@exemple.fr");
        Map<String, Object> address = Map.of("email", "emile.manager@exemple.fr", "email_verified", true);
        PageReader emile = new PageReader(port);
        signIn(emile, "emile", address);
        emile.submit("/conditions", "version", TermsPage.VERSION, "accepted", "true");
        jdbc.update("UPDATE account_account SET closed_at = now() WHERE email = 'emile.manager@exemple.fr'");

        assertThat(emile.open("/espace").body()).contains("Ce compte a été fermé");
        assertThat(emile.open("/espace").uri().getPath()).isEqualTo("/connexion");
        assertThat(signIn(new PageReader(port), "emile", address).body()).contains("Ce compte a été fermé");
    }

    @Test
    void whoever_accepts_the_terms_comes_to_the_page_they_asked_for() {
        name("odile.manager@exemple.fr");
        PageReader odile = new PageReader(port);
        odile.open("/espace/compte");
        signIn(odile, "odile", Map.of("email", "odile.manager@exemple.fr", "email_verified", true));

        assertThat(odile.acceptTerms().uri().getPath()).isEqualTo("/espace/compte");
        assertThat(odile.open("/espace").uri().getPath()).isEqualTo("/espace");
    }

    private int accountsOf(String... subjects) {
        return jdbc.queryForObject(
                "SELECT count(DISTINCT account) FROM account_identity WHERE subject = ANY (?)", Integer.class, (Object)
                        subjects);
    }
}
