package fr.sas.hub.explain;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import fr.sas.hub.index.Candidate;
import fr.sas.hub.index.MergedSlot;
import fr.sas.hub.intake.JudgedEntry;
import fr.sas.hub.rule.Rule;
import fr.sas.hub.slot.Fate;
import fr.sas.hub.slot.Slot;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A candidate slot, as explained to the caller.
 *
 * @param reference the source's own name for it
 * @param start and {@code end}: as offered by the source; null if unreadable in a rejected entry
 * @param sentence the rule that decided; {@code phrase} is the same in French
 * @param since since when it has decided so; null if unknown
 * @param answeredAt when the request was sent whose answer brought the slot in its present form
 * @param rule why the entry was rejected
 * @param delivery that contained the rejected entry, and {@code path} its path there
 * @param shownAs as found by a search
 */
public record ExplainedSlot(
        String source,
        String reference,
        @Nullable Instant start,
        @Nullable Instant end,
        @Nullable String place,
        Fate fate,
        boolean shown,
        String sentence,
        String phrase,
        @Nullable Instant since,
        Instant answeredAt,
        @JsonIgnore @Nullable Rule rule,
        @Nullable UUID delivery,
        @Nullable String path,
        List<ShownSlot> shownAs) {

    /** A slot in a search's answer; {@code source} leads. */
    public record ShownSlot(String id, Instant start, Instant end, String source, boolean verified) {
        static ShownSlot of(MergedSlot slot) {
            return new ShownSlot(
                    slot.id(),
                    slot.slot().start(),
                    slot.slot().end(),
                    slot.source().name(),
                    slot.verified());
        }
    }

    /** The code of the rule; null if it was not rejected. */
    @JsonProperty
    public @Nullable String code() {
        return rule == null ? null : rule.id();
    }

    static ExplainedSlot of(Candidate candidate) {
        Slot slot = candidate.slot();
        Fate fate = candidate.fate();
        return new ExplainedSlot(
                candidate.source().name(),
                slot.reference(),
                slot.start(),
                slot.end(),
                slot.place(),
                fate,
                fate.isShown(),
                fate.sentence(),
                fate.sentenceInFrench(),
                candidate.since(),
                candidate.changedAt(),
                null,
                null,
                null,
                candidate.shownAs().stream().map(ShownSlot::of).toList());
    }

    /** An entry of a delivery that never reached the index. */
    static ExplainedSlot of(LatestVendorAnswers.Entry told, Fate fate, @Nullable Instant since) {
        JudgedEntry entry = told.entry();
        boolean judged = entry.sentence() != null;
        return new ExplainedSlot(
                told.delivery().source().name(),
                entry.reference(),
                entry.start(),
                entry.end(),
                entry.slot() == null ? null : entry.slot().place(),
                fate,
                false,
                fate.sentence() + (judged ? ". " + entry.sentence() : ""),
                fate.sentenceInFrench() + (judged ? ". " + entry.sentenceInFrench() : ""),
                since,
                told.delivery().fetchedAt(),
                entry.code(),
                told.delivery().id(),
                entry.path(),
                List.of());
    }
}
