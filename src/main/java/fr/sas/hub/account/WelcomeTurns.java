package fr.sas.hub.account;

import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.access.TooOften;
import fr.sas.hub.access.Wording;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** An address gets a few welcome mails an hour, whoever asks for them, at whichever node: a mailbox cannot be flooded. */
@Component
class WelcomeTurns {

    private static final int AN_HOUR = 3;
    private static final Duration HOUR = Duration.ofHours(1);

    private static final Wording RULE = new Wording(
            "This address got " + AN_HOUR + " welcome mails within an hour; nothing was done. Try again later",
            "Cette adresse a déjà reçu " + AN_HOUR
                    + " mails de bienvenue en une heure : rien n'a été fait. Réessayez plus tard.");

    private final JdbcClient jdbc;
    private final Clock clock;

    WelcomeTurns(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Within the transaction that sends it. @throws TooOften when the hour's are used up */
    void take(EmailAddress email) {
        Instant now = clock.instant();
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtext('account_welcome'), hashtext(?))")
                .param(email.value())
                .query(rs -> {});
        jdbc.sql("DELETE FROM account_welcome WHERE at <= ?")
                .param(Timestamp.from(now.minus(HOUR)))
                .update();
        List<Instant> sent = jdbc.sql("SELECT at FROM account_welcome WHERE email = ? ORDER BY at")
                .param(email.value())
                .query((rs, row) -> rs.getTimestamp("at").toInstant())
                .list();
        if (sent.size() >= AN_HOUR) {
            throw new TooOften(RULE, Duration.between(now, sent.getFirst().plus(HOUR)));
        }
        jdbc.sql("INSERT INTO account_welcome (email, at) VALUES (?, ?)")
                .params(email.value(), Timestamp.from(now))
                .update();
    }
}
