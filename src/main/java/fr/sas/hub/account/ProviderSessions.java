package fr.sas.hub.account;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.client.oidc.authentication.logout.OidcLogoutToken;
import org.springframework.security.oauth2.client.oidc.session.OidcSessionInformation;
import org.springframework.security.oauth2.client.oidc.session.OidcSessionRegistry;
import org.springframework.session.SessionRepository;
import org.springframework.stereotype.Component;

/**
 * Which session of the hub belongs to which session at the provider, in the database: whichever node the provider
 * notifies that someone signed out there (OpenID Connect Back-Channel Logout 1.0) ends their session on all nodes.
 */
@Component
class ProviderSessions implements OidcSessionRegistry {

    private static final Duration LOOKED_AFTER = Duration.ofHours(1);

    private final JdbcClient jdbc;
    private final SessionRepository<?> sessions;
    private final Clock clock;

    ProviderSessions(JdbcClient jdbc, SessionRepository<?> sessions, Clock clock) {
        this.jdbc = jdbc;
        this.sessions = sessions;
        this.clock = clock;
    }

    /** Also removes rows whose session has ended by itself. */
    @Override
    public void saveSessionInformation(OidcSessionInformation session) {
        Instant now = clock.instant();
        jdbc.sql("""
                        DELETE FROM account_provider_session p WHERE since < :before
                        AND NOT EXISTS (SELECT FROM account_session s WHERE s.session_id = p.session)""").param("before", Timestamp.from(now.minus(LOOKED_AFTER))).update();
        jdbc.sql("""
                        INSERT INTO account_provider_session (session, issuer, subject, sid, since)
                        VALUES (:session, :issuer, :subject, :sid, :since)
                        ON CONFLICT (session) DO UPDATE SET issuer = excluded.issuer, subject = excluded.subject,
                          sid = excluded.sid, since = excluded.since""")
                .param("session", session.getSessionId())
                .param("issuer", session.getPrincipal().getIssuer().toString())
                .param("subject", session.getPrincipal().getSubject())
                .param("sid", session.getPrincipal().getClaimAsString("sid"))
                .param("since", Timestamp.from(now))
                .update();
    }

    @Override
    public @Nullable OidcSessionInformation removeSessionInformation(String session) {
        jdbc.sql("DELETE FROM account_provider_session WHERE session = :session")
                .param("session", session)
                .update();
        return null;
    }

    /** Ends the sessions. Returns none, so that nothing is left for the caller to do. */
    @Override
    public Iterable<OidcSessionInformation> removeSessionInformation(OidcLogoutToken token) {
        jdbc.sql("""
                        DELETE FROM account_provider_session WHERE issuer = :issuer
                        AND (sid = :sid OR CAST(:sid AS text) IS NULL AND subject = :subject)
                        RETURNING session""")
                .param("issuer", token.getIssuer().toString())
                .param("sid", token.getSessionId())
                .param("subject", token.getSubject())
                .query(String.class)
                .list()
                .forEach(sessions::deleteById);
        return List.of();
    }
}
