package fr.sas.hub.mail;

import static fr.sas.hub.delegation.People.body;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.sas.hub.account.PeopleHub;
import fr.sas.hub.delegation.People;
import fr.sas.hub.testing.HubClient;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;

/** What people are told by mail, and what becomes of a mail that the server does not take. */
class MailTest extends PeopleHub {

    @Autowired
    JavaMailSenderImpl server;

    private People people;
    private HubClient ops;
    private String camille;

    @BeforeEach
    void alice_and_camille() {
        people = new People(port);
        ops = HubClient.at(port).as("test-ops");
        camille = people.email("camille");
    }

    @AfterEach
    void the_server_is_back() {
        server.setPort(MAIL.getSmtp().getPort());
        ops.post("/api/v1/outbox/mail/start", "{\"reason\": \"the server is back\"}");
    }

    @Test
    void a_request_for_a_delegate_is_told_to_the_referents_of_the_territory_and_to_nobody_else() throws Exception {
        people.accountManagerOf("gironde", "33");

        people.asked(camille);

        MimeMessage told = mail(people.email("comptes"), "Demande de délégation à traiter");
        assertThat(read(told))
                .startsWith("Demande de délégation à traiter: Bonjour Sacha BLANC,")
                .contains("Alice DURAND demande l'ajout d'un délégataire sur votre territoire")
                .contains("Nom : MARTIN Prénom : Camille Ville d'exercice : Tours E-mail du délégataire : " + camille)
                .contains("https://sas.exemple.fr/espace/demandes")
                .endsWith("Cordialement, L'équipe SAS");
        assertThat(part(told, "text/html"))
                .contains("<html lang=\"fr\"", "href=\"https://sas.exemple.fr/espace/demandes\"", "Tours");
        assertThat(told.getFrom()[0].toString()).contains("<nepasrepondre@sante.fr>");
        assertThat(told.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(mails(people.email("gironde"), "Demande")).isEmpty();
    }

    @Test
    void the_person_accepted_and_the_practitioner_who_asked_are_told() {
        String alice = people.email("alice");
        practitioner(people.alice, alice);

        people.accepted(camille);

        assertThat(read(mail(camille, "Demande de délégation acceptée")))
                .startsWith("Demande de délégation acceptée: Bonjour Camille MARTIN,")
                .contains("Camille MARTIN peut dès maintenant mettre à jour l'agenda");
        assertThat(read(mail(alice, "Demande de délégation acceptée")))
                .contains("Bonjour Alice DURAND,", "a été acceptée");
    }

    @Test
    void the_managers_of_a_centre_are_told_why_its_request_was_refused_and_the_delegate_is_not() {
        String noa = people.email("noa");
        people.named(noa);
        String asked = people.manager(noa)
                .post(people.ofCentre("/delegations"), People.delegate(camille, "Tours"))
                .headers()
                .firstValue("Location")
                .orElseThrow();

        people.accountManager().put(asked + "/decision", "{\"accepted\": false, \"reason\": \"Adresse <inconnue>\"}");

        MimeMessage told = mail(noa, "Demande de délégation refusée");
        assertThat(read(told)).contains("Centre des Tilleuls", "a été refusée. Motif : Adresse <inconnue>");
        assertThat(mailsTo(camille)).isEmpty();
    }

    @Test
    void a_mail_outlives_an_outage_of_the_server() throws Exception {
        try (ServerSocket nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.setPort(nobody.getLocalPort());
        }
        people.asked(camille);
        String referent = people.email("comptes");
        await().until(() -> ops.get("/api/v1/outbox/mail?limit=1000").body().contains("onnect"));

        server.setPort(MAIL.getSmtp().getPort());

        assertThat(read(mail(referent, "Demande de délégation à traiter"))).contains("Tours");
        assertThat(mails(referent, "Demande de délégation à traiter")).hasSize(1);
    }

    @Test
    void no_jar_is_searched_for_what_writes_a_mail() throws Exception {
        SearchedJars searched = new SearchedJars(getClass().getClassLoader());
        Thread.currentThread().setContextClassLoader(searched);
        try {
            MimeMessage mail = server.createMimeMessage();
            new MimeMessageHelper(mail, true).setText("Bonjour", "<p>Bonjour</p>");
            mail.writeTo(OutputStream.nullOutputStream());
        } finally {
            Thread.currentThread().setContextClassLoader(getClass().getClassLoader());
        }

        assertThat(searched.names).doesNotContain("META-INF/services/jakarta.mail.util.StreamProvider");
    }

    private static final class SearchedJars extends ClassLoader {

        private final Set<String> names = new HashSet<>();

        SearchedJars(ClassLoader parent) {
            super(parent);
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            names.add(name);
            return super.getResources(name);
        }
    }

    @Test
    void an_address_that_the_server_refuses_is_laid_aside_with_its_words() throws Exception {
        try (ServerSocket refusing = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> refuse(refusing));
            server.setPort(refusing.getLocalPort());

            people.asked(camille);

            String referent = people.email("comptes");
            await().until(() ->
                    ops.get("/api/v1/outbox/mail?state=dead&limit=1000").body().contains(referent));
            assertThat(ops.get("/api/v1/outbox/mail?state=dead&limit=1000").body())
                    .contains("550 5.1.1 nobody here of that name");
        }
        assertThat(body(ops.get("/api/v1/outbox/mail?state=dead&limit=1000"))
                        .path("letters")
                        .size())
                .isPositive();
    }

    /** A mail server that knows no mailbox (RFC 5321). */
    private static void refuse(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
                say(client, "220 test ready");
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    say(client, line.startsWith("RCPT") ? "550 5.1.1 nobody here of that name" : "250 ok");
                }
            } catch (IOException e) {
                // the client left, or the test is over
            }
        }
    }

    private static void say(Socket client, String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** Accounts that are made on the way are welcomed too. */
    private static List<MimeMessage> mails(String address, String subject) {
        return mailsTo(address).stream()
                .filter(mail -> read(mail).startsWith(subject))
                .toList();
    }

    private static MimeMessage mail(String address, String subject) {
        await().until(() -> !mails(address, subject).isEmpty());
        return mails(address, subject).getLast();
    }
}
