package fr.sas.hub.index;

import fr.sas.hub.participation.ScreenedBatch;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.NamedSubject;
import fr.sas.hub.slot.Offer;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.Slot;
import fr.sas.hub.slot.SlotBatch;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.slot.Window;
import fr.sas.hub.testing.Batches;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What a source says of somebody: completely, about the next 72 hours, until told otherwise. */
public final class ScreenedBatchBuilder {

    public static final Answer.Trouble PAGE_LOST = new Answer.Trouble(Answer.Kind.PAGE_LOST, "Page 2 did not come");
    public static final Answer.Trouble TIMED_OUT = new Answer.Trouble(Answer.Kind.TIMED_OUT, "No answer within 7 s");

    private final Source source;
    private final Instant at;
    private final Set<Subject> subjects;
    private final List<Slot> slots = new ArrayList<>();
    private Window window;
    private Answer answer = Answer.COMPLETE;
    private boolean describes;

    private ScreenedBatchBuilder(Source source, Instant at, Set<Subject> subjects) {
        this.source = source;
        this.at = at;
        this.subjects = subjects;
        this.window = new Window(at, at.plus(Duration.ofHours(72)));
    }

    public static ScreenedBatchBuilder by(Source source, Instant at, Subject... subjects) {
        return new ScreenedBatchBuilder(source, at, Set.of(subjects));
    }

    public ScreenedBatchBuilder about(Instant from, Instant to) {
        window = new Window(from, to);
        return this;
    }

    public ScreenedBatchBuilder inPart() {
        answer = new Answer.Partial(PAGE_LOST);
        return this;
    }

    public ScreenedBatchBuilder failing() {
        answer = new Answer.Failed(TIMED_OUT);
        return this;
    }

    /** Names everybody it was asked for, also those without slots. */
    public ScreenedBatchBuilder describing() {
        describes = true;
        return this;
    }

    /** A quarter of an hour, for everybody it was asked for; the reference is made of the start. */
    public ScreenedBatchBuilder slot(Instant start) {
        return slot("here", start, 15, "r" + start.getEpochSecond(), true);
    }

    public ScreenedBatchBuilder slot(String place, Instant start, int minutes, String reference, boolean bookable) {
        for (Subject subject : subjects) {
            Slot plain = Batches.slot(source, subject, place(place), start);
            slots.add(new Slot(
                    subject,
                    place,
                    start,
                    start.plus(Duration.ofMinutes(minutes)),
                    plain.audiences(),
                    plain.modes(),
                    plain.reasons(),
                    plain.specialties(),
                    plain.appointmentType(),
                    bookable ? URI.create("https://" + source + ".example/" + reference) : null,
                    plain.communities(),
                    1,
                    reference));
        }
        return this;
    }

    public ScreenedBatch batch() {
        Map<Subject, Offer> offers = new LinkedHashMap<>();
        for (Subject subject : subjects) {
            List<Slot> own = slots.stream()
                    .filter(slot -> slot.subject().equals(subject))
                    .toList();
            if (describes || !own.isEmpty()) {
                Stream<PracticeLocation> places =
                        own.stream().map(Slot::place).distinct().map(ScreenedBatchBuilder::place);
                offers.put(
                        subject,
                        new Offer(new NamedSubject(subject, "DURAND", List.of("Alice")), places.toList(), own));
            }
        }
        return new ScreenedBatch(new SlotBatch(source, subjects, window, at, answer, offers), Map.of());
    }

    @Override
    public String toString() {
        return source + " at " + at + " " + answer.getClass().getSimpleName() + " until " + window.to() + ": "
                + slots.stream()
                        .map(slot -> slot.reference() + "=" + slot.start() + "@" + slot.place())
                        .toList();
    }

    private static PracticeLocation place(String key) {
        PracticeLocation any = Batches.place(Batches.practitioner(0), 1);
        return new PracticeLocation(
                key,
                any.structure(),
                null,
                null,
                any.line(),
                any.postalCode(),
                any.city(),
                any.phone(),
                any.zone(),
                List.of());
    }
}
