package fr.sas.hub.help;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import fr.sas.hub.account.PeopleHub;
import fr.sas.hub.testing.Browser;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** « Pièces jointes » of the contact form (guides 002 and 003, 3.1). */
class ContactFilesTest extends PeopleHub {

    @Autowired
    HelpDesk desk;

    @ParameterizedTest
    @ValueSource(strings = {"pdf", "jpeg", "jpg", "png", "xls", "xlsx", "ppt", "pptx", "potx", "PDF"})
    void a_file_of_an_accepted_format_is_taken(String ending) {
        HttpResponse<String> sent = ContactVisit.from(port, "127.0.0.20")
                .file("fichier." + ending, SomeFiles.of(ending.toLowerCase(java.util.Locale.ROOT)))
                .submit();

        assertThat(sent.body()).contains("Votre demande est envoyée");
    }

    @ParameterizedTest
    @CsvSource({
        "facture.pdf,exe", "facture.pdf,html", "facture.pdf,png", "photo.png,svg", "photo.png,jpeg", "photo.jpg,png",
        "liste.xlsx,zip", "liste.xlsx,docx", "liste.xlsx,xlsm", "liste.xlsx,xls", "liste.xls,xlsx", "liste.xls,ppt",
        "expose.ppt,xls", "expose.pptx,potx", "expose.potx,pptx", "expose.pptx,txt", "expose.ppt,zip"
    })
    void a_file_that_is_not_what_its_name_says_is_refused(String name, String content) {
        HttpResponse<String> answer =
                ContactVisit.at(port).file(name, SomeFiles.of(content)).submit();

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("Le contenu de «\u00a0" + name + "\u00a0» n&#39;est pas celui que son nom annonce")
                .contains("Choisissez à nouveau vos pièces jointes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "page.html",
                "image.svg",
                "programme.exe",
                "lettre.docx",
                "classeur.xlsm",
                "sans-nom",
                "pdf",
                ".pdf.exe"
            })
    void a_file_of_another_format_is_refused(String name) {
        HttpResponse<String> answer =
                ContactVisit.at(port).file(name, SomeFiles.of("pdf")).submit();

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("«\u00a0" + name + "\u00a0» n&#39;est pas dans un format accepté");
    }

    @Test
    void an_empty_file_one_that_is_too_large_and_a_good_one_are_told_apart() {
        HttpResponse<String> answer = ContactVisit.at(port)
                .file("vide.pdf", new byte[0])
                .file("grand.png", SomeFiles.png((10 << 20) + 1))
                .file("bon.png", SomeFiles.png(10 << 20))
                .submit();

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("«\u00a0vide.pdf\u00a0» est vide")
                .contains("«\u00a0grand.png\u00a0» dépasse 10Mo")
                .doesNotContain("«\u00a0bon.png\u00a0»");
    }

    @Test
    void a_fourth_file_is_one_too_many() {
        ContactVisit visit = ContactVisit.at(port);
        for (int i = 0; i < 4; i++) {
            visit.file("page" + i + ".png", SomeFiles.of("png"));
        }

        assertThat(visit.submit().body())
                .contains("Le nombre maximal de pièces jointes est de 3\u00a0: choisissez-en moins");
    }

    @Test
    void a_field_of_files_that_was_left_empty_is_no_file() {
        HttpResponse<String> sent =
                ContactVisit.from(port, "127.0.0.21").file("", new byte[0]).submit();

        assertThat(desk.attachments(ContactVisit.number(sent))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "../../etc/passwd.png|passwd.png",
                "C:\\\\Users\\\\alice\\\\écran.png|écran.png",
                "/tmp/.png|.png",
                "a\u202Egnp.exe.png|agnp.exe.png"
            })
    void of_a_name_with_slashes_only_the_last_step_is_kept(String sent, String kept) {
        HttpResponse<String> page = ContactVisit.from(port, "127.0.0.22")
                .file(sent, SomeFiles.of("png"))
                .submit();

        assertThat(desk.attachments(ContactVisit.number(page)))
                .extracting(HelpAttachment::name)
                .containsExactly(kept);
    }

    @Test
    void a_long_name_is_shortened_and_keeps_its_ending() {
        HttpResponse<String> page = ContactVisit.from(port, "127.0.0.23")
                .file("é".repeat(400) + ".png", SomeFiles.of("png"))
                .submit();

        assertThat(desk.attachments(ContactVisit.number(page)).getFirst().name())
                .hasSize(120)
                .endsWith(".png");
    }

    @Test
    void a_name_is_not_shortened_in_the_middle_of_a_sign() {
        HttpResponse<String> page = ContactVisit.from(port, "127.0.0.27")
                .file("é".repeat(115) + "😀".repeat(20) + ".png", SomeFiles.of("png"))
                .submit();

        assertThat(desk.attachments(ContactVisit.number(page)).getFirst().name())
                .isEqualTo("é".repeat(115) + ".png");
    }

