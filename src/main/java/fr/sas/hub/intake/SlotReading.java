package fr.sas.hub.intake;

import static fr.sas.hub.intake.Addresses.blankToNull;

import fr.sas.hub.connector.Delivery;
import fr.sas.hub.connector.Flow;
import fr.sas.hub.directory.PlaceKeys;
import fr.sas.hub.rule.AgendaRule;
import fr.sas.hub.rule.AnswerRule;
import fr.sas.hub.rule.BookingPage;
import fr.sas.hub.rule.CommunityRule;
import fr.sas.hub.rule.SlotRule;
import fr.sas.hub.slot.AppointmentType;
import fr.sas.hub.slot.Audience;
import fr.sas.hub.slot.Community;
import fr.sas.hub.slot.Slot;
import fr.sas.hub.slot.Subject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Schedule;
import org.jspecify.annotations.Nullable;

/** Makes slots of the Slot entries of one delivery, or says why not: one rule after the other, the first that fails wins. */
final class SlotReading {

    private static final Duration LONGEST = Duration.ofHours(24);

    private final Delivery delivery;
    private final Instant now;
    private final References references;
    private final Agendas agendas;
    private final SlotWords words;
    private final Communities communities;
    private final Findings findings;
    private final Map<Resource, WhoseAndWhere> read = new java.util.IdentityHashMap<>();
    private final Map<Resource, BadEntry> unreadable = new java.util.IdentityHashMap<>();
    private final Map<String, Schedule> schedules = new HashMap<>();
    private final Set<String> ids = new HashSet<>();

    SlotReading(Delivery delivery, Instant now, References references, Agendas agendas, Findings findings) {
        this.delivery = delivery;
        this.now = now;
        this.references = references;
        this.agendas = agendas;
        this.findings = findings;
        this.words = new SlotWords(findings);
        this.communities = new Communities(references, delivery.flow() == Flow.CPTS, findings);
    }

    /** A slot with what its Schedule tells of it. */
    record Read(WhoseAndWhere agenda, Slot slot) {}

    Read read(Entry entry) throws BadEntry {
        var slot = (org.hl7.fhir.r4.model.Slot) entry.resource();
        Usable.check(slot, "");
        if (!entry.id().isEmpty() && !ids.add(entry.id())) {
            throw new BadEntry(AnswerRule.DUPLICATE_ID, "id", entry.id());
        }
        checkStatus(entry.json().path("status").asText(""));
        WhoseAndWhere agenda = agenda(slot);
        SlotTimes times = SlotTimes.read(
                entry.json().path("start").textValue(),
                entry.json().path("end").textValue(),
                agenda.place().zone(),
                delivery.quirks());
        checkTimes(times);
        Set<Audience> audiences = audiences(slot, entry);
        List<Community> cpts = communities.of(slot, entry, agenda.place().zone());
        if (cpts.isEmpty() && audiences.contains(Audience.COMMUNITY) && communities.areNamedIn(slot)) {
            audiences = words.without(audiences, Audience.COMMUNITY);
            if (audiences.isEmpty()) {
                throw new BadEntry(CommunityRule.CPTS_UNREADABLE, "serviceType", null);
            }
        }
        Slot made = new Slot(
                agenda.party().id(),
                agenda.place().key(),
                times.start(),
                times.end(),
                audiences,
                words.modes(slot, entry),
                words.reasons(slot),
                words.specialties(slot),
                appointmentType(slot, entry),
                bookingPage(slot, entry),
                cpts,
                1,
                entry.id().isEmpty() ? reference(agenda, times) : entry.id());
        return new Read(agenda, made);
    }

    /** Whose slot an entry is and when, as far as anybody can tell: for people who look why it was rejected. */
    record Hints(
            @Nullable Subject subject,
            @Nullable Instant start,
            @Nullable Instant end) {}

    Hints hints(Entry entry) {
        WhoseAndWhere agenda = null;
        try {
            agenda = agenda((org.hl7.fhir.r4.model.Slot) entry.resource());
            SlotTimes times = SlotTimes.read(
                    entry.json().path("start").textValue(),
                    entry.json().path("end").textValue(),
                    agenda.place().zone(),
                    delivery.quirks());
            return new Hints(agenda.party().id(), times.start(), times.end());
        } catch (BadEntry unreadable) {
            return new Hints(agenda == null ? null : agenda.party().id(), null, null);
        }
    }

    private static void checkStatus(String status) throws BadEntry {
        if (status.isBlank()) {
            throw new BadEntry(SlotRule.STATUS_MISSING, "status", null);
        }
        if (!status.equals("free")) {
            throw new BadEntry(SlotRule.NOT_FREE, "status", status);
        }
    }

