package fr.sas.hub.help;

import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.help.Attachments.Attachment;
import fr.sas.hub.mail.Mail;
import fr.sas.hub.mail.Mails;
import fr.sas.hub.slot.StorableText;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What people asked, and what was done about it (guides 002 and 003, 3.1). */
@Service
public class HelpDesk {

    private static final int LONGEST_TEXT = 5000;
    /** As many requests a list has. */
    public static final int MOST_AT_ONCE = 50;

    private final RequestTables tables;
    private final Addressees addressees;
    private final Mails mails;
    private final MessageSource words;
    private final ContactSettings settings;
    private final Clock clock;

    HelpDesk(
            RequestTables tables,
            Addressees addressees,
            Mails mails,
            MessageSource words,
            ContactSettings settings,
            Clock clock) {
        this.tables = tables;
        this.addressees = addressees;
        this.mails = mails;
        this.words = words;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Kept, and told to whom its topic and territory name.
     *
     * @param form without faults
     * @param account of who is signed in
     * @return its reference
     */
    @Transactional
    String open(ContactForm form, List<Attachment> files, @Nullable UUID account, Locale language) {
        RequestTopic topic = RequestTopic.parse(form.topic()).orElseThrow();
        Departement territory = Departement.find(form.territory()).orElseThrow();
        EmailAddress addressee =
                mails.areSent() ? addressees.of(topic, territory).orElse(null) : null;
        long number = tables.insert(form, account, language.getLanguage(), addressee, now());
        for (int i = 0; i < files.size(); i++) {
            tables.insert(number, i + 1, files.get(i));
        }
        if (addressee != null) {
            mails.send(new Mail(addressee, "help-request", HelpRequest.reference(number), told(request(number))));
        }
        return HelpRequest.reference(number);
    }

    private Map<String, String> told(HelpRequest request) {
        return Map.ofEntries(
                Map.entry("reference", request.reference()),
                Map.entry("number", Long.toString(request.number())),
                Map.entry("topic", word("people.contact.topic." + request.topic())),
                Map.entry("role", word("people.contact.role." + request.role())),
                Map.entry("name", request.name()),
                Map.entry("email", request.email().value()),
                Map.entry("phone", request.phone()),
                Map.entry(
                        "territory",
                        request.territory().code() + " " + request.territory().name()),
                Map.entry("page", request.page() == null ? "–" : request.page()),
                Map.entry("message", request.message()),
                Map.entry("attachments", Integer.toString(request.attachments())));
    }

    private String word(String key) {
        return words.getMessage(key, null, Locale.FRENCH);
    }

    /** The newest first, 50 at most. */
    @Transactional(readOnly = true)
    public List<HelpRequest> list(HelpRequestFilter filter) {
        return tables.list(filter, MOST_AT_ONCE);
    }

    /** How many there are in each state. */
    @Transactional(readOnly = true)
    public Map<HelpRequest.State, Long> counts() {
        return tables.counts();
    }

    /** @throws NotFound when there is none, or it was forgotten */
    @Transactional(readOnly = true)
    public HelpRequest request(long number) {
        return tables.find(number)
                .orElseThrow(() -> new NotFound("There is no request " + number, "Cette demande n'existe pas."));
    }

    @Transactional(readOnly = true)
    public List<HelpDeed> deeds(long number) {
        return tables.deeds(number);
    }

    @Transactional(readOnly = true)
    public List<HelpAttachment> attachments(long number) {
        return tables.attachments(number);
    }

    /** @throws NotFound when there is none */
    @Transactional(readOnly = true)
    public HelpAttachment attachment(long number, int position) {
        return tables.attachment(number, position).orElseThrow(HelpDesk::noFile);
    }

    /** @throws NotFound when there is none */
    @Transactional(readOnly = true)
    public byte[] content(long number, int position) {
        return tables.bytes(number, position).orElseThrow(HelpDesk::noFile);
    }

    private static NotFound noFile() {
        return new NotFound("There is no such file", "Cette pièce jointe n'existe pas.");
    }

    /** Whether an answer reaches who asked by mail. */
    public boolean mailsAreSent() {
        return mails.areSent();
    }

    /**
     * An answer is mailed to who asked, where mail is set up.
     *
     * @param text required of notes and answers, at most 5000 characters
     * @throws InvalidInput says why not
     */
    @Transactional
    public void act(long number, HelpDeed.Kind kind, String text, String by) {
        HelpRequest request = request(number);
        String said = text.replace("\r\n", "\n").strip();
        boolean speaks = kind == HelpDeed.Kind.NOTE || kind == HelpDeed.Kind.ANSWER;
        if (speaks && said.isEmpty() || said.length() > LONGEST_TEXT || !StorableText.isStorable(said)) {
            throw new InvalidInput(
                    "text",
                    "is required, with at most " + LONGEST_TEXT + " characters, none of them a control character",
                    "Écrivez un texte d'au plus " + LONGEST_TEXT + " caractères.");
        }
        long deed = tables.insert(number, new HelpDeed(now(), by, kind, said));
        HelpRequest.State state = stateAfter(kind, request.state());
        tables.set(number, state, now());
        if (kind == HelpDeed.Kind.ANSWER && mails.areSent()) {
            mails.send(new Mail(
                    request.email(),
                    "help-answer",
                    request.reference() + "-" + deed,
                    Map.of(
                            "reference", request.reference(),
                            "name", request.name(),
                            "answer", said,
                            "message", request.message())));
        }
    }

    private static HelpRequest.State stateAfter(HelpDeed.Kind kind, HelpRequest.State before) {
        return switch (kind) {
            case NOTE -> before;
            case ANSWER -> HelpRequest.State.ANSWERED;
            case CLOSE -> HelpRequest.State.CLOSED;
            case REOPEN -> HelpRequest.State.OPEN;
        };
    }

    /** Nobody needs the names and files of those who were helped long ago. */
    @Scheduled(fixedDelay = 12, initialDelay = 0, timeUnit = TimeUnit.HOURS)
    void forget() {
        tables.deleteUntouchedSince(clock.instant().minus(settings.kept()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
