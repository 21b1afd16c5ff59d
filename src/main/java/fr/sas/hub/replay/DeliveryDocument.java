package fr.sas.hub.replay;

import fr.sas.hub.delivery.DeliverySummary;
import fr.sas.hub.index.DeliveryEffect;
import fr.sas.hub.intake.ReadingCounts;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A delivery in numbers.
 *
 * @param asked national ids
 * @param outcome see {@link Outcome}
 * @param trouble what went wrong, as a code; {@code detail}: as a sentence
 * @param reading the result of reading it; null if it was never read to the end
 * @param index what the index took from it; null if nothing reached it
 */
public record DeliveryDocument(
        UUID id,
        String vendor,
        String flow,
        List<String> asked,
        Instant fetchedAt,
        Instant windowFrom,
        Instant windowTo,
        long tookMs,
        String outcome,
        @Nullable String trouble,
        @Nullable String detail,
        long bytes,
        int pages,
        boolean trial,
        @Nullable Reading reading,
        @Nullable DeliveryEffect index) {

    /** How it ended. */
    public enum Outcome {
        COMPLETE,
        /** The vendor answered only in part. */
        PARTIAL,
        /** The vendor did not answer, or sent nothing usable. */
        FAILED,
        /** The vendor answered, but a step of the hub's own failed: it can be replayed. */
        NOT_INDEXED;

        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Slots by outcome, and everything found wrong by its code, including notes. */
    public record Reading(int accepted, int withheld, int rejected, Map<String, Integer> codes) {
        static Reading of(ReadingCounts.Count count) {
            return new Reading(count.accepted(), count.withheld(), count.rejected(), new TreeMap<>(count.codes()));
        }
    }

    static DeliveryDocument of(
            DeliverySummary delivery, ReadingCounts.@Nullable Count reading, @Nullable DeliveryEffect index) {
        Answer.Trouble trouble = trouble(delivery.answer());
        return new DeliveryDocument(
                delivery.id(),
                delivery.source().name(),
                delivery.flow().name().toLowerCase(Locale.ROOT),
                delivery.asked().stream().map(Subject::value).sorted().toList(),
                delivery.fetchedAt(),
                delivery.window().from(),
                delivery.window().to(),
                delivery.took().toMillis(),
                outcome(delivery, index).code(),
                trouble == null
                        ? null
                        : trouble.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                trouble == null ? null : trouble.detail(),
                delivery.bytes(),
                delivery.pages(),
                delivery.trial(),
                reading == null ? null : Reading.of(reading),
                index);
    }

    /** Nothing from a vendor on trial is indexed, so nothing is missing. */
    static Outcome outcome(DeliverySummary delivery, @Nullable DeliveryEffect index) {
        return switch (delivery.answer()) {
            case Answer.Failed failed -> Outcome.FAILED;
            case Answer.Complete complete ->
                index == null && !delivery.trial() ? Outcome.NOT_INDEXED : Outcome.COMPLETE;
            case Answer.Partial partial -> index == null && !delivery.trial() ? Outcome.NOT_INDEXED : Outcome.PARTIAL;
        };
    }

    private static Answer.@Nullable Trouble trouble(Answer answer) {
        return switch (answer) {
            case Answer.Complete complete -> null;
            case Answer.Partial partial -> partial.trouble();
            case Answer.Failed failed -> failed.trouble();
        };
    }
}
