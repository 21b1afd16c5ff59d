package fr.sas.hub.replay;

import fr.sas.hub.delivery.Deliveries;
import fr.sas.hub.delivery.DeliverySummary;
import fr.sas.hub.index.DeliveryEffect;
import fr.sas.hub.index.Explanations;
import fr.sas.hub.intake.ReadingCounts;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.slot.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds deliveries, and combines what each room knows about them. */
@Component
public class DeliverySearch {

    private static final int AT_ONCE = 200;
    /** The most deliveries examined for one answer; the next page continues from there. */
    private static final int MOST_LOOKED_AT = 5_000;

    private final Deliveries deliveries;
    private final ReadingCounts readings;
    private final Explanations index;

    DeliverySearch(Deliveries deliveries, ReadingCounts readings, Explanations index) {
        this.deliveries = deliveries;
        this.readings = readings;
        this.index = index;
    }

    /** @param about null for every subject; @param before null to begin with the newest */
    record Query(
            Source vendor,
            @Nullable Subject about,
            Window span,
            @Nullable UUID before,
            int atMost) {}

    /** @param next where to continue; null if there are no more */
    public record DeliveryList(
            List<DeliveryDocument> deliveries, @Nullable UUID next) {}

    /** Newest first. */
    DeliveryList find(Query query, Predicate<DeliveryDocument> wanted) {
        List<DeliveryDocument> found = new ArrayList<>();
        UUID before = query.before;
        for (int lookedAt = 0; lookedAt < MOST_LOOKED_AT; lookedAt += AT_ONCE) {
            List<DeliverySummary> some = deliveries.list(query.vendor, query.about, query.span, before, AT_ONCE);
            for (DeliveryDocument document : documents(some)) {
                before = document.id();
                if (wanted.test(document)) {
                    found.add(document);
                }
                if (found.size() == query.atMost) {
                    return new DeliveryList(found, before);
                }
            }
            if (some.size() < AT_ONCE) {
                return new DeliveryList(found, null);
            }
        }
        return new DeliveryList(found, before);
    }

    /** All of them, oldest first: only for spans of an hour or so. */
    List<DeliveryDocument> all(Source vendor, Window span, Predicate<DeliveryDocument> wanted) {
        List<DeliveryDocument> all = new ArrayList<>();
        UUID before = null;
        do {
            DeliveryList found = find(new Query(vendor, null, span, before, MOST_LOOKED_AT), wanted);
            all.addAll(found.deliveries());
            before = found.next();
        } while (before != null);
        Collections.reverse(all);
        return all;
    }

    List<DeliveryDocument> documents(List<DeliverySummary> some) {
        List<UUID> ids = some.stream().map(DeliverySummary::id).toList();
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<UUID, ReadingCounts.Count> read = readings.of(ids);
        Map<UUID, DeliveryEffect> heard = index.effectsOf(ids);
        return some.stream()
                .map(delivery -> DeliveryDocument.of(delivery, read.get(delivery.id()), heard.get(delivery.id())))
                .toList();
    }
}
