package fr.sas.hub.account;

import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.mail.Mail;
import fr.sas.hub.mail.Mails;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.client.RestClientException;

/**
 * Notifies people whose password is three months old that it will expire soon (guides 002 and 003, 1.3), once per
 * password. One node asks Keycloak about each account once a day.
 */
@Component
class PasswordNotices {

    private static final Logger log = LoggerFactory.getLogger(PasswordNotices.class);
    private static final Duration LOOK_AGAIN = Duration.ofDays(1);
    private static final int AT_ONCE = 100;
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.FRENCH).withZone(ZoneId.of("Europe/Paris"));

    private final KeycloakUsers users;
    private final KeycloakSettings settings;
    private final JdbcClient jdbc;
    private final Mails mails;
    private final TransactionTemplate transaction;
    private final Clock clock;

    PasswordNotices(
            KeycloakUsers users,
            KeycloakSettings settings,
            JdbcClient jdbc,
            Mails mails,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.users = users;
        this.settings = settings;
        this.jdbc = jdbc;
        this.mails = mails;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** @param subjects their users in Keycloak: a person who signed in by card and was also invited may have two */
    private record Holder(UUID account, List<String> subjects, EmailAddress email, String name) {}

    @Scheduled(fixedDelay = 10, initialDelay = 1, timeUnit = TimeUnit.MINUTES)
    void checkAll() {
        if (!users.isSetUp()) {
            return;
        }
        List<Holder> claimed = claim();
        try {
            claimed.forEach(this::check);
        } catch (RestClientException e) {
            log.warn("The age of passwords cannot be read from Keycloak; next attempt within a day: {}", e.toString());
        }
    }

    /** Takes some accounts that no other node has taken. */
    private List<Holder> claim() {
        return jdbc.sql("""
                        WITH due AS (
                          SELECT a.id FROM account_account a
                          WHERE a.closed_at IS NULL AND a.email IS NOT NULL
                            AND EXISTS (SELECT FROM account_identity i WHERE i.account = a.id AND i.issuer = :issuer)
                            AND (a.password_looked_at IS NULL OR a.password_looked_at < :before)
                          ORDER BY a.password_looked_at NULLS FIRST LIMIT :atOnce FOR UPDATE OF a SKIP LOCKED)
                        UPDATE account_account a SET password_looked_at = :now FROM due WHERE a.id = due.id
                        RETURNING a.id, a.email, a.given, a.family,
                          ARRAY(SELECT i.subject FROM account_identity i WHERE i.account = a.id AND i.issuer = :issuer) AS subjects""")
                .param("issuer", users.issuer())
                .param("before", Timestamp.from(clock.instant().minus(LOOK_AGAIN)))
                .param("now", Timestamp.from(clock.instant()))
                .param("atOnce", AT_ONCE)
                .query((rs, row) -> new Holder(
                        rs.getObject("id", UUID.class),
                        List.of((String[]) rs.getArray("subjects").getArray()),
                        new EmailAddress(rs.getString("email")),
                        rs.getString("given") + " " + rs.getString("family")))
                .list();
    }

    /** One mail at a time: of two passwords, the older one first, the other at the next check. */
    private void check(Holder holder) {
        List<Instant> old = holder.subjects().stream()
                .map(users::passwordSince)
                .flatMap(Optional::stream)
                .filter(since -> since.plus(settings.noticeAfter()).isBefore(clock.instant()))
                .sorted()
                .toList();
        for (Instant since : old) {
            if (Boolean.TRUE.equals(transaction.execute(status -> send(holder, since)))) {
                return;
            }
        }
    }

    /** @return false if a notice for this password has already been sent */
    private boolean send(Holder holder, Instant since) {
        boolean first = jdbc.sql("""
                                UPDATE account_account SET password_told = :since
                                WHERE id = :account AND (password_told IS NULL OR password_told < :since)""")
                        .param("since", Timestamp.from(since))
                        .param("account", holder.account())
                        .update()
                == 1;
        if (first) {
            mails.send(new Mail(
                    holder.email(),
                    "password-expires",
                    holder.account().toString(),
                    Map.of("name", holder.name().strip(), "since", DAY.format(since))));
        }
        return first;
    }
}
