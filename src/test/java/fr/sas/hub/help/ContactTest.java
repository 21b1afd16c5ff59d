package fr.sas.hub.help;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import fr.sas.hub.account.PeopleHub;
import fr.sas.hub.testing.Browser;
import fr.sas.hub.testing.HubClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** « Formulaire de contact » (guides 002 and 003, 3.1). */
class ContactTest extends PeopleHub {

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    HelpDesk desk;

    @Test
    void s31_a_form_that_is_sent_twice_asks_once_and_one_that_says_something_else_asks_again() {
        ContactVisit visit = ContactVisit.from(port, "127.0.0.73");
        Matcher key = Pattern.compile("name=\"cle\" value=\"([^\"]+)\"")
                .matcher(visit.open(ContactVisit.PATH).body());
        visit.with("cle", key.find() ? key.group(1) : "");
        String first = visit.submit().uri().getQuery();
        visit.open(ContactVisit.PATH);

        assertThat(visit.submit().uri().getQuery()).isEqualTo(first).startsWith("numero=SAS-");
        visit.open(ContactVisit.PATH);
        assertThat(visit.with("message", "Encore une question").submit().uri().getQuery())
                .isNotEqualTo(first)
                .startsWith("numero=SAS-");
    }

    @Test
    void a_browser_may_keep_what_is_typed_for_whoever_goes_back_to_the_form() {
        assertThat(ContactVisit.at(port).open(ContactVisit.PATH).headers().allValues("Cache-Control"))
                .containsExactly("no-cache, private");
    }

    @Test
    void s31_the_form_has_the_fields_of_the_guides_and_is_open_without_signing_in() {
        HttpResponse<String> form = ContactVisit.at(port).open("/aide/contact?sujet=incident");

        assertThat(form.statusCode()).isEqualTo(200);
        assertThat(form.body())
                .contains(
                        "Vous êtes",
                        "Sélectionner votre rôle utilisateur",
                        "Votre demande concerne",
                        "Un renseignement sur le SAS / question métier",
                        "Nom",
                        "Prénom",
                        "Téléphone",
                        "Adresse E-Mail",
                        "Territoire",
                        "Choisissez un territoire",
                        "Message",
                        "Pièce(s) jointe(s)",
                        "optionnel")
                .contains("value=\"incident\" selected");
    }

    @Test
    void s32_the_limits_are_shown() {
        assertThat(ContactVisit.at(port).open(ContactVisit.PATH).body())
                .contains("Le nombre maximal de pièces jointes est de 3")
                .contains("pdf, jpeg, png, xls, xlsx, ppt, pptx, potx")
                .contains("La taille maximale d&#39;une pièce jointe est de 10Mo");
    }

    @Test
    void s33_a_request_gets_a_number_is_kept_with_its_files_and_told_by_mail_to_those_named_for_its_subject_and_territory() {
        HttpResponse<String> sent = ContactVisit.at(port)
                .with("topic", "incident")
                .with("territory", "974")
                .with("message", "1. J'ouvre l'agenda.\r\n2. Rien.")
                .file("écran 1.png", SomeFiles.of("png"))
                .file("suite.pdf", SomeFiles.of("pdf"))
                .submit();

        assertThat(sent.body()).contains("Votre demande est envoyée");
        HelpRequest kept = desk.request(number(sent));
        assertThat(kept.name()).isEqualTo("Alice Durand");
        assertThat(kept.message()).isEqualTo("1. J'ouvre l'agenda.\n2. Rien.");
        assertThat(desk.attachments(kept.number()))
                .extracting(HelpAttachment::name)
                .containsExactly("écran 1.png", "suite.pdf");
        assertThat(desk.content(kept.number(), 1)).isEqualTo(SomeFiles.of("png"));
        assertThat(read(mailsTo("incidents-974@exemple.fr", 1).getFirst()))
                .startsWith("Demande " + kept.reference() + " : Déclaration d'un bug ou d'un incident:")
                .contains("Alice Durand", "974 La Réunion", "2. Rien.", "/ops/aide/" + kept.number());
    }

    @Test
    void a_request_that_no_closer_rule_names_goes_to_the_general_address() {
        HttpResponse<String> sent =
                ContactVisit.at(port).with("territory", "2A").submit();

        assertThat(desk.request(number(sent)).addressee()).hasToString("support@exemple.fr");
    }

    @Test
    void every_fault_stands_beside_its_field_and_what_was_typed_is_kept() {
        HttpResponse<String> answer = ContactVisit.at(port)
                .with("role", "empereur")
                .without("topic")
                .with("given", " ")
                .with("phone", "douze")
                .with("email", "alice")
                .with("territory", "20")
                .with("message", "<b>Bonjour</b>")
                .submit();

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("role-fault", "topic-fault", "given-fault", "phone-fault", "email-fault", "territory-fault")
                .doesNotContain("family-fault", "message-fault")
                .contains("value=\"Durand\"", "value=\"douze\"", "value=\"alice\"", "&lt;b&gt;Bonjour&lt;/b&gt;");
    }

    @Test
    void a_character_that_cannot_be_kept_is_told_and_a_message_that_is_too_long_too() {
        assertThat(ContactVisit.at(port).with("family", "Du\u0000rand").submit().body())
                .contains("un caractère qui ne peut pas être conservé");
        assertThat(ContactVisit.at(port)
                        .with("message", "a".repeat(5001))
                        .submit()
                        .body())
                .contains("Votre message est trop long");
    }

    @Test
    void a_field_that_nobody_sees_keeps_machines_out_and_shows_itself_to_people() {
        HttpResponse<String> answer =
                ContactVisit.at(port).with("website", "https://spam.example").submit();

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("il sert à écarter les envois automatiques")
                .doesNotContain("field trap");
    }

