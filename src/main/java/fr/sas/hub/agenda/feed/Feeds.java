package fr.sas.hub.agenda.feed;

import fr.sas.hub.access.NotFound;
import fr.sas.hub.agenda.AgendaAudit;
import fr.sas.hub.agenda.AgendaTables;
import fr.sas.hub.agenda.Entries;
import fr.sas.hub.agenda.Visible;
import fr.sas.hub.agenda.VisibleAgendas;
import fr.sas.hub.agenda.entry.AgendaEntry;
import fr.sas.hub.delegation.ActingEnded;
import fr.sas.hub.slot.Subject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Agendas as calendars, each at a secret address that is shown once and can be revoked. */
@Service
public class Feeds {

    private static final int SECRET_BYTES = 32;
    private static final int DAYS_BACK = 31;
    private static final int DAYS_AHEAD = 365;

    private final FeedTables tables;
    private final AgendaTables agendas;
    private final VisibleAgendas visible;
    private final Entries entries;
    private final AgendaAudit agendaAudit;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Feeds(
            FeedTables tables,
            AgendaTables agendas,
            VisibleAgendas visible,
            Entries entries,
            AgendaAudit agendaAudit,
            Clock clock) {
        this.tables = tables;
        this.agendas = agendas;
        this.visible = visible;
        this.entries = entries;
        this.agendaAudit = agendaAudit;
        this.clock = clock;
    }

    /** @return the new secret, kept nowhere; the one before is worth nothing from now on */
    @Transactional
    public String make(Subject owner) {
        entries.lock(owner);
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        AgendaEntry.Stamp stamp = entries.stamp();
        Optional<Instant> before = tables.delete(owner);
        tables.save(owner, hash(secret), stamp);
        agendaAudit.feed(owner, before, Optional.of(stamp.at()));
        return secret;
    }

    @Transactional
    public void revoke(Subject owner) {
        entries.mustExist(owner);
        tables.delete(owner).ifPresent(madeAt -> agendaAudit.feed(owner, Optional.of(madeAt), Optional.empty()));
    }

    /** Since when the agenda can be read at a secret address; empty when it cannot. */
    @Transactional(readOnly = true)
    public Optional<Instant> madeAt(Subject owner) {
        return tables.madeAt(owner);
    }

    /** An address is worth nothing once whoever made it acts no more for whose agenda it is. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    void on(ActingEnded end) {
        agendas.lock(end.subject());
        tables.delete(end.subject(), end.person())
                .ifPresent(madeAt -> agendaAudit.feed(end.subject(), Optional.of(madeAt), Optional.empty()));
    }

    /** The calendar at this address: of the last month and the coming year. */
    @Transactional(readOnly = true)
    String calendar(String secret) {
        Subject subject = tables.find(hash(secret))
                .orElseThrow(
                        () -> new NotFound("There is no calendar here", "Il n'y a pas de calendrier à cette adresse."));
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        List<Visible> parts = visible.of(List.of(subject), today.minusDays(DAYS_BACK), today.plusDays(DAYS_AHEAD))
                .getOrDefault(subject, List.of());
        return CalendarFile.of(parts);
    }

    private static byte[] hash(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