    @Test
    void a_file_whose_name_has_a_null_character_is_refused() {
        HttpResponse<String> answer = ContactVisit.from(port, "127.0.0.24")
                .file("a\0.png", SomeFiles.of("png"))
                .submitTo("/aide/contact", true);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("n&#39;a pas compris votre demande");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/aide",
                "/aide/avenant-9",
                "/connexion",
                "/deconnexion",
                "/espace",
                "/ops/login",
                "/fhir/Slot",
                "/api/v1/delegations"
            })
    void no_other_address_takes_files(String path) {
        HttpResponse<String> answer =
                ContactVisit.at(port).file("a.png", SomeFiles.of("png")).submitTo(path, true);

        assertThat(answer.statusCode()).isEqualTo(415);
    }

    @Test
    void s32_a_browser_tells_of_files_that_are_too_many_or_too_large_before_it_sends_them() {
        try (Browser browser = Browser.open()) {
            Page page = browser.page("fr-FR", ColorScheme.LIGHT);
            page.navigate("http://localhost:" + port + "/aide/contact");
            Locator files = page.locator("#files");

            Locator told = page.locator("#files-fault");

            files.setInputFiles(new FilePayload[] {picture("1"), picture("2"), picture("3"), picture("4")});
            assertThat(told.textContent())
                    .isEqualTo("Le nombre maximal de pièces jointes est de 3\u00a0: choisissez-en moins.");
            files.setInputFiles(new FilePayload("grand.png", "image/png", SomeFiles.png((10 << 20) + 1)));
            assertThat(told.textContent()).isEqualTo("«\u00a0grand.png\u00a0» dépasse 10Mo.");
            files.setInputFiles(new FilePayload("vide.PDF", "application/pdf", new byte[0]));
            assertThat(told.textContent()).isEqualTo("«\u00a0vide.PDF\u00a0» est vide.");
            files.setInputFiles(new FilePayload("page.html", "text/html", SomeFiles.of("html")));
            assertThat(told.textContent()).startsWith("«\u00a0page.html\u00a0» n'est pas dans un format accepté");
            page.getByText("Envoyer", new Page.GetByTextOptions().setExact(true))
                    .click();
            assertThat(page.locator("#role-fault").count()).as("it is not sent").isZero();
            files.setInputFiles(picture("1"));
            assertThat(told.textContent()).isEmpty();
        }
    }

    @Test
    void files_stay_chosen_when_a_browser_is_told_what_is_wrong_beside_each_field() {
        try (Browser browser = Browser.open()) {
            Page page = browser.page("fr-FR", ColorScheme.LIGHT);
            page.navigate("http://localhost:" + port + "/aide/contact?sujet=incident");
            page.locator("#files").setInputFiles(picture("capture"));
            page.locator("#message").fill("Rien ne s'affiche.");
            Locator send = page.getByText("Envoyer", new Page.GetByTextOptions().setExact(true));

            send.click();
            page.locator("#role-fault").waitFor();
            assertThat(page.locator(".fault").allTextContents())
                    .isNotEmpty()
                    .allMatch(fault -> fault.equals("Ce champ est obligatoire."));
            assertThat(page.locator("#message").inputValue()).isEqualTo("Rien ne s'affiche.");
            page.locator("#role").selectOption("effecteur");
            page.locator("#family").fill("Durand");
            page.locator("#given").fill("Alice");
            page.locator("#phone").fill("01 23 45 67 89");
            page.locator("#email").fill("alice.durand");
            page.locator("#territory").selectOption("75");
            send.click();
            page.getByText("Indiquez une adresse électronique").waitFor();
            page.locator("#email").fill("alice.durand@exemple.fr");
            send.click();
            page.waitForURL("**/aide/contact/envoyee**");

            Matcher number = Pattern.compile("SAS-([0-9]{6})").matcher(page.textContent("main"));
            assertThat(number.find()).isTrue();
            assertThat(desk.attachments(Long.parseLong(number.group(1))))
                    .extracting(HelpAttachment::name)
                    .containsExactly("capture.png");
        }
    }

    @Test
    void whoever_chose_no_file_is_not_asked_to_choose_it_again() {
        assertThat(ContactVisit.at(port).with("phone", "douze").submit().body())
                .doesNotContain("Choisissez à nouveau vos pièces jointes");
        assertThat(ContactVisit.at(port)
                        .with("phone", "douze")
                        .file("bon.png", SomeFiles.of("png"))
                        .submit()
                        .body())
                .contains("Choisissez à nouveau vos pièces jointes");
    }

    private static FilePayload picture(String name) {
        return new FilePayload(name + ".png", "image/png", SomeFiles.of("png"));
    }
}
