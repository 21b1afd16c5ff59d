package fr.sas.hub.agenda;

import fr.sas.hub.access.NotFound;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Subject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Agendas as calendars, each at a secret address that is shown once and can be revoked. */
@Service
class Feeds {

    private static final int SECRET_BYTES = 32;
    private static final int DAYS_BACK = 31;
    private static final int DAYS_AHEAD = 365;

    private final FeedTables tables;
    private final VisibleAgendas visible;
    private final Entries entries;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Feeds(FeedTables tables, VisibleAgendas visible, Entries entries, Clock clock) {
        this.tables = tables;
        this.visible = visible;
        this.entries = entries;
        this.clock = clock;
    }

    /** @return the new secret, kept nowhere; the one before is worth nothing from now on */
    @Transactional
    String make(PractitionerId practitioner, String by) {
        entries.lock(practitioner);
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        tables.save(practitioner, hash(secret), entries.stamp(by));
        return secret;
    }

    @Transactional
    void revoke(PractitionerId practitioner) {
        entries.mustExist(practitioner);
        tables.delete(practitioner);
    }

    /** The calendar at this address: of the last month and the coming year. */
    @Transactional(readOnly = true)
    String calendar(String secret) {
        Subject subject = tables.find(hash(secret))
                .orElseThrow(() -> new NotFound("There is no calendar here", "Il n'y a pas de calendrier ici"));
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
