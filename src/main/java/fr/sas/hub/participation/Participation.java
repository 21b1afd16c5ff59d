package fr.sas.hub.participation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.StaleWrite;
import fr.sas.hub.connector.Roster;
import fr.sas.hub.slot.Offer;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.SlotBatch;
import fr.sas.hub.slot.Subject;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The front door of the room: practitioners' settings, and what they let through. */
@Service
public class Participation {

    private final JdbcTemplate jdbc;
    private final Roster roster;
    private final ApplicationEventPublisher events;
    private final ObjectMapper json;
    private final Clock clock;

    Participation(JdbcTemplate jdbc, Roster roster, ApplicationEventPublisher events, ObjectMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.roster = roster;
        this.events = events;
        this.json = json;
        this.clock = clock;
    }

    /** @param version 0 for a practitioner who never set anything */
    record Kept(Settings settings, long version) {
        static final Kept NOTHING = new Kept(Settings.DEFAULT, 0);
    }

    /** Every practitioner asked about is in the answer, with {@link Settings#DEFAULT} where nothing was ever set. */
    public Map<PractitionerId, Settings> settingsOf(Collection<PractitionerId> practitioners) {
        Map<PractitionerId, Settings> settings = new HashMap<>();
        practitioners.forEach(practitioner -> settings.put(practitioner, Settings.DEFAULT));
        if (!settings.isEmpty()) {
            jdbc.query(
                    "SELECT practitioner, settings FROM participation_settings WHERE practitioner = ANY (?)",
                    rs -> {
                        settings.put(new PractitionerId(rs.getString(1)), read(rs.getString(2)));
                    },
                    (Object) settings.keySet().stream()
                            .map(PractitionerId::value)
                            .toArray(String[]::new));
        }
        return settings;
    }

    /** Takes out of a batch what its practitioners refuse to show; hand-entered slots always pass. */
    public ScreenedBatch screen(SlotBatch batch) {
        if (batch.source().isAgenda()) {
            return new ScreenedBatch(batch, Map.of());
        }
        Map<PractitionerId, Settings> settings = settingsOf(batch.offers().keySet().stream()
                .filter(PractitionerId.class::isInstance)
                .map(PractitionerId.class::cast)
                .toList());
        Map<Subject, Offer> shown = new HashMap<>();
        Map<Subject, ScreenedBatch.Withheld> withheld = new HashMap<>();
        batch.offers().forEach((subject, offer) -> {
            Settings own = subject instanceof PractitionerId id ? settings.get(id) : null;
            if (own != null && own.vendorSlotsHidden()) {
                shown.put(subject, offer.withoutSlots());
                withheld.put(
                        subject,
                        new ScreenedBatch.Withheld(
                                ScreenedBatch.Why.VENDOR_SLOTS_HIDDEN,
                                offer.slots().size()));
            } else {
                shown.put(subject, offer);
            }
        });
        SlotBatch screened =
                new SlotBatch(batch.source(), batch.asked(), batch.window(), batch.fetchedAt(), batch.answer(), shown);
        return new ScreenedBatch(screened, withheld);
    }

    Kept kept(PractitionerId practitioner) {
        return jdbc
                .query(
                        "SELECT settings, version FROM participation_settings WHERE practitioner = ?",
                        (rs, row) -> new Kept(read(rs.getString(1)), rs.getLong(2)),
                        practitioner.value())
                .stream()
                .findFirst()
                .orElse(Kept.NOTHING);
    }

    /**
     * Changes the settings: what is kept, its history, whom vendors are asked for and what the index shows are one
     * transaction (docs/decisions/0003).
     *
     * @param expected the version the writer has read; null when the writer does not care
     */
    @Transactional
    Kept change(PractitionerId practitioner, Settings settings, @Nullable Long expected, String by) {
        List<InvalidInput.Fault> faults = SettingsRules.faultsOf(settings);
        if (!faults.isEmpty()) {
            throw new InvalidInput(faults);
        }
        jdbc.query("SELECT pg_advisory_xact_lock(hashtext('settings'), hashtext(?))", rs -> {}, practitioner.value());
        Kept before = kept(practitioner);
        if (expected != null && expected != before.version) {
            throw new StaleWrite(before.version);
        }
        Kept after = new Kept(settings, before.version + 1);
        Timestamp now = Timestamp.from(clock.instant());
        jdbc.update("""
                INSERT INTO participation_settings VALUES (?, ?, ?::jsonb, ?, ?)
                ON CONFLICT (practitioner) DO UPDATE SET version = excluded.version, settings = excluded.settings,
                  changed_at = excluded.changed_at, changed_by = excluded.changed_by""", practitioner.value(), after.version, write(settings), now, by);
        jdbc.update(
                "INSERT INTO participation_change (at, practitioner, changed_by, before, after) VALUES (?, ?, ?, ?::jsonb, ?::jsonb)",
                now,
                practitioner.value(),
                by,
                before.version == 0 ? null : write(before.settings),
                write(settings));
        roster.practitionerSays(practitioner, !settings.vendorSlotsHidden(), settings.vendors());
        events.publishEvent(new ParticipationChanged(practitioner, before.settings, settings));
        return after;
    }

    private Settings read(String text) {
        try {
            return json.readValue(text, SettingsDocument.class).toSettings();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Kept settings can always be read", e);
        }
    }

    private String write(Settings settings) {
        try {
            return json.writeValueAsString(SettingsDocument.of(settings));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Settings can always be written", e);
        }
    }
}
