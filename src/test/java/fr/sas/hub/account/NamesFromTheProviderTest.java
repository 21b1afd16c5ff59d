package fr.sas.hub.account;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.testing.PageReader;
import fr.sas.hub.testing.SignInProvider;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A provider lets people type their names themselves; what it says of them keeps nobody out and misleads nobody. */
class NamesFromTheProviderTest extends SignInHub {

    @Test
    void a_name_of_any_length_signs_in_and_is_kept_as_far_as_a_form_would_take_it() {
        name("longue@exemple.fr");

        HttpResponse<String> first = signIn("longue", "😀".repeat(3000), "M".repeat(10_000));

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.uri().getPath()).isEqualTo("/conditions");
        assertThat(kept("longue")).isEqualTo("😀".repeat(100) + "/" + "M".repeat(100));
    }

    @Test
    void what_nobody_sees_in_a_name_is_left_out_and_no_line_ends_in_it() {
        name("cache@exemple.fr");

        signIn("cache", "  Zo\u200B\u202Eé\u0000 \r\n Anne ", "LE GA\u00ADLL");

        assertThat(kept("cache")).isEqualTo("Zoé Anne/LE GALL");
    }

    @ParameterizedTest
    @CsvSource({"99, \u200D⚕", "98, \u200D⚕😀", "99, \u200D\u200D⚕"})
    void a_name_that_is_cut_between_joined_signs_does_not_end_in_the_joiner(int before, String joined) {
        name("coupe@exemple.fr");

        signIn("coupe", "😀".repeat(before) + joined, "ROCHE");

        assertThat(kept("coupe")).doesNotContain("\u200D/");
    }

    @Test
    void a_joiner_is_left_out_with_the_hidden_sign_that_it_joined() {
        name("joint@exemple.fr");

        signIn("joint", "ب\u200C\u061C", "ب\u200D\u061C ROCHE");

        assertThat(kept("joint")).isEqualTo("ب/ب ROCHE");
    }

    @Test
    void a_name_of_nothing_that_can_be_seen_does_not_replace_the_one_that_is_known() {
        name("vide@exemple.fr");
        signIn("vide", "Inès", "ROCHE");

        signIn("vide", "\u200B\u3164", " ");

        assertThat(kept("vide")).isEqualTo("Inès/ROCHE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"with\u0000null", "256"})
    void a_subject_that_cannot_be_kept_signs_nobody_in_and_the_person_is_told_on_a_page(String subject) {
        name("sujet@exemple.fr");

        HttpResponse<String> told = signIn(
                subject.equals("256") ? "s".repeat(256) : subject,
                SignInProvider.address("sujet@exemple.fr", "Inès", "ROCHE"));

        assertThat(told.statusCode()).isEqualTo(200);
        assertThat(told.body()).contains("La connexion n&#39;a pas abouti");
    }

    @ParameterizedTest
    @ValueSource(strings = {"with\u0000null", "256"})
    void a_session_of_the_provider_that_cannot_be_kept_signs_nobody_in_either(String sid) {
        name("seance@exemple.fr");

        HttpResponse<String> told = signIn(
                "seance",
                Map.of(
                        "email",
                        "seance@exemple.fr",
                        "email_verified",
                        true,
                        "sid",
                        sid.equals("256") ? "s".repeat(256) : sid));

        assertThat(told.statusCode()).isEqualTo(200);
        assertThat(told.body()).contains("La connexion n&#39;a pas abouti");
    }

    private HttpResponse<String> signIn(String who, String given, String family) {
        return signIn(who, SignInProvider.address(who + "@exemple.fr", given, family));
    }

    private HttpResponse<String> signIn(String subject, Map<String, Object> claims) {
        return signIn(new PageReader(port), subject, claims);
    }

    /** The names of the account with this mailbox. */
    private String kept(String who) {
        return jdbc.queryForObject(
                "SELECT given || '/' || family FROM account_account WHERE email = ?",
                String.class,
                who + "@exemple.fr");
    }
}
