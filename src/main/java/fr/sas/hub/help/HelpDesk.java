package fr.sas.hub.help;

import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.access.HiddenCharacters;
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
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Requests sent by people, and what was done about them (guides 002 and 003, 3.1). */
@Service
public class HelpDesk {

    private static final int LONGEST_TEXT = 5000;
    /** How many requests a list contains at most. */
    public static final int MOST_AT_ONCE = 50;

    private final RequestTables tables;
    private final RequestRecipients addressees;
    private final Mails mails;
    private final MessageSource words;
    private final ContactSettings settings;
    private final Clock clock;

    HelpDesk(
            RequestTables tables,
            RequestRecipients addressees,
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
     * Stores a request and notifies the addressee for its topic and territory.
     *
     * @param form without faults
     * @param account of the sender; null if they are not signed in
     * @param sentAs identifies the form, so that sending it twice makes one request; null if unknown
     * @return its reference, or that of the request the form made before
     */
    @Transactional
    String open(
            ContactForm form, List<Attachment> files, @Nullable UUID account, Locale language, @Nullable UUID sentAs) {
        RequestTopic topic = RequestTopic.parse(form.topic()).orElseThrow();
        Departement territory = Departement.find(form.territory()).orElseThrow();
        EmailAddress addressee =
                mails.areSent() ? addressees.of(topic, territory).orElse(null) : null;
        Optional<Long> asked = tables.insert(form, account, language.getLanguage(), addressee, now(), sentAs);
        if (asked.isEmpty()) {
            return HelpRequest.reference(tables.sentAs(sentAs));
        }
        long number = asked.get();
        for (int i = 0; i < files.size(); i++) {
            tables.insert(number, i + 1, files.get(i));
        }
        if (addressee != null) {
            mails.send(new Mail(addressee, "help-request", HelpRequest.reference(number), mailFields(request(number))));
        }
        return HelpRequest.reference(number);
    }

    private Map<String, String> mailFields(HelpRequest request) {
        return Map.ofEntries(
                Map.entry("reference", request.reference()),
                Map.entry("number", Long.toString(request.number())),
                Map.entry("topic", message("people.contact.topic." + request.topic())),
                Map.entry("role", message("people.contact.role." + request.role())),
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

    private String message(String key) {
        return words.getMessage(key, null, Locale.FRENCH);
    }

    /** Newest first, at most 50. */
    @Transactional(readOnly = true)
    public List<HelpRequest> list(HelpRequestFilter filter) {
        return tables.list(filter, MOST_AT_ONCE);
    }

    /** The number of requests in each state. */
    @Transactional(readOnly = true)
    public Map<HelpRequest.State, Long> counts() {
        return tables.counts();
    }

    /** @throws NotFound if there is none, or it has been deleted */
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

    /** @throws NotFound if there is none */
    @Transactional(readOnly = true)
    public HelpAttachment attachment(long number, int position) {
        return tables.attachment(number, position).orElseThrow(HelpDesk::noFile);
    }

    /** @throws NotFound if there is none */
    @Transactional(readOnly = true)
    public byte[] content(long number, int position) {
        return tables.bytes(number, position).orElseThrow(HelpDesk::noFile);
    }

    private static NotFound noFile() {
        return new NotFound("There is no such file", "Cette pièce jointe n'existe pas.");
    }

    /** Whether answers are mailed to the sender. */
    public boolean mailsAreSent() {
        return mails.areSent();
    }

    /**
     * Records an action. An answer is mailed to the sender of the request, if mail is set up.
     *
     * @param text required for notes and answers, at most 5000 characters
     * @throws InvalidInput if the text is not acceptable
     */
    @Transactional
    public void perform(long number, HelpDeed.Kind kind, String text, String by) {
        HelpRequest request = request(number);
        String said = text.replace("\r\n", "\n").strip();
        boolean speaks = kind == HelpDeed.Kind.NOTE || kind == HelpDeed.Kind.ANSWER;
        if (speaks && said.isEmpty() || said.length() > LONGEST_TEXT || !StorableText.isStorable(said)) {
            throw new InvalidInput(
                    "text",
                    "is required and may have at most " + LONGEST_TEXT
                            + " characters, none of them a control character",
                    "Écrivez un texte d'au plus " + LONGEST_TEXT + " caractères.");
        }
        HiddenCharacters.fault(said).ifPresent(rule -> {
            throw new InvalidInput("text", rule);
        });
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

    /** The names and files of people who were helped long ago are no longer needed. */
    @Scheduled(fixedDelay = 12 * 60, initialDelay = 13, timeUnit = TimeUnit.MINUTES)
    void forget() {
        tables.deleteUntouchedSince(clock.instant().minus(settings.kept()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
