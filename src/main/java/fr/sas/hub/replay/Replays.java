package fr.sas.hub.replay;

import fr.sas.hub.access.NotFound;
import fr.sas.hub.delivery.Deliveries;
import fr.sas.hub.delivery.Delivery;
import fr.sas.hub.index.Difference;
import fr.sas.hub.index.Rehearsal;
import fr.sas.hub.intake.Intake;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Window;
import fr.sas.hub.vendor.ActionLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Processes stored deliveries again with the vendor's present descriptor. Each keeps its own instant: newer data is not
 * overwritten, and replaying the same delivery twice has the effect of once.
 */
@Service
class Replays {

    static final int MOST_AT_ONCE = 500;
    private static final Duration LOOKED_AT_ONCE = Duration.ofHours(1);
    private static final String ROUTE = "direct:delivery-arrived";
    private static final String ROUTE_ONCE_READ = "direct:delivery-read";

    private final Deliveries deliveries;
    private final DeliverySearch search;
    private final Intake intake;
    private final Rehearsal rehearsal;
    private final ActionLog actions;
    private final ProducerTemplate routes;
    private final Clock clock;

    Replays(
            Deliveries deliveries,
            DeliverySearch search,
            Intake intake,
            Rehearsal rehearsal,
            ActionLog actions,
            ProducerTemplate routes,
            Clock clock) {
        this.deliveries = deliveries;
        this.search = search;
        this.intake = intake;
        this.rehearsal = rehearsal;
        this.actions = actions;
        this.routes = routes;
        this.clock = clock;
    }

    /**
     * @param deliveries oldest first
     * @param moreSince instant of the first of the remaining ones; null if there are no more
     */
    record Selection(List<UUID> deliveries, @Nullable Instant moreSince) {}

    /** Those that never reached the index, and those with rejected entries: the oldest {@link #MOST_AT_ONCE}. */
    Selection failedSince(Source vendor, Instant since) {
        Instant end = clock.instant().plusSeconds(1);
        Instant oldest = deliveries.oldest(vendor).orElse(end);
        Map<UUID, Instant> failed = new LinkedHashMap<>();
        for (Instant from = since.isAfter(oldest) ? since : oldest;
                from.isBefore(end) && failed.size() <= MOST_AT_ONCE;
                from = from.plus(LOOKED_AT_ONCE)) {
            search.all(vendor, new Window(from, from.plus(LOOKED_AT_ONCE)), Replays::failed)
                    .forEach(one -> failed.put(one.id(), one.fetchedAt()));
        }
        return new Selection(
                failed.keySet().stream().limit(MOST_AT_ONCE).toList(),
                failed.values().stream().skip(MOST_AT_ONCE).findFirst().orElse(null));
    }

    private static boolean failed(DeliveryDocument delivery) {
        return delivery.outcome().equals(DeliveryDocument.Outcome.NOT_INDEXED.code())
                || delivery.reading() != null && delivery.reading().rejected() > 0;
    }

    /**
     * What replaying them in order would change; nothing is changed. They are read as a replay reads them, but not by
     * the route: its reading counts entries in metrics and has answers compared with the profiles, neither of which is
     * rolled back. From there on they go the route's way.
     */
    Difference rehearse(Source vendor, Collection<UUID> ids) {
        Instant now = clock.instant();
        return rehearsal.of(
                inOrder(vendor, ids).stream()
                        .filter(delivery -> !delivery.trial())
                        .map(delivery -> intake.inspect(delivery, now).batch())
                        .toList(),
                batch -> routes.sendBody(ROUTE_ONCE_READ, batch));
    }

    /** @return the outcome of each, oldest first */
    List<DeliveryDocument> replay(Source vendor, Collection<UUID> ids, String by, String reason) {
        List<Delivery> inOrder = inOrder(vendor, ids);
        actions.record(vendor, "replay", by, reason + " (" + inOrder.size() + ")");
        inOrder.forEach(delivery -> routes.sendBody(ROUTE, delivery));
        return search.documents(inOrder.stream().map(Delivery::summary).toList());
    }

    private List<Delivery> inOrder(Source vendor, Collection<UUID> ids) {
        return ids.stream()
                .distinct()
                .map(id -> deliveries
                        .forReplay(vendor, id)
                        .orElseThrow(() -> new NotFound(
                                "There is no delivery " + id + " of " + vendor + ", or it is no longer stored",
                                "Cette livraison n'existe pas, ou elle n'est plus conservée.")))
                .sorted(Comparator.comparing(Delivery::fetchedAt).thenComparing(Delivery::id))
                .toList();
    }
}
