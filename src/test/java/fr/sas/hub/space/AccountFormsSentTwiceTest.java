package fr.sas.hub.space;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.testing.PageReader;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an account manager does to accounts and to managers of centres, sent twice. */
class AccountFormsSentTwiceTest extends FormsSentTwice {

    private static final String NEW_ACCOUNT = "/espace/comptes/nouveau";

    @Test
    void an_account_is_made_once_and_the_second_sending_leads_to_it() {
        PageReader sacha = accountManager();
        String[] form = newAccount(sacha, "rene");

        HttpResponse<String> first = sacha.submit(NEW_ACCOUNT, form);
        HttpResponse<String> second = sacha.submit(NEW_ACCOUNT, form);

        assertThat(second.uri()).isEqualTo(first.uri());
        assertThat(second.body()).contains("Le compte est créé");
        assertThat(mailsTo(people.email("rene"), 1)).hasSize(1);
    }

    @Test
    void a_manager_is_named_once() {
        PageReader sacha = accountManager();
        String managers = "/espace/structures/" + people.centre + "/gestionnaires";
        String noa = people.email("noa");
        String[] form = filledIn(sacha.open(managers), "family", "PETIT", "given", "Noa", "email", noa);

        sacha.submit(managers, form);
        HttpResponse<String> second = sacha.submit(managers, form);

        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.body()).containsOnlyOnce(noa);
    }

    @Test
    void am6_an_account_closed_or_opened_twice_is_said_to_be() {
        PageReader sacha = accountManager();
        String account = account(sacha, "rene");

        for (int time = 0; time < 2; time++) {
            assertThat(said(sacha.submit(account + "/fermeture", "revision", "1")))
                    .contains("Le compte est fermé.");
        }
        for (int time = 0; time < 2; time++) {
            assertThat(said(sacha.submit(account + "/reouverture", "revision", "2")))
                    .contains("Le compte est rouvert.");
        }
        assertThat(said(sacha.submit(account + "/fermeture", "revision", "1")))
                .as("it was opened again since")
                .contains("Ce compte a changé entre-temps");
    }

    @Test
    void am4_a_welcome_mail_asked_for_twice_by_one_form_is_sent_once() {
        PageReader sacha = accountManager();
        String account = account(sacha, "rene");
        String[] form = filledIn(sacha.open(account));

        for (int time = 0; time < 2; time++) {
            assertThat(said(sacha.submit(account + "/mail-de-bienvenue", form)))
                    .contains("Le mail de bienvenue est envoyé.");
        }
        assertThat(said(sacha.submit(account + "/mail-de-bienvenue", filledIn(sacha.open(account)))))
                .contains("Le mail de bienvenue est envoyé.");
        assertThat(said(sacha.submit(account + "/mail-de-bienvenue", filledIn(sacha.open(account)))))
                .as("three within the hour: one with the account, and one for each form")
                .contains("trois");
    }

    @Test
    void am5_a_change_that_leaves_the_territory_to_the_hub_is_recognised_too() {
        PageReader sacha = accountManager();
        String account = account(sacha, "rene");
        String[] change = {
            "family",
            "GARNIER",
            "given",
            " Renée ",
            "email",
            people.email("rene"),
            "regulator",
            "true",
            "territories",
            "",
            "revision",
            "1",
            "adresse",
            people.email("rene")
        };

        for (int time = 0; time < 2; time++) {
            HttpResponse<String> saved = sacha.submit(account, change);
            assertThat(saved.statusCode()).isEqualTo(200);
            assertThat(said(saved)).contains("Les modifications sont enregistrées.");
        }
    }

    @Test
    void a_manager_removed_twice_is_removed() {
        people.named(people.email("noa"));
        PageReader sacha = accountManager();
        String removal = action(sacha.open("/espace/structures/" + people.centre + "/gestionnaires"), "/retrait");

        String first = said(sacha.submit(removal));

        assertThat(said(sacha.submit(removal))).isEqualTo(first).doesNotContain("déjà");
    }

    @Test
    void am6_closings_and_removals_at_one_time_are_both_said_to_be_done() {
        PageReader sacha = accountManager();
        PageReader other = accountManager();
        String managers = "/espace/structures/" + people.centre + "/gestionnaires";
        for (int time = 0; time < 5; time++) {
            String account = account(sacha, "rene" + time + ".");
            other.open(account);
            assertThat(together(
                            List.of(sacha, other), reader -> reader.submit(account + "/fermeture", "revision", "1")))
                    .allSatisfy(page -> assertThat(said(page)).contains("Le compte est fermé."));

            people.named(people.email("noa" + time + "."));
            String removal = action(sacha.open(managers), "/retrait");
            other.open(managers);
            assertThat(together(List.of(sacha, other), reader -> reader.submit(removal)))
                    .allSatisfy(page -> assertThat(said(page)).contains("Le gestionnaire est retiré."));
        }
    }

    private String[] newAccount(PageReader sacha, String name) {
        return filledIn(
                sacha.open(NEW_ACCOUNT),
                "family",
                "GARNIER",
                "given",
                "René",
                "email",
                people.email(name),
                "regulator",
                "true");
    }

    /** @return its page */
    private String account(PageReader sacha, String name) {
        return sacha.submit(NEW_ACCOUNT, newAccount(sacha, name)).uri().getPath();
    }
}
