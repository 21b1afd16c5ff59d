package fr.sas.hub.mail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.json.BoundedJson;
import fr.sas.hub.outbox.Destination;
import fr.sas.hub.outbox.Letter;
import fr.sas.hub.outbox.Outbox;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The room's front door. */
@Service
public class Mails {

    static final Destination DESTINATION = new Destination("mail", "send-a-mail");

    private static final ObjectMapper JSON = BoundedJson.storedMapper().build();

    private final Outbox outbox;
    private final MailDispatch mailing;

    Mails(Outbox outbox, MailDispatch mailing) {
        this.outbox = outbox;
        this.mailing = mailing;
    }

    /** Whether mail is configured; without it, queued mails become dead letters until it is. */
    public boolean areSent() {
        return mailing.isSetUp();
    }

    /** The public URL of the front page, without a trailing slash; empty if not configured. */
    public Optional<String> findFrontPage() {
        return Optional.ofNullable(mailing.pages());
    }

    /** As stored in the outbox. */
    private record Draft(String to, String template, String about, Map<String, String> values) {}

    /** Queues a mail in the transaction that causes it: both are committed, or neither. It is sent after commit. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void send(Mail mail) {
        String to = mail.to().value();
        try {
            outbox.put(
                    DESTINATION,
                    mail.template() + " " + to + " " + mail.about(),
                    JSON.writeValueAsString(new Draft(to, mail.template(), mail.about(), mail.values())),
                    Outbox.QueuePolicy.LAST_STATE);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static Mail read(Letter letter) {
        try {
            Draft draft = JSON.readValue(letter.body(), Draft.class);
            return new Mail(new EmailAddress(draft.to()), draft.template(), draft.about(), draft.values());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
