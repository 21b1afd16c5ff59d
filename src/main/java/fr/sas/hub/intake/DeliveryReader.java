package fr.sas.hub.intake;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.delivery.Delivery;
import fr.sas.hub.directory.DirectoryPractitioner;
import fr.sas.hub.rule.AnswerContext;
import fr.sas.hub.rule.Finding;
import fr.sas.hub.rule.Judge;
import fr.sas.hub.rule.JudgedSlot;
import fr.sas.hub.rule.Judgement;
import fr.sas.hub.rule.Severity;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.Answer.Kind;
import fr.sas.hub.slot.Answer.Trouble;
import fr.sas.hub.slot.NamedSubject;
import fr.sas.hub.slot.Offer;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Slot;
import fr.sas.hub.slot.SlotBatch;
import fr.sas.hub.slot.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads deliveries: pure, without database or clock. Thread-safe. */
final class DeliveryReader {

    private static final Answer.Failed WITHOUT_BODY =
            new Answer.Failed(new Trouble(Kind.MALFORMED, "The answer has no body"));

    private final int mostRejectionsKept;

    DeliveryReader(int mostRejectionsKept) {
        this.mostRejectionsKept = mostRejectionsKept;
    }

    /**
     * @param batch what may be believed, on trial or not
     * @param withheld slots that are correct but not for display
     * @param rejected slots not shown because something is wrong with them
     */
    record Reading(SlotBatch batch, DeliveryFindings findings, int accepted, int withheld, int rejected) {}

    Reading read(Delivery delivery, Map<PractitionerId, DirectoryPractitioner> known, Instant now) {
        return read(delivery, known, now, null);
    }

    /** @param judged receives every Slot entry; null if not needed */
    Reading read(
            Delivery delivery,
            Map<PractitionerId, DirectoryPractitioner> known,
            Instant now,
            @Nullable Consumer<JudgedEntry> judged) {
        DeliveryFindings findings = new DeliveryFindings(mostRejectionsKept);
        if (delivery.pages().isEmpty() || isAnError(delivery.answer())) {
            Answer answer = delivery.answer() instanceof Answer.Failed failed ? failed : WITHOUT_BODY;
            return failed(delivery, answer, findings);
        }
        List<JsonNode> pages = new VendorPages(findings).read(delivery.pages());
        boolean whole = delivery.answer() instanceof Answer.Complete;
        Judgement judgement = Judge.delivery(pages, context(delivery, known, now), whole);
        Answer answer = answer(delivery.answer(), judgement.answer());
        if (answer instanceof Answer.Failed) {
            findings.add(judgement.otherFindings());
            return failed(delivery, answer, findings);
        }
        SlotAssembly slots = new SlotAssembly(known, now);
        Map<Subject, Draft> drafts = new HashMap<>();
        int accepted = 0;
        int withheld = 0;
        for (JudgedSlot entry : judgement.slots()) {
            Finding fate = entry.fate();
            if (fate == null) {
                SlotAssembly.AssembledSlot made = slots.of(entry);
                drafts.computeIfAbsent(made.slot().subject(), subject -> new Draft(made.schedule()))
                        .add(made);
                accepted++;
                if (judged != null) {
                    judged.accept(JudgedEntry.accepted(entry, made.slot()));
                }
            } else {
                withheld += fate.rule().severity() == Severity.WITHHELD ? 1 : 0;
                findings.add(fate);
                if (judged != null) {
                    judged.accept(JudgedEntry.rejected(entry, fate));
                }
            }
        }
        findings.add(judgement.otherFindings());
        Map<Subject, Offer> offers = new HashMap<>(drafts.size() * 2);
        drafts.forEach((subject, draft) -> offers.put(subject, draft.offer()));
        return new Reading(
                batch(delivery, answer, offers),
                findings,
                accepted,
                withheld,
                judgement.slots().size() - accepted - withheld);
    }

    /** Its body is kept, but contains no answer to judge. */
    private static boolean isAnError(Answer answer) {
        return answer instanceof Answer.Failed failed && failed.trouble().kind() != Kind.MALFORMED;
    }

    private static Reading failed(Delivery delivery, Answer answer, DeliveryFindings findings) {
        return new Reading(batch(delivery, answer, Map.of()), findings, 0, 0, 0);
    }

    private static AnswerContext context(
            Delivery delivery, Map<PractitionerId, DirectoryPractitioner> known, Instant now) {
        AnswerContext.Kind kind = switch (delivery.flow()) {
            case INDIVIDUAL, BULK_PUBLISH -> AnswerContext.Kind.INDIVIDUAL;
            case CPTS -> AnswerContext.Kind.CPTS;
            case SOS -> AnswerContext.Kind.SOS;
        };
        return new AnswerContext(
                kind, delivery.asked(), delivery.window(), now, delivery.quirks(), delivery.trial(), known);
    }

    private static SlotBatch batch(Delivery delivery, Answer answer, Map<Subject, Offer> offers) {
        return new SlotBatch(
                delivery.source(),
                delivery.asked(),
                delivery.window(),
                delivery.fetchedAt(),
                answer,
                offers,
                delivery.id());
    }

    /** What is known to be missing since it did not arrive comes before what the judge says of what did. */
    private static Answer answer(Answer delivered, Answer judged) {
        return switch (delivered) {
            case Answer.Complete complete -> judged;
            case Answer.Partial partial -> judged instanceof Answer.Failed ? judged : partial;
            case Answer.Failed failed -> failed;
        };
    }

    /** The slots of one subject, being collected. */
    private static final class Draft {

        private final NamedSubject party;
        private final Map<String, PracticeLocation> places = new LinkedHashMap<>(4);
        private final List<Slot> slots = new ArrayList<>();

        Draft(SlotAssembly.ScheduleDetails schedule) {
            this.party = schedule.party();
        }

        void add(SlotAssembly.AssembledSlot made) {
            places.putIfAbsent(made.schedule().place().key(), made.schedule().place());
            slots.add(made.slot());
        }

        Offer offer() {
            return new Offer(party, List.copyOf(places.values()), slots);
        }
    }
}
