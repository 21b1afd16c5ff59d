package fr.sas.hub.testing;

import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.AppointmentType;
import fr.sas.hub.slot.Audience;
import fr.sas.hub.slot.ConsultationMode;
import fr.sas.hub.slot.NamedSubject;
import fr.sas.hub.slot.Offer;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Slot;
import fr.sas.hub.slot.SlotBatch;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Specialty;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.slot.Window;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** What a source said, for tests that begin behind intake. */
public final class Batches {

    private static final AtomicInteger NEW = new AtomicInteger(50_000_000);

    private Batches() {}

    /** Somebody whom no other test knows, though many share one hub. */
    public static PractitionerId newPractitioner() {
        return practitioner(NEW.incrementAndGet());
    }

    public static PractitionerId practitioner(int number) {
        return new PractitionerId("81%010d".formatted(number));
    }

    public static PracticeLocation place(Subject subject, int number) {
        return new PracticeLocation(
                subject.value() + "-place" + number,
                new StructureId("175%07d".formatted(number)),
                null,
                null,
                number + " rue des Lilas",
                "75001",
                "PARIS",
                "+33140000000",
                ZoneId.of("Europe/Paris"),
                List.of());
    }

    public static Slot slot(Source source, Subject subject, PracticeLocation place, Instant start) {
        return new Slot(
                subject,
                place.key(),
                start,
                start.plus(Duration.ofMinutes(15)),
                Set.of(Audience.PUBLIC),
                Set.of(ConsultationMode.AT_PRACTICE),
                List.of("Consultation de soins non programmés"),
                List.of(new Specialty(
                        "https://mos.esante.gouv.fr/NOS/TRE_R38-SpecialiteOrdinale/FHIR/TRE-R38-SpecialiteOrdinale",
                        "SM54",
                        null)),
                AppointmentType.ROUTINE,
                source.isAgenda()
                        ? null
                        : URI.create("https://" + source + ".example/rdv/" + subject + "/" + start.toEpochMilli()),
                List.of(),
                1,
                source + "-" + start.toEpochMilli());
    }

    /** A complete answer: {@code count} quarter-hour slots each, from {@code first} on. */
    public static SlotBatch batch(
            Source source, Instant fetchedAt, List<? extends Subject> subjects, Instant first, int count) {
        Map<Subject, Offer> offers = new HashMap<>();
        for (Subject subject : subjects) {
            PracticeLocation place = place(subject, 1);
            offers.put(
                    subject,
                    new Offer(
                            new NamedSubject(subject, "NOM" + subject.value().substring(6), List.of("Camille")),
                            List.of(place),
                            IntStream.range(0, count)
                                    .mapToObj(
                                            i -> slot(source, subject, place, first.plus(Duration.ofMinutes(15L * i))))
                                    .toList()));
        }
        return new SlotBatch(
                source,
                Set.copyOf(subjects),
                new Window(fetchedAt, fetchedAt.plus(Duration.ofHours(72))),
                fetchedAt,
                Answer.COMPLETE,
                offers);
    }
}