    private void checkTimes(SlotTimes times) throws BadEntry {
        if (!times.isForward()) {
            throw new BadEntry(SlotRule.ENDS_BEFORE_IT_STARTS, "end", null);
        }
        if (times.length().compareTo(LONGEST) > 0) {
            throw new BadEntry(SlotRule.TOO_LONG, "end", null);
        }
        if (!times.end().isAfter(now)) {
            throw new BadEntry(SlotRule.PAST, "end", times.end().toString());
        }
        if (!delivery.window().holds(times.start())) {
            throw new BadEntry(SlotRule.OUTSIDE_WINDOW, "start", times.start().toString());
        }
    }

    private WhoseAndWhere agenda(org.hl7.fhir.r4.model.Slot slot) throws BadEntry {
        Reference reference = slot.getSchedule();
        String address = reference.getReference();
        Schedule schedule = address == null || address.startsWith("#") ? null : schedules.get(address);
        if (schedule == null) {
            schedule = references.follow(reference, Schedule.class);
            if (schedule == null) {
                throw new BadEntry(AgendaRule.ORPHAN_SCHEDULE, "schedule", address == null ? "no reference" : address);
            }
            if (address != null && !address.startsWith("#")) {
                schedules.put(address, schedule);
            }
        }
        WhoseAndWhere known = read.get(schedule);
        if (known != null) {
            return known;
        }
        BadEntry knownBad = unreadable.get(schedule);
        if (knownBad != null) {
            throw knownBad;
        }
        try {
            WhoseAndWhere agenda = readAgenda(schedule);
            read.put(schedule, agenda);
            return agenda;
        } catch (BadEntry bad) {
            unreadable.put(schedule, bad);
            throw bad;
        }
    }

    private WhoseAndWhere readAgenda(Schedule schedule) throws BadEntry {
        Usable.check(schedule, "schedule");
        if (schedule.hasActive() && !schedule.getActive()) {
            throw new BadEntry(
                    AgendaRule.AGENDA_INACTIVE,
                    "schedule",
                    "Schedule/" + schedule.getIdElement().getIdPart());
        }
        Entry entry = references.entryOf(schedule);
        return agendas.of(schedule, entry == null ? "the contained Schedule" : entry.path());
    }

    private Set<Audience> audiences(org.hl7.fhir.r4.model.Slot slot, Entry entry) throws BadEntry {
        EnumSet<Audience> audiences = EnumSet.noneOf(Audience.class);
        String unknown = null;
        for (Coding coding : slot.getMeta().getSecurity()) {
            if (SlotWords.isAudience(coding)) {
                Audience audience = SlotWords.audience(coding.getCode());
                if (audience != null) {
                    audiences.add(audience);
                } else if (coding.hasCode()) {
                    unknown = coding.getCode();
                }
            }
        }
        if (audiences.isEmpty()) {
            throw unknown == null
                    ? new BadEntry(SlotRule.NO_AUDIENCE, "meta.security", null)
                    : new BadEntry(SlotRule.UNKNOWN_AUDIENCE, "meta.security", unknown);
        }
        if (unknown != null) {
            findings.add(SlotRule.UNKNOWN_CODE, entry.path() + ".meta.security", unknown, entry.json());
        }
        return words.shared(audiences);
    }

    private @Nullable AppointmentType appointmentType(org.hl7.fhir.r4.model.Slot slot, Entry entry) {
        CodeableConcept concept = slot.getAppointmentType();
        for (Coding coding : concept.getCoding()) {
            if ("ROUTINE".equals(coding.getCode())) {
                return AppointmentType.ROUTINE;
            }
            if ("WALKIN".equals(coding.getCode())) {
                return AppointmentType.WALKIN;
            }
            if (coding.hasCode()) {
                findings.add(SlotRule.UNKNOWN_CODE, entry.path() + ".appointmentType", coding.getCode(), entry.json());
            }
        }
        return null;
    }

    private @Nullable URI bookingPage(org.hl7.fhir.r4.model.Slot slot, Entry entry) {
        String comment = blankToNull(slot.getComment());
        if (comment == null) {
            return null;
        }
        URI page = BookingPage.of(comment);
        if (page == null) {
            findings.add(SlotRule.BAD_URL, entry.path() + ".comment", null, entry.json());
        }
        return page;
    }

    private static String reference(WhoseAndWhere agenda, SlotTimes times) {
        return "digest-"
                + PlaceKeys.digest(agenda.party().id().value() + "|"
                        + agenda.place().key() + "|" + times.start().toEpochMilli() + "|"
                        + times.end().toEpochMilli());
    }
}
