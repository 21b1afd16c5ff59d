package fr.sas.hub.agenda.feed;

import fr.sas.hub.access.NotFound;
import fr.sas.hub.agenda.AgendaAudit;
import fr.sas.hub.agenda.AgendaTables;
import fr.sas.hub.agenda.Entries;
import fr.sas.hub.agenda.VisibleAgendas;
import fr.sas.hub.agenda.VisiblePart;
import fr.sas.hub.agenda.entry.AgendaEntry;
import fr.sas.hub.delegation.ActingEnded;
import fr.sas.hub.slot.Subject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
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
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Agendas as calendars, each at a secret address that is shown once and can be revoked. */
@Service
public class Feeds {

    private static final int SECRET_BYTES = 32;
    private static final String MAC = "HmacSHA256";
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

    /** What a form that creates an address is recognised by; random, so that nobody else can send the same form. */
    public String newFormKey() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return text(bytes);
    }

    /** @return the new secret, which is not stored; the previous one is no longer valid */
    @Transactional
    public String make(Subject owner) {
        return make(owner, newFormKey());
    }

    private String make(Subject owner, String formKey) {
        entries.lock(owner);
        AgendaEntry.Stamp stamp = entries.stamp();
        String secret = secret(formKey, owner, stamp.at());
        Optional<Instant> before = tables.delete(owner);
        tables.save(owner, hash(secret), stamp);
        agendaAudit.feed(owner, before, Optional.of(stamp.at()));
        return secret;
    }

    /**
     * The same for a form, unless the address in force is another than the one that the form showed: it was sent twice, or
     * someone else was quicker.
     *
     * @param seen when the address was created that the form showed as in force; null if it showed none
     * @param formKey from {@link #newFormKey}; null if it cannot be told whether the form was sent before
     * @return also the secret that this form has made before and that is still in force; empty if someone else made
     *     another one
     */
    @Transactional
    public Optional<String> makeOnce(Subject owner, @Nullable Instant seen, @Nullable String formKey) {
        entries.lock(owner);
        String key = formKey == null || formKey.isBlank() ? newFormKey() : formKey;
        Instant inForce = tables.madeAt(owner).orElse(null);
        if (inForce == null || inForce.equals(seen)) {
            return Optional.of(make(owner, key));
        }
        String made = secret(key, owner, inForce);
        return tables.find(hash(made)).filter(owner::equals).map(found -> made);
    }

    @Transactional
    public void revoke(Subject owner) {
        entries.mustExist(owner);
        tables.delete(owner).ifPresent(madeAt -> agendaAudit.feed(owner, Optional.of(madeAt), Optional.empty()));
    }

    /** Since when the agenda has been readable at a secret address; empty if it is not. */
    @Transactional(readOnly = true)
    public Optional<Instant> madeAt(Subject owner) {
        return tables.madeAt(owner);
    }

    /** An address is revoked once its creator may no longer act for the owner of the agenda. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    void on(ActingEnded end) {
        agendas.lock(end.subject());
        tables.delete(end.subject(), end.person())
                .ifPresent(madeAt -> agendaAudit.feed(end.subject(), Optional.of(madeAt), Optional.empty()));
    }

    /** The calendar at this address, for the last month and the coming year. */
    @Transactional(readOnly = true)
    String calendar(String secret) {
        Subject subject = tables.find(hash(secret))
                .orElseThrow(
                        () -> new NotFound("There is no calendar here", "Il n'y a pas de calendrier à cette adresse."));
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        List<VisiblePart> parts = visible.of(List.of(subject), today.minusDays(DAYS_BACK), today.plusDays(DAYS_AHEAD))
                .getOrDefault(subject, List.of());
        return CalendarFile.of(parts);
    }

    /** Includes the time, so that the form does not bring back an address that was revoked since. */
    private static String secret(String formKey, Subject owner, Instant madeAt) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(formKey.getBytes(StandardCharsets.UTF_8), MAC));
            return text(mac.doFinal((owner.value() + " " + madeAt).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] hash(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
