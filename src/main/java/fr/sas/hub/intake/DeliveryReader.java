package fr.sas.hub.intake;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.LenientErrorHandler;
import fr.sas.hub.connector.Delivery;
import fr.sas.hub.directory.PlaceZones;
import fr.sas.hub.fhir.FhirVocabulary;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.AppointmentType;
import fr.sas.hub.slot.Audience;
import fr.sas.hub.slot.ConsultationMode;
import fr.sas.hub.slot.Offer;
import fr.sas.hub.slot.Party;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Specialty;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Location;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Schedule;
import org.hl7.fhir.r4.model.Slot;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads the pages of a delivery with HAPI and turns them into offers. */
@Component
class DeliveryReader {

    private final FhirContext fhir;

    DeliveryReader(FhirContext fhir) {
        this.fhir = fhir;
    }

    record Read(Answer answer, Map<Subject, Offer> offers, List<Rejection> rejections) {}

    /** A rejection on its way out of deep reading. */
    private static final class Rejected extends RuntimeException {
        private final Rejection rejection;

        Rejected(String code, String path, String sentence) {
            super(sentence, null, false, false);
            this.rejection = new Rejection(code, path, sentence);
        }
    }

    Read read(Delivery delivery, Instant now) {
        IParser parser = fhir.newJsonParser();
        parser.setParserErrorHandler(new LenientErrorHandler(false).disableAllErrors());
        List<Rejection> rejections = new ArrayList<>();
        Map<Subject, Collected> collected = new LinkedHashMap<>();
        for (byte[] page : delivery.pages()) {
            Bundle bundle;
            try {
                bundle = parser.parseResource(Bundle.class, new String(page, StandardCharsets.UTF_8));
            } catch (DataFormatException e) {
                return new Read(
                        new Answer.Failed(new Answer.Trouble(Answer.Kind.MALFORMED, "not a FHIR Bundle")),
                        Map.of(),
                        rejections);
            }
            read(bundle, delivery, now, collected, rejections);
        }
        Map<Subject, Offer> offers = new HashMap<>();
        collected.forEach((subject, found) ->
                offers.put(subject, new Offer(found.party, List.copyOf(found.places.values()), found.slots)));
        return new Read(delivery.answer(), offers, rejections);
    }

    private static final class Collected {
        private final Party party;
        private final Map<String, PracticeLocation> places = new LinkedHashMap<>();
        private final List<fr.sas.hub.slot.Slot> slots = new ArrayList<>();

        Collected(Party party) {
            this.party = party;
        }
    }

    private static void read(
            Bundle bundle,
            Delivery delivery,
            Instant now,
            Map<Subject, Collected> collected,
            List<Rejection> rejections) {
        Map<String, Resource> byReference = new HashMap<>();
        for (Bundle.BundleEntryComponent entry : bundle.getEntry()) {
            Resource resource = entry.getResource();
            if (resource != null) {
                byReference.put(
                        resource.fhirType() + "/" + resource.getIdElement().getIdPart(), resource);
                if (entry.hasFullUrl()) {
                    byReference.put(entry.getFullUrl(), resource);
                }
            }
        }
        for (int i = 0; i < bundle.getEntry().size(); i++) {
            if (bundle.getEntry().get(i).getResource() instanceof Slot slot) {
                try {
                    add(slot, "Bundle.entry[" + i + "].resource", byReference, delivery, now, collected);
                } catch (Rejected e) {
                    rejections.add(e.rejection);
                }
            }
        }
    }

    private static void add(
            Slot slot,
            String path,
            Map<String, Resource> all,
            Delivery delivery,
            Instant now,
            Map<Subject, Collected> collected) {
        Schedule schedule = resolve(slot.getSchedule(), all, Schedule.class, path + ".schedule");
        Practitioner practitioner = actor(schedule, all, Practitioner.class);
        PractitionerRole role = actor(schedule, all, PractitionerRole.class);
        if (practitioner == null && role != null) {
            practitioner = resolve(role.getPractitioner(), all, Practitioner.class, path + ".schedule");
        }
        if (practitioner == null || role == null) {
            throw new Rejected(
                    "ORPHAN",
                    path + ".schedule",
                    "The Schedule names no Practitioner and PractitionerRole of this answer");
        }
        PractitionerId id = practitioner.getIdentifier().stream()
                .flatMap(identifier -> PractitionerId.parse(identifier.getValue()).stream())
                .findFirst()
                .orElseThrow(() -> new Rejected("NO_IDENTIFIER", path, "The practitioner has no RPPS or ADELI"));
        if (!delivery.asked().contains(id)) {
            throw new Rejected("NOT_ASKED_FOR", path, "The practitioner was not asked for");
        }
        Instant start = instant(slot.hasStart() ? slot.getStart().toInstant() : null, path + ".start");
        Instant end = instant(slot.hasEnd() ? slot.getEnd().toInstant() : null, path + ".end");
        if (!start.isBefore(end)) {
            throw new Rejected("ENDS_BEFORE_IT_STARTS", path + ".end", "The slot ends before, or when, it starts");
        }
        if (!end.isAfter(now) || !delivery.window().holds(start)) {
            throw new Rejected(
                    "OUTSIDE_WINDOW", path + ".start", "The slot does not start within the window asked for");
        }
        if (slot.getStatus() != Slot.SlotStatus.FREE) {
            throw new Rejected("NOT_FREE", path + ".status", "Only free slots are delivered");
        }
        Set<Audience> audiences = audiences(slot);
        if (audiences.isEmpty()) {
            throw new Rejected(
                    "NO_AUDIENCE", path + ".meta.security", "The slot is reserved to the practice's own patients");
        }
        PracticeLocation place = place(role);
        Practitioner named = practitioner;
        Collected mine = collected.computeIfAbsent(id, subject -> new Collected(party(id, named)));
        mine.places.putIfAbsent(place.key(), place);
        mine.slots.add(new fr.sas.hub.slot.Slot(
                id,
                place.key(),
                start,
                end,
                audiences,
                modes(slot),
                slot.getServiceType().stream()
                        .filter(t -> t.hasText() && !t.hasCoding())
                        .map(CodeableConcept::getText)
                        .toList(),
                slot.getSpecialty().stream()
                        .flatMap(DeliveryReader::specialties)
                        .toList(),
                appointmentType(slot),
                bookingPage(slot),
                List.of(),
                1,
                slot.getIdElement().getIdPart()));
    }