    @Test
    void without_the_token_of_the_page_nothing_is_kept() {
        long before = requests();

        HttpResponse<String> answer = ContactVisit.at(port).submitTo(ContactVisit.PATH, false);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(requests()).isEqualTo(before);
    }

    @Test
    void a_flood_from_one_address_is_told_to_wait_and_loses_nothing_that_was_typed() {
        ContactVisit flood = ContactVisit.from(port, "127.0.0.9");
        HttpResponse<String> last = flood.submit();
        for (int i = 0; i < 10; i++) {
            flood.open(ContactVisit.PATH);
            last = flood.submit();
        }

        assertThat(last.statusCode()).isEqualTo(429);
        assertThat(last.body())
                .contains("Trop de demandes sont parvenues de votre réseau")
                .contains("value=\"Durand\"");
        assertThat(ContactVisit.from(port, "127.0.0.10").submit().body()).contains("Votre demande est envoyée");
    }

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

        assertThat(desk.attachments(number(sent))).isEmpty();
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

        assertThat(desk.attachments(number(page)))
                .extracting(HelpAttachment::name)
                .containsExactly(kept);
    }

    @Test
    void a_long_name_is_shortened_and_keeps_its_ending() {
        HttpResponse<String> page = ContactVisit.from(port, "127.0.0.23")
                .file("é".repeat(400) + ".png", SomeFiles.of("png"))
                .submit();

        assertThat(desk.attachments(number(page)).getFirst().name())
                .hasSize(120)
                .endsWith(".png");
    }

    @Test
    void a_name_is_not_shortened_in_the_middle_of_a_sign() {
        HttpResponse<String> page = ContactVisit.from(port, "127.0.0.27")
                .file("é".repeat(115) + "😀".repeat(20) + ".png", SomeFiles.of("png"))
                .submit();

        assertThat(desk.attachments(number(page)).getFirst().name()).isEqualTo("é".repeat(115) + ".png");
    }

    @Test
    void more_than_a_form_can_bring_is_refused_before_it_is_read() throws Exception {
        try (java.net.Socket line = new java.net.Socket("127.0.0.1", port)) {
            line.getOutputStream()
                    .write(
                            ("POST /aide/contact HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nContent-Type: multipart/form-data;"
                                            + " boundary=x\r\nContent-Length: 99999999\r\n\r\n")
                                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            byte[] start = line.getInputStream().readNBytes(12);

            assertThat(new String(start, java.nio.charset.StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 413");
        }
    }

    @Test
    void whoever_finds_no_seat_beside_two_of_their_address_is_told_that_it_is_not_sent_and_not_that_the_hub_is_down()
            throws Exception {
        try (java.net.Socket one = sendingSlowly("127.0.0.25");
                java.net.Socket two = sendingSlowly("127.0.0.25")) {
            HttpResponse<String> answer = await().atMost(Duration.ofMinutes(1))
                    .until(() -> ContactVisit.from(port, "127.0.0.25").submit(), third -> third.statusCode() == 503);

            assertThat(answer.body())
                    .contains("n&#39;est pas encore envoyée", "Revenez en arrière")
                    .doesNotContain("ne répond pas");
        }
    }

    /** A form of which only the beginning has come. */
    private java.net.Socket sendingSlowly(String from) throws java.io.IOException {
        java.net.Socket line = new java.net.Socket("127.0.0.1", port, java.net.InetAddress.getByName(from), 0);
        line.getOutputStream()
                .write(("POST /aide/contact HTTP/1.1\r\n"
                                + "Host: localhost\r\n"
                                + "Content-Type: multipart/form-data; boundary=x\r\n"
                                + "Content-Length: 9999\r\n\r\n"
                                + "--x\r\n")
                        .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        return line;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "multipart/form-data; boundary=x|'--x\r\nContent-Disposition: form-data; name=\"message\"\r\n\r\nOù décl'",
                "multipart/form-data|'--x--\r\n'"
            })
    void a_form_that_cannot_be_read_is_not_called_a_failure_of_ours(String contentType, String body) {
        HttpResponse<String> answer = ContactVisit.at(port).submitRaw(contentType, body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("n&#39;a pas compris votre demande");
    }

    @Test
    void a_file_whose_name_has_a_null_character_is_refused() {
        HttpResponse<String> answer = ContactVisit.from(port, "127.0.0.24")
                .file("a\0.png", SomeFiles.of("png"))
                .submitTo("/aide/contact", true);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("n&#39;a pas compris votre demande");
    }

    @Test
    void a_body_without_a_length_is_not_taken() throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/aide/contact"))
                                .header("Content-Type", "multipart/form-data; boundary=x")
                                .POST(BodyPublishers.ofInputStream(
                                        () -> new java.io.ByteArrayInputStream(new byte[10])))
                                .build(),
                        BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(411);
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
    void without_a_number_nothing_is_said_to_have_been_sent() {
        assertThat(ContactVisit.at(port)
                        .open("/aide/contact/envoyee?numero=Appelez%20le%200899")
                        .headers()
                        .firstValue("Location"))
                .contains("/aide/contact");
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

    @Test
    void requests_are_no_affair_of_the_api() {
        assertThat(HubClient.at(port).as("test-portal").get("/ops/aide").statusCode())
                .isIn(302, 403);
    }

    private long requests() {
        return List.copyOf(jdbc.queryForList("SELECT count(*) FROM help_request", Long.class))
                .getFirst();
    }

    private static long number(HttpResponse<String> page) {
        Matcher found = Pattern.compile("SAS-([0-9]{6})").matcher(page.body());
        assertThat(found.find()).as(page.body()).isTrue();
        return Long.parseLong(found.group(1));
    }
}
