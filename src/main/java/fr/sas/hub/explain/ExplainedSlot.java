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
 * A candidate slot as whoever asks is told of it.
 *
 * @param reference the source's own name for it
 * @param start and {@code end}: as the source offered it; null when a rejected entry has none that can be read
 * @param sentence the rule that decided, {@code phrase} the same in French
 * @param since since when it decides so; null when nobody knows
 * @param answeredAt when the answer was asked for that brought the slot as it is
 * @param rule why the entry was rejected
 * @param delivery that brought the rejected entry, and {@code path} of it
 * @param shownAs what a search finds of it
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
        List<Found> shownAs) {

    /** A slot of an answer; {@code source} leads. */
    public record Found(String id, Instant start, Instant end, String source, boolean verified) {
        static Found of(MergedSlot slot) {
            return new Found(
                    slot.id(),
                    slot.slot().start(),
                    slot.slot().end(),
                    slot.source().name(),
                    slot.verified());
        }
    }

    /** Of the rule; null when it was not rejected. */
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
                candidate.shownAs().stream().map(Found::of).toList());
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
