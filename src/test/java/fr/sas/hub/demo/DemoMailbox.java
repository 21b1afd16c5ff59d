package fr.sas.hub.demo;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.web.util.HtmlUtils;

/** Takes every mail of the demo, and shows them on a page, the newest first. */
final class DemoMailbox implements AutoCloseable {

    private static final String PAGE = """
            <!doctype html>
            <html lang="fr">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Mails de démonstration</title>
            <style>
            :root { color-scheme: light dark; font: 1.0625rem/1.55 system-ui, sans-serif; }
            main { max-width: 44rem; margin: 3rem auto; padding: 0 1rem; }
            article { border: 1px solid; border-radius: .4rem; padding: .2rem 1rem; margin: 1rem 0; }
            h2 { margin: .6rem 0 0; font-size: 1.15rem; }
            pre { font: inherit; white-space: pre-wrap; overflow-wrap: anywhere; }
            </style>
            </head>
            <body>
            <main>
            <h1>Mails de démonstration</h1>
            <p>Tout ce que la plateforme envoie arrive ici, quelle que soit l'adresse. <a href="/">Relever</a></p>
            %s
            </main>
            </body>
            </html>
            """;

    private final GreenMail mails;
    private final HttpServer page;

    private DemoMailbox(GreenMail mails, HttpServer page) {
        this.mails = mails;
        this.page = page;
    }

    static DemoMailbox start() throws IOException {
        GreenMail mails = new GreenMail(ServerSetupTest.SMTP.dynamicPort())
                .withConfiguration(GreenMailConfiguration.aConfig().withDisabledAuthentication());
        mails.start();
        HttpServer page = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        DemoMailbox mailbox = new DemoMailbox(mails, page);
        page.createContext("/", mailbox::show);
        page.start();
        return mailbox;
    }

    int port() {
        return mails.getSmtp().getPort();
    }

    String address() {
        return "http://127.0.0.1:" + page.getAddress().getPort() + "/";
    }

    private void show(HttpExchange exchange) throws IOException {
        List<MimeMessage> newestFirst = Arrays.asList(mails.getReceivedMessages());
        Collections.reverse(newestFirst);
        String shown = newestFirst.isEmpty()
                ? "<p>Aucun mail pour le moment.</p>"
                : newestFirst.stream().map(DemoMailbox::article).collect(Collectors.joining("\n"));
        byte[] html = PAGE.formatted(shown).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        exchange.sendResponseHeaders(200, html.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(html);
        }
    }

    private static String article(MimeMessage mail) {
        try {
            String text = HtmlUtils.htmlEscape(text(mail))
                    .replaceAll("(https?://[^\\s&]+(?:&amp;[^\\s&]+)*)", "<a href=\"$1\">$1</a>");
            return "<article><h2>" + HtmlUtils.htmlEscape(mail.getSubject()) + "</h2><p>À : "
                    + HtmlUtils.htmlEscape(mail.getAllRecipients()[0].toString()) + "</p><pre>" + text
                    + "</pre></article>";
        } catch (MessagingException | IOException e) {
            return "<article><p>Illisible : " + HtmlUtils.htmlEscape(e.toString()) + "</p></article>";
        }
    }

    private static String text(Part part) throws MessagingException, IOException {
        if (part.isMimeType("text/plain")) {
            return (String) part.getContent();
        }
        if (part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                String found = text(parts.getBodyPart(i));
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return "";
    }

    @Override
    public void close() {
        page.stop(0);
        mails.stop();
    }
}
