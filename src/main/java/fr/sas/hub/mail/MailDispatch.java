package fr.sas.hub.mail;

import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.access.OwnHosts;
import fr.sas.hub.outbox.Letter;
import fr.sas.hub.outbox.SendResult;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.util.StreamProvider;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.util.MailStreamProvider;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.ISpringTemplateEngine;

/** The steps of the route {@code send-a-mail}. */
@Component
public class MailDispatch {

    // unless a property names them, Jakarta Mail looks in every jar for its streams, dozens of times a mail
    static {
        if (System.getProperty(StreamProvider.class.getName()) == null) {
            System.setProperty(StreamProvider.class.getName(), MailStreamProvider.class.getName());
        }
    }

    private final @Nullable JavaMailSender server;
    private final ISpringTemplateEngine templates;
    private final MailSettings settings;
    private final @Nullable String pages;
    private final Clock clock;

    MailDispatch(
            ObjectProvider<JavaMailSender> server,
            ISpringTemplateEngine templates,
            MailSettings settings,
            OwnHosts hosts,
            Clock clock) {
        this.server = server.getIfAvailable();
        this.templates = templates;
        this.settings = settings;
        this.pages = pages(settings, hosts);
        this.clock = clock;
    }

    private static @Nullable String pages(MailSettings settings, OwnHosts hosts) {
        return Optional.ofNullable(settings.pages())
                .map(Object::toString)
                .or(() -> Optional.ofNullable(hosts.baseUrl()).map(url -> url.replaceFirst("/fhir/?$", "")))
                .map(url -> url.replaceFirst("/$", ""))
                .orElse(null);
    }

    /** A mail as its reader sees it. */
    public record RenderedMail(Letter letter, EmailAddress to, String subject, String text, String html) {}

    /** The first line of the plain text is the subject, followed by an empty line. */
    public RenderedMail write(Letter letter) {
        Mail mail = Mails.read(letter);
        Context values = new Context(Locale.FRENCH);
        mail.values().forEach(values::setVariable);
        values.setVariable("pages", pages);
        String[] text = templates
                .process("mail/" + mail.template() + MailTexts.ENDING, values)
                .split("\\R", 2);
        String html = templates.process("mail/" + mail.template(), values);
        return new RenderedMail(letter, mail.to(), text[0].strip(), text[1].strip() + "\n", html);
    }

    @Nullable
    String pages() {
        return pages;
    }

    boolean isSetUp() {
        return server != null && pages != null;
    }

    /** A mail that the server rejects is not sent again; one it cannot accept at the moment is. */
    public SendResult send(RenderedMail mail) {
        if (server == null) {
            return new SendResult.Refused("no mail is sent: spring.mail.host is not set");
        }
        if (pages == null) {
            return new SendResult.Refused(
                    "no mail is sent: neither hub.mail.pages nor hub.search.base-url gives the address for links");
        }
        try {
            server.send(message(server, mail));
            return SendResult.DELIVERED;
        } catch (MailSendException e) {
            return isRefused(e) ? new SendResult.Refused(describe(e)) : new SendResult.Failed(describe(e), null);
        } catch (MailException e) {
            return new SendResult.Failed(describe(e), null);
        } catch (MessagingException | UnsupportedEncodingException e) {
            return new SendResult.Refused(e.toString());
        }
    }

    private MimeMessage message(JavaMailSender sender, RenderedMail mail)
            throws MessagingException, UnsupportedEncodingException {
        MimeMessage message = sender.createMimeMessage();
        MimeMessageHelper parts = new MimeMessageHelper(message, true, StandardCharsets.UTF_8.name());
        parts.setFrom(settings.from(), settings.fromName());
        parts.setTo(mail.to().value());
        parts.setSubject(mail.subject());
        parts.setText(mail.text(), mail.html());
        parts.setSentDate(Date.from(clock.instant()));
        message.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834: suppresses out-of-office replies
        message.setHeader("Message-ID", id(mail.letter()));
        return message;
    }

    /**
     * The same at every attempt, so that a mail that arrived although the server's answer was lost is recognised as a
     * duplicate.
     */
    private String id(Letter letter) {
        String domain = settings.from().substring(settings.from().indexOf('@') + 1);
        return "<hub." + letter.id() + "." + letter.putAt().toEpochMilli() + "@" + domain + ">";
    }

    private static boolean isRefused(MailSendException e) {
        for (Exception failed : e.getFailedMessages().values()) {
            for (Exception cause = failed; cause != null; cause = next(cause)) {
                if (code(cause) / 100 == 5) {
                    return true;
                }
            }
        }
        return false;
    }

    private static @Nullable Exception next(Exception e) {
        return e instanceof MessagingException known ? known.getNextException() : null;
    }

    /** From RFC 5321; 0 when the server sent none. */
    private static int code(Exception e) {
        return switch (e) {
            case SMTPAddressFailedException address -> address.getReturnCode();
            case SMTPSenderFailedException sender -> sender.getReturnCode();
            case SMTPSendFailedException all -> all.getReturnCode();
            default -> 0;
        };
    }

    private static String describe(MailException e) {
        Throwable cause = e.getMostSpecificCause();
        if (e instanceof MailSendException failed && !failed.getFailedMessages().isEmpty()) {
            cause = failed.getFailedMessages().values().iterator().next();
            Exception further = next((Exception) cause);
            cause = further == null ? cause : further;
        }
        return String.valueOf(cause.getMessage()).replaceAll("\\s+", " ").strip();
    }
}
