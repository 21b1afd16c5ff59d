package fr.sas.hub.help;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.sas.hub.account.PeopleHub;
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
    void
            s33_a_request_gets_a_number_is_kept_with_its_files_and_told_by_mail_to_those_named_for_its_subject_and_territory() {
        HttpResponse<String> sent = ContactVisit.at(port)
                .with("topic", "incident")
                .with("territory", "974")
                .with("message", "1. J'ouvre l'agenda.\r\n2. Rien.")
                .file("écran 1.png", SomeFiles.of("png"))
                .file("suite.pdf", SomeFiles.of("pdf"))
                .submit();

        assertThat(sent.body()).contains("Votre demande est envoyée");
        HelpRequest kept = desk.request(ContactVisit.number(sent));
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

        assertThat(desk.request(ContactVisit.number(sent)).addressee()).hasToString("support@exemple.fr");
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

    @Test
    void without_a_number_nothing_is_said_to_have_been_sent() {
        assertThat(ContactVisit.at(port)
                        .open("/aide/contact/envoyee?numero=Appelez%20le%200899")
                        .headers()
                        .firstValue("Location"))
                .contains("/aide/contact");
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
}
