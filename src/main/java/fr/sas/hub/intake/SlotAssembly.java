package fr.sas.hub.intake;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.directory.DirectoryPractitioner;
import fr.sas.hub.directory.PlaceKeys;
import fr.sas.hub.fhir.FhirVocabulary;
import fr.sas.hub.rule.CurrentValues;
import fr.sas.hub.rule.JudgedSlot;
import fr.sas.hub.rule.LocatedResource;
import fr.sas.hub.rule.ResolvedSchedule;
import fr.sas.hub.slot.AppointmentType;
import fr.sas.hub.slot.Community;
import fr.sas.hub.slot.ConsultationMode;
import fr.sas.hub.slot.NamedSubject;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Slot;
import fr.sas.hub.slot.Specialty;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Builds slots from those Slot entries of one delivery that the judge let pass. It decides nothing. Slots resemble each
 * other: equal values within one delivery are the same object.
 */
final class SlotAssembly {

    private static final ConsultationMode[] MODES = ConsultationMode.values();

    private final Map<PractitionerId, DirectoryPractitioner> known;
    private final CurrentValues currentValues;
    private final PlaceAssembly places;
    private final Map<ResolvedSchedule, ScheduleDetails> schedules = new IdentityHashMap<>();
    private final Map<JudgedSlot.Cpts, Community> communities = new HashMap<>();
    private final Map<Object, Object> seen = new HashMap<>();

    SlotAssembly(Map<PractitionerId, DirectoryPractitioner> known, Instant now) {
        this.known = known;
        this.currentValues = new CurrentValues(now);
        this.places = new PlaceAssembly(currentValues);
    }

    /** What a Schedule says about all of its slots. */
    record ScheduleDetails(NamedSubject party, PracticeLocation place) {}

    /** A slot with what its Schedule says about it. */
    record AssembledSlot(ScheduleDetails schedule, Slot slot) {}

    AssembledSlot of(JudgedSlot judged) {
        LocatedResource item = judged.item();
        ScheduleDetails schedule = schedules.computeIfAbsent(Objects.requireNonNull(judged.way()), this::schedule);
        Instant start = Objects.requireNonNull(judged.start());
        Instant end = Objects.requireNonNull(judged.end());
        Slot slot = new Slot(
                schedule.party().id(),
                schedule.place().key(),
                start,
                end,
                shared(judged.audiences()),
                modes(item),
                reasons(item),
                specialties(item),
                appointmentType(item),
                judged.bookingPage(),
                communities(judged, schedule.place().zone()),
                1,
                item.id().isEmpty() ? reference(schedule, start, end) : item.id());
        return new AssembledSlot(schedule, slot);
    }

    private ScheduleDetails schedule(ResolvedSchedule way) {
        Subject subject = Objects.requireNonNull(way.subject());
        return switch (subject) {
            case PractitionerId id -> new ScheduleDetails(party(id, way.practitioner()), places.ofPractitioner(way));
            case StructureId id -> {
                LocatedResource organization = way.organization();
                String name = organization == null ? null : organization.text("name");
                yield new ScheduleDetails(new NamedSubject(id, name, List.of()), places.site(way, id));
            }
        };
    }

    private NamedSubject party(PractitionerId id, @Nullable LocatedResource practitioner) {
        if (practitioner != null) {
            for (JsonNode name : currentValues.names(practitioner.at("name"))) {
                String family = LocatedResource.textOf(name.path("family"));
                if (family != null) {
                    List<String> given = new ArrayList<>(2);
                    for (JsonNode part : name.path("given")) {
                        String text = LocatedResource.textOf(part);
                        if (text != null) {
                            given.add(text);
                        }
                    }
                    return new NamedSubject(id, family, given);
                }
            }
        }
        DirectoryPractitioner entry = known.get(id);
        return entry == null ? new NamedSubject(id, null, List.of()) : entry.party();
    }

    private List<Community> communities(JudgedSlot judged, ZoneId zone) {
        if (judged.communities().isEmpty()) {
            return List.of();
        }
        List<Community> all = new ArrayList<>(judged.communities().size());
        for (JudgedSlot.Cpts cpts : judged.communities()) {
            Community community = communities.computeIfAbsent(cpts, told -> community(told, zone));
            if (!all.contains(community)) {
                all.add(community);
            }
        }
        return all;
    }

    private Community community(JudgedSlot.Cpts cpts, ZoneId zone) {
        LocatedResource organization = cpts.organization();
        return organization == null
                ? new Community(cpts.id(), null, null)
                : new Community(
                        cpts.id(),
                        organization.text("name"),
                        PlaceAssembly.phone(currentValues.contacts(organization.at("telecom")), zone));
    }

    private Set<ConsultationMode> modes(LocatedResource slot) {
        EnumSet<ConsultationMode> modes = EnumSet.noneOf(ConsultationMode.class);
        for (JsonNode concept : slot.at("serviceType")) {
            for (JsonNode coding : concept.path("coding")) {
                if (FhirVocabulary.CONSULTATION_MODES.equals(
                        coding.path("system").asText())) {
                    String code = coding.path("code").asText();
                    for (ConsultationMode mode : MODES) {
                        if (mode.code().equals(code)) {
                            modes.add(mode);
                        }
                    }
                }
            }
        }
        return shared(modes);
    }

    private List<String> reasons(LocatedResource slot) {
        List<String> reasons = new ArrayList<>(2);
        for (JsonNode concept : slot.at("serviceType")) {
            String text = LocatedResource.textOf(concept.path("text"));
            if (text != null && !reasons.contains(text)) {
                reasons.add(text);
            }
        }
        return shared(reasons);
    }

    private List<Specialty> specialties(LocatedResource slot) {
        List<Specialty> specialties = new ArrayList<>(2);
        for (JsonNode concept : slot.at("specialty")) {
            String text = LocatedResource.textOf(concept.path("text"));
            boolean coded = false;
            for (JsonNode coding : concept.path("coding")) {
                String code = LocatedResource.textOf(coding.path("code"));
                if (code != null) {
                    specialties.add(
                            new Specialty(LocatedResource.textOf(coding.path("system")), code, coded ? null : text));
                    coded = true;
                }
            }
            if (!coded && text != null) {
                specialties.add(new Specialty(null, null, text));
            }
        }
        return shared(specialties);
    }

    private static @Nullable AppointmentType appointmentType(LocatedResource slot) {
        for (JsonNode coding : slot.at("appointmentType").path("coding")) {
            switch (coding.path("code").asText()) {
                case "ROUTINE" -> {
                    return AppointmentType.ROUTINE;
                }
                case "WALKIN" -> {
                    return AppointmentType.WALKIN;
                }
                default -> {}
            }
        }
        return null;
    }

    private static String reference(ScheduleDetails schedule, Instant start, Instant end) {
        return "digest-"
                + PlaceKeys.digest(schedule.party().id().value() + "|"
                        + schedule.place().key() + "|" + start.toEpochMilli() + "|"
                        + end.toEpochMilli());
    }

    @SuppressWarnings("unchecked")
    private <T> Set<T> shared(Set<T> values) {
        Object same = seen.get(values);
        if (same == null) {
            same = Set.copyOf(values);
            seen.put(same, same);
        }
        return (Set<T>) same;
    }

    @SuppressWarnings("unchecked")
    private <T> List<T> shared(List<T> values) {
        Object same = seen.get(values);
        if (same == null) {
            same = List.copyOf(values);
            seen.put(same, same);
        }
        return (List<T>) same;
    }
}
