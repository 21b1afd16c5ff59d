package fr.sas.hub.regulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.sas.hub.json.BoundedJson;
import fr.sas.hub.line.VendorCall;
import fr.sas.hub.line.VendorCalls;
import fr.sas.hub.line.VendorReply;
import fr.sas.hub.outbox.Letter;
import fr.sas.hub.outbox.Outbox;
import fr.sas.hub.outbox.SendResult;
import fr.sas.hub.slot.Source;
import fr.sas.hub.vendor.Vendor;
import fr.sas.hub.vendor.Vendors;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The steps of the route {@code tell-a-vendor-of-a-regulator}. */
@Component
public class AccountCalls {

    private static final ObjectMapper JSON = BoundedJson.mapper().build();
    private static final int LONGEST_WORDS = 500;

    private final AccountTables tables;
    private final VendorCalls calls;
    private final Vendors vendors;
    private final Outbox outbox;

    AccountCalls(AccountTables tables, VendorCalls calls, Vendors vendors, Outbox outbox) {
        this.tables = tables;
        this.calls = calls;
        this.vendors = vendors;
        this.outbox = outbox;
    }

    /**
     * A letter about to be sent.
     *
     * @param knownAs identifier under which the vendor may know the regulator; null for the very first call, a POST
     * @param maybeAs identifier from an earlier change whose outcome is unknown; null when there is none
     */
    public record Prepared(
            Letter letter,
            AccountLetter account,
            @Nullable String knownAs,
            @Nullable String maybeAs) {

        Source vendor() {
            return AccountLetter.vendor(letter.destination());
        }

        UUID regulator() {
            return account.regulator().id();
        }

        String identifier() {
            return account.regulator().identifier().value();
        }
    }

    /**
     * A letter, and the vendor's answer.
     *
     * @param told whether the account was sent, rather than just a search for the identifier under which the vendor
     *     knows the regulator
     */
    public record Answer(Prepared letter, VendorReply reply, boolean told) {}

    /**
     * Only the very first call is a POST. From then on the vendor may know the regulator, so this is recorded before
     * anything is sent: a conditional PUT, which creates an account it does not find, neither loses nor duplicates.
     */
    public Prepared prepare(Letter letter) {
        AccountLetter account = AccountLetter.read(letter.body());
        Optional<AccountTables.VendorAccountRecord> told =
                tables.find(account.regulator().id(), AccountLetter.vendor(letter.destination()));
        String knownAs = told.map(AccountTables.VendorAccountRecord::knownAs).orElse(null);
        Prepared prepared = new Prepared(
                letter,
                account,
                knownAs,
                told.map(AccountTables.VendorAccountRecord::maybeAs).orElse(null));
        if (knownAs == null) {
            tables.mayBeKnownAs(prepared.regulator(), prepared.vendor(), prepared.identifier());
        }
        return prepared;
    }

    /**
     * Within the vendor's rate limit; a stop takes effect meanwhile. The identifier under which the vendor knows the
     * regulator is determined before a new one may be sent: otherwise a conditional PUT with the wrong one would
     * duplicate the account.
     */
    public Answer call(Prepared prepared) {
        String knownAs = prepared.knownAs();
        if (knownAs == null) {
            return new Answer(prepared, make(prepared, "POST", ""), true);
        }
        String maybeAs = prepared.maybeAs();
        if (maybeAs != null) {
            VendorReply looked = make(prepared, "GET", query(maybeAs));
            if (!(looked instanceof VendorReply.Answered answered) || !isAnAnswer(answered)) {
                return new Answer(prepared, looked, false);
            }
            knownAs = finds(answered) ? maybeAs : knownAs;
            tables.isKnownAs(prepared.regulator(), prepared.vendor(), knownAs);
        }
        if (!knownAs.equals(prepared.identifier())) {
            tables.maybeRenamedTo(prepared.regulator(), prepared.vendor(), prepared.identifier());
        }
        return new Answer(prepared, make(prepared, "PUT", query(knownAs)), true);
    }

    private VendorReply make(Prepared prepared, String method, String query) {
        byte[] json = method.equals("GET") ? new byte[0] : prepared.account().practitioner();
        return calls.make(
                prepared.vendor(),
                new VendorCall(method, "/Practitioner" + query, json),
                () -> !outbox.isStopped(prepared.letter().destination()));
    }

    private static String query(String value) {
        Regulator.Identifier identifier = Regulator.Identifier.of(value);
        return "?identifier="
                + URLEncoder.encode(identifier.system() + "|" + identifier.value(), StandardCharsets.UTF_8);
    }

    /** A vendor need not support this search: one that says it does not counts as having found no one. */
    private static boolean isAnAnswer(VendorReply.Answered answered) {
        return switch (answered.status()) {
            case 200, 400, 404, 405, 406, 410, 422, 501 -> true;
            default -> false;
        };
    }

    private static boolean finds(VendorReply.Answered answered) {
        try {
            JsonNode bundle = JSON.readTree(answered.body());
            return answered.status() == 200
                    && (bundle.path("total").asInt() > 0
                            || !bundle.path("entry").isEmpty());
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** What a vendor refuses is not retried; what it could not do at the moment is. */
    public SendResult judge(Answer answer) {
        Prepared letter = answer.letter();
        SendResult outcome = switch (answer.reply()) {
            case VendorReply.Answered answered -> judge(answered);
            case VendorReply.Unknown unknown -> new SendResult.Failed(unknown.why(), null);
            case VendorReply.NotSent notSent ->
                outbox.isStopped(letter.letter().destination())
                        ? SendResult.WITHHELD
                        : new SendResult.Failed(notSent.why(), null, !isPaused(letter.vendor()));
        };
        if (answer.told()) {
            settle(letter, answer.reply(), outcome);
        }
        return outcome;
    }

    private boolean isPaused(Source vendor) {
        return vendors.find(vendor)
                .filter(known -> known.status() == Vendor.Status.PAUSED)
                .isPresent();
    }

    /** A call that was not sent, or was refused, changed nothing. */
    private void settle(Prepared letter, VendorReply reply, SendResult outcome) {
        boolean notSent = reply instanceof VendorReply.NotSent;
        if (notSent && letter.knownAs() == null) {
            tables.mayBeKnownAs(letter.regulator(), letter.vendor(), null);
        }
        if (notSent || outcome instanceof SendResult.Refused) {
            tables.maybeRenamedTo(letter.regulator(), letter.vendor(), null);
        }
    }

    private static SendResult judge(VendorReply.Answered answered) {
        String words = "HTTP " + answered.status() + describe(answered.body());
        return switch (answered.status()) {
            case 200, 201, 202, 204 -> SendResult.DELIVERED;
            case 400, 409, 410, 412, 413, 415, 422 -> new SendResult.Refused(words);
            default -> new SendResult.Failed(words, answered.retryAt());
        };
    }

    /** The sentences of an OperationOutcome, or the beginning of any other body. */
    private static String describe(String body) {
        String words;
        try {
            JsonNode issues = JSON.readTree(body).path("issue");
            words = StreamSupport.stream(issues.spliterator(), false)
                    .map(issue -> issue.path("diagnostics")
                            .asText(issue.path("details").path("text").asText("")))
                    .filter(text -> !text.isBlank())
                    .collect(Collectors.joining("; "));
        } catch (JsonProcessingException e) {
            words = "";
        }
        String said = (words.isEmpty() ? body : words).replaceAll("\\s+", " ").strip();
        return said.isEmpty() ? "" : ": " + said.substring(0, Math.min(said.length(), LONGEST_WORDS));
    }
}
