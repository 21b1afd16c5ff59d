package fr.sas.hub.intake;

import ca.uhn.fhir.context.FhirContext;
import fr.sas.hub.connector.Delivery;
import fr.sas.hub.connector.Flow;
import fr.sas.hub.connector.Quirk;
import fr.sas.hub.directory.DirectoryPractitioner;
import fr.sas.hub.rule.Finding;
import fr.sas.hub.rule.Severity;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.Answer.Kind;
import fr.sas.hub.slot.Answer.Trouble;
import fr.sas.hub.slot.Offer;
import fr.sas.hub.slot.Party;
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

/** Reads deliveries: pure, knows no database and no clock. Shared by threads. */
final class DeliveryReader {

    private final FhirContext fhir;
    private final int mostRejectionsKept;

    DeliveryReader(FhirContext fhir, int mostRejectionsKept) {
        this.fhir = fhir;
        this.mostRejectionsKept = mostRejectionsKept;
    }

    /**
     * @param batch what may be believed, trial or not
     * @param withheld slots that are right and not for display
     * @param rejected slots that are not shown because something is wrong
     */
    record Reading(SlotBatch batch, Findings findings, int accepted, int withheld, int rejected) {}

    Reading read(Delivery delivery, Map<PractitionerId, DirectoryPractitioner> known, Instant now) {
        return read(delivery, known, now, null);
    }

    /** @param judged is told of every Slot entry; null when nobody wants to know */
    Reading read(
            Delivery delivery,
            Map<PractitionerId, DirectoryPractitioner> known,
            Instant now,
            @Nullable Consumer<JudgedEntry> judged) {
        Findings findings = new Findings(mostRejectionsKept);
        if (delivery.answer() instanceof Answer.Failed) {
            return new Reading(batch(delivery, delivery.answer(), Map.of()), findings, 0, 0, 0);
        }
        VendorPages pages = new VendorPages(fhir, findings);
        pages.read(delivery.pages());
        if (!pages.hasReadablePage()) {
            Trouble trouble = pages.troubles().isEmpty()
                    ? new Trouble(Kind.MALFORMED, "The answer has no body")
                    : pages.troubles().getFirst();
            return new Reading(batch(delivery, new Answer.Failed(trouble), Map.of()), findings, 0, 0, 0);
        }
        References references = pages.references();
        Agendas agendas = delivery.flow() == Flow.SOS
                ? new AssociationAgendas(references, delivery.asked(), findings)
                : new PractitionerAgendas(references, delivery.asked(), known, findings);
        SlotReading reading = new SlotReading(delivery, now, references, agendas, findings);
        Map<Subject, Draft> drafts = new HashMap<>();
        int accepted = 0;
        int withheld = 0;
        for (Entry entry : pages.slots()) {
            try {
                SlotReading.Read read = reading.read(entry);
                drafts.computeIfAbsent(read.slot().subject(), subject -> new Draft(read.agenda()))
                        .add(read);
                accepted++;
                if (judged != null) {
                    judged.accept(JudgedEntry.accepted(entry, read.slot()));
                }
            } catch (BadEntry bad) {
                Finding rejection = bad.in(entry);
                withheld += rejection.rule().severity() == Severity.WITHHELD ? 1 : 0;
                findings.add(rejection);
                if (judged != null) {
                    judged.accept(JudgedEntry.rejected(entry, rejection, reading.hints(entry)));
                }
            }
        }
        Map<Subject, Offer> offers = new HashMap<>(drafts.size() * 2);
        drafts.forEach((subject, draft) -> offers.put(subject, draft.offer()));
        return new Reading(
                batch(delivery, answer(delivery, pages), offers),
                findings,
                accepted,
                withheld,
                pages.slots().size() - accepted - withheld);
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

    /** Complete only when nothing speaks against it. */
    private static Answer answer(Delivery delivery, VendorPages pages) {
        if (delivery.answer() instanceof Answer.Partial) {
            return delivery.answer();
        }
        if (!pages.troubles().isEmpty()) {
            return new Answer.Partial(pages.troubles().getFirst());
        }
        int missing = pages.missingSlots(delivery.quirks().contains(Quirk.TOTAL_COUNTS_EVERYTHING));
        return missing == 0
                ? Answer.COMPLETE
                : new Answer.Partial(new Trouble(
                        Kind.PAGE_LOST, "Bundle.total promises " + missing + " more slots than the answer has"));
    }

    /** What one subject offers, while it is put together. */
    private static final class Draft {

        private final Party party;
        private final Map<String, PracticeLocation> places = new LinkedHashMap<>(4);
        private final List<Slot> slots = new ArrayList<>();

        Draft(WhoseAndWhere agenda) {
            this.party = agenda.party();
        }

        void add(SlotReading.Read read) {
            places.putIfAbsent(read.agenda().place().key(), read.agenda().place());
            slots.add(read.slot());
        }

        Offer offer() {
            return new Offer(party, List.copyOf(places.values()), slots);
        }
    }
}
