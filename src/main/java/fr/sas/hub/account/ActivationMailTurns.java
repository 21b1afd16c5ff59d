package fr.sas.hub.account;

import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.access.TooOften;
import fr.sas.hub.access.Wording;
import fr.sas.hub.database.Columns;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Limits the welcome mails to an address per hour, whoever requests them, on any node, so that no mailbox is flooded.
 */
@Component
class ActivationMailTurns {

    private static final int MAX_PER_HOUR = 3;
    private static final Duration HOUR = Duration.ofHours(1);

    /** For how long a form that is sent again finds the mail that it has sent (docs/decisions/0087). */
    private static final Duration IS_RECOGNISED = Duration.ofDays(1);

    private static final Wording RULE = new Wording(
            "This address got " + MAX_PER_HOUR + " welcome mails within an hour; nothing was done. Try again later",
            "Cette adresse a déjà reçu " + MAX_PER_HOUR
                    + " mails de bienvenue en une heure : rien n'a été fait. Réessayez plus tard.");

    private final JdbcClient jdbc;
    private final Clock clock;

    ActivationMailTurns(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** When the last was sent to the address; empty if none was within a day. */
    Optional<Instant> last(EmailAddress email) {
        return jdbc.sql("SELECT at FROM account_welcome WHERE email = :email ORDER BY at DESC LIMIT 1")
                .param("email", email.value())
                .query((rs, row) -> Columns.requiredInstant(rs, "at"))
                .optional();
    }

    /** Within the transaction that sends it. @throws TooOften if the limit for this hour is reached */
    void take(EmailAddress email) {
        Instant now = clock.instant();
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtext('account_welcome'), hashtext(:email))")
                .param("email", email.value())
                .query(rs -> {});
        jdbc.sql("DELETE FROM account_welcome WHERE at <= :tooLongAgo")
                .param("tooLongAgo", Timestamp.from(now.minus(IS_RECOGNISED)))
                .update();
        List<Instant> sent = jdbc.sql(
                        "SELECT at FROM account_welcome WHERE email = :email AND at > :anHourAgo ORDER BY at")
                .param("email", email.value())
                .param("anHourAgo", Timestamp.from(now.minus(HOUR)))
                .query((rs, row) -> Columns.requiredInstant(rs, "at"))
                .list();
        if (sent.size() >= MAX_PER_HOUR) {
            throw new TooOften(RULE, Duration.between(now, sent.getFirst().plus(HOUR)));
        }
        jdbc.sql("INSERT INTO account_welcome (email, at) VALUES (:email, :now)")
                .param("email", email.value())
                .param("now", Timestamp.from(now))
                .update();
    }
}