    private static Instant instant(@Nullable Instant instant, String path) {
        if (instant == null) {
            throw new Rejected("NO_INSTANT", path, "An instant with offset is needed");
        }
        return instant;
    }

    private static Party party(PractitionerId id, Practitioner practitioner) {
        var name = practitioner.getNameFirstRep();
        return new Party(
                id,
                name.getFamily(),
                name.getGiven().stream().map(StringType::getValue).toList());
    }

    private static PracticeLocation place(PractitionerRole role) {
        Optional<StructureId> structure = Stream.of(role.getOrganization().getIdentifier())
                .map(Identifier::getValue)
                .flatMap(value -> StructureId.parse(value).stream())
                .findFirst();
        Location location = role.getContained().stream()
                .filter(Location.class::isInstance)
                .map(Location.class::cast)
                .findFirst()
                .orElseGet(Location::new);
        String line = location.getAddress().getLine().stream()
                .map(StringType::getValue)
                .findFirst()
                .orElse(null);
        String postalCode = location.getAddress().getPostalCode();
        return new PracticeLocation(
                structure.map(StructureId::value).orElse("address:" + postalCode + ":" + line),
                structure.orElse(null),
                null,
                null,
                line,
                postalCode,
                location.getAddress().getCity(),
                role.getTelecom().stream()
                        .map(t -> t.getValue())
                        .filter(v -> v != null && v.startsWith("+33"))
                        .findFirst()
                        .orElse(null),
                PlaceZones.ofPostalCode(postalCode),
                List.of());
    }

    private static Set<Audience> audiences(Slot slot) {
        Set<Audience> audiences = EnumSet.noneOf(Audience.class);
        for (Coding coding : slot.getMeta().getSecurity()) {
            for (Audience audience : Audience.values()) {
                boolean known = FhirVocabulary.AUDIENCES.equals(coding.getSystem())
                        || FhirVocabulary.AUDIENCES_SHORT.equals(coding.getSystem());
                if (known && audience.code().equals(coding.getCode())) {
                    audiences.add(audience);
                }
            }
        }
        return audiences;
    }

    private static Set<ConsultationMode> modes(Slot slot) {
        Set<ConsultationMode> modes = EnumSet.noneOf(ConsultationMode.class);
        for (CodeableConcept type : slot.getServiceType()) {
            for (ConsultationMode mode : ConsultationMode.values()) {
                if (type.hasCoding(FhirVocabulary.CONSULTATION_MODES, mode.code())) {
                    modes.add(mode);
                }
            }
        }
        return modes;
    }

    private static Stream<Specialty> specialties(CodeableConcept concept) {
        if (concept.hasCoding()) {
            return concept.getCoding().stream()
                    .filter(Coding::hasCode)
                    .map(c -> new Specialty(c.getSystem(), c.getCode(), concept.getText()));
        }
        return concept.hasText() ? Stream.of(new Specialty(null, null, concept.getText())) : Stream.empty();
    }

    private static @Nullable AppointmentType appointmentType(Slot slot) {
        for (AppointmentType type : AppointmentType.values()) {
            if (slot.getAppointmentType().hasCoding(FhirVocabulary.APPOINTMENT_TYPES, type.name())) {
                return type;
            }
        }
        return null;
    }

    private static @Nullable URI bookingPage(Slot slot) {
        String comment = slot.getComment();
        if (comment == null || !comment.matches("https?://\\S+")) {
            return null;
        }
        try {
            return URI.create(comment);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static <R extends Resource> @Nullable R actor(Schedule schedule, Map<String, Resource> all, Class<R> type) {
        for (Reference actor : schedule.getActor()) {
            if (find(actor, all) instanceof Resource resource && type.isInstance(resource)) {
                return type.cast(resource);
            }
        }
        return null;
    }

    private static <R extends Resource> R resolve(
            Reference reference, Map<String, Resource> all, Class<R> type, String path) {
        Resource found = find(reference, all);
        if (!type.isInstance(found)) {
            throw new Rejected("ORPHAN", path, "The " + type.getSimpleName() + " referred to is not in this answer");
        }
        return type.cast(found);
    }

    private static @Nullable Resource find(Reference reference, Map<String, Resource> all) {
        String text = reference.getReference();
        if (text == null) {
            return null;
        }
        Resource direct = all.get(text);
        String[] parts = text.split("/");
        return direct != null || parts.length < 2
                ? direct
                : all.get(parts[parts.length - 2] + "/" + parts[parts.length - 1]);
    }
}
