package fr.sas.hub.explain;

import fr.sas.hub.asking.Roster;
import fr.sas.hub.delivery.Delivery;
import fr.sas.hub.index.Candidate;
import fr.sas.hub.index.Explanation;
import fr.sas.hub.index.Explanations;
import fr.sas.hub.intake.JudgedEntry;
import fr.sas.hub.rule.Rule;
import fr.sas.hub.rule.Severity;
import fr.sas.hub.rule.SlotRule;
import fr.sas.hub.slot.Fate;
import fr.sas.hub.slot.Slot;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.slot.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * The front door of the room: why slots are shown or not. Combines what the index knows about them with what vendors
 * reported but never got there.
 */
@Service
public class SlotExplanations {

    private final Explanations explanations;
    private final Roster roster;
    private final LatestVendorAnswers told;

    SlotExplanations(Explanations explanations, Roster roster, LatestVendorAnswers told) {
        this.explanations = explanations;
        this.roster = roster;
        this.told = told;
    }

    /** @param answers the vendors' latest by then */
    public record Answer(
            Explanation explanation, List<LatestVendorAnswers.Answer> answers, List<ExplainedSlot> slots) {}

    /** @param at null for now */
    public Answer explain(Subject subject, Window window, @Nullable Instant at) {
        Explanation explanation = explanations.explain(subject, window, at);
        List<LatestVendorAnswers.Answer> answers =
                told.latest(subject, vendors(subject, explanation), explanation.at());
        List<ExplainedSlot> slots = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (Candidate candidate : explanation.candidates()) {
            slots.add(ExplainedSlot.of(candidate));
            known.add(candidate.source() + " " + candidate.slot().reference());
        }
        for (LatestVendorAnswers.Answer answer : answers) {
            Set<Slot> booked = booked(subject, answer, at);
            for (LatestVendorAnswers.Entry entry : answer.entries()) {
                if (isAbout(window, entry.entry())
                        && !known.contains(
                                answer.delivery().source() + " " + entry.entry().reference())) {
                    Slot slot = entry.entry().slot();
                    Fate fate = fateOutsideIndex(
                            entry.entry(),
                            answer.delivery().trial(),
                            explanation,
                            slot != null && booked.contains(slot));
                    slots.add(ExplainedSlot.of(
                            entry,
                            fate,
                            fate == Fate.REFUSED
                                    ? explanation.settingsSince()
                                    : answer.delivery().fetchedAt()));
                }
            }
        }
        slots.sort(Comparator.comparing(ExplainedSlot::start, Comparator.nullsLast(Comparator.naturalOrder()))
                .thenComparing(ExplainedSlot::source)
                .thenComparing(ExplainedSlot::reference));
        return new Answer(explanation, answers, slots);
    }

    /** An entry rejected because of its times has none. */
    private static boolean isAbout(Window window, JudgedEntry entry) {
        return entry.start() == null || window.holds(entry.start());
    }

    /** Those that were already booked when the answer brought them, and so never entered the index. */
    private Set<Slot> booked(Subject subject, LatestVendorAnswers.Answer answer, @Nullable Instant at) {
        Delivery delivery = answer.delivery();
        return explanations.keptOutByBookings(
                subject,
                delivery.source(),
                delivery.fetchedAt(),
                answer.entries().stream()
                        .flatMap(entry -> Stream.ofNullable(entry.entry().slot()))
                        .toList(),
                at);
    }

    /**
     * What became of an entry of a delivery that is not in the index.
     *
     * @param trial whether the vendor was on trial when it delivered
     * @param explanation of the entry's subject; null when the delivery was not about them
     * @param booked whether it was already booked when it was delivered
     */
    public static Fate fateOutsideIndex(
            JudgedEntry entry, boolean trial, @Nullable Explanation explanation, boolean booked) {
        Rule code = entry.code();
        if (code != null) {
            return code.severity() == Severity.WITHHELD
                    ? Fate.WITHHELD
                    : code == SlotRule.PAST ? Fate.PAST : Fate.REJECTED;
        }
        Instant end = entry.end();
        if (end != null && explanation != null && !end.isAfter(explanation.at())) {
            return Fate.PAST;
        }
        if (trial) {
            return Fate.VENDOR_ON_TRIAL;
        }
        if (explanation != null && explanation.settings().vendorSlotsHidden()) {
            return Fate.REFUSED;
        }
        return booked ? Fate.BOOKED : Fate.NOT_TAKEN;
    }

    /** Vendors asked today, and those with known data: which vendors were asked in the past is not recorded. */
    private Set<Source> vendors(Subject subject, Explanation explanation) {
        Set<Source> vendors =
                new TreeSet<>(roster.vendorsAskedFor(List.of(subject)).getOrDefault(subject, Set.of()));
        explanation
                .statements()
                .forEach(statement -> vendors.add(statement.status().source()));
        explanation.candidates().forEach(candidate -> vendors.add(candidate.source()));
        vendors.remove(Source.AGENDA);
        return vendors;
    }
}
