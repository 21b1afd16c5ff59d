package fr.sas.hub.replay;

import fr.sas.hub.access.Authorship;
import fr.sas.hub.access.InstantParameter;
import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.Reason;
import fr.sas.hub.access.VendorParameter;
import fr.sas.hub.index.Difference;
import fr.sas.hub.slot.Slot;
import fr.sas.hub.slot.Source;
import fr.sas.hub.vendor.Vendors;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Replays of deliveries: first a rehearsal that shows what would change, then for real. */
@RestController
@RequestMapping("/api/v1/connectors/{id}/deliveries")
@Tag(name = "Deliveries")
public class ReplayEndpoint {

    private final Replays replays;
    private final Vendors vendors;

    ReplayEndpoint(Replays replays, Vendors vendors) {
        this.replays = replays;
        this.vendors = vendors;
    }

    /** @param dryRun only shows what would change; false if omitted; @param reason required unless it is a dry run */
    record ReplayRequest(@Nullable Boolean dryRun, @Nullable String reason) {}

    /**
     * Either deliveries or an instant.
     *
     * @param failedSince all since then that never reached the index or that had rejected entries
     */
    public record BulkReplayRequest(
            @Nullable Boolean dryRun,
            @Nullable String reason,
            @Nullable List<UUID> deliveries,
            @Nullable String failedSince) {}

    /**
     * @param moreSince with {@code failedSince}: more failed than are replayed at once; the next of them is from
     *     this instant
     * @param difference for a dry run: what would change; null otherwise
     * @param replayed for a real run: the outcome of each, oldest first; empty for a dry run
     */
    public record ReplayReport(
            boolean dryRun,
            List<UUID> deliveries,
            @Nullable Instant moreSince,
            @Nullable DifferenceDocument difference,
            List<DeliveryDocument> replayed) {}

    /** @param changes slots that would appear, disappear or change */
    public record DifferenceDocument(
            List<SlotChange> changes, List<String> overtaken, int shownBefore, int shownAfter) {
        static DifferenceDocument of(Difference difference) {
            return new DifferenceDocument(
                    difference.changes().stream().map(SlotChange::of).toList(),
                    difference.overtaken(),
                    difference.shownBefore(),
                    difference.shownAfter());
        }
    }

    /**
     * @param change appears, vanishes or changes; @param wasStart and {@code wasEnd}: the earlier times if it
     *     changes
     */
    public record SlotChange(
            String change,
            String subject,
            String reference,
            String place,
            Instant start,
            Instant end,
            @Nullable Instant wasStart,
            @Nullable Instant wasEnd) {
        static SlotChange of(Difference.Change change) {
            return switch (change) {
                case Difference.Change.Appears appears -> of("appears", appears.slot(), null);
                case Difference.Change.Vanishes vanishes -> of("vanishes", vanishes.slot(), null);
                case Difference.Change.Changes changes -> of("changes", changes.after(), changes.before());
            };
        }

        private static SlotChange of(String change, Slot slot, @Nullable Slot before) {
            return new SlotChange(
                    change,
                    slot.subject().value(),
                    slot.reference(),
                    slot.place(),
                    slot.start(),
                    slot.end(),
                    before == null ? null : before.start(),
                    before == null ? null : before.end());
        }
    }

    @PostMapping("/{delivery}/replay")
    @Operation(
            summary = "Processes one delivery again; with dryRun only shows what would change",
            description =
                    "Uses the vendor's present descriptor and the delivery's original instant: nothing changes for "
                            + "subjects about which newer data is known; these are listed as overtaken. Idempotent.")
    ReplayReport one(@PathVariable String id, @PathVariable UUID delivery, @RequestBody ReplayRequest request) {
        return replay(vendor(id), new Replays.Selection(List.of(delivery), null), request.dryRun, request.reason);
    }

    @PostMapping("/replay")
    @Operation(
            summary = "The same for a selection, or for all failed since an instant; at most 500 at once, oldest first")
    public ReplayReport several(@PathVariable String id, @RequestBody BulkReplayRequest request) {
        Source vendor = vendor(id);
        if ((request.deliveries == null) == (request.failedSince == null)) {
            throw new InvalidInput(
                    "deliveries",
                    "or failedSince is required, but not both",
                    "Choisissez des livraisons, ou toutes celles en échec depuis un instant, et pas les deux.");
        }
        Replays.Selection wanted = request.deliveries != null
                ? new Replays.Selection(request.deliveries, null)
                : replays.failedSince(
                        vendor, InstantParameter.parse("failedSince", String.valueOf(request.failedSince)));
        if (wanted.deliveries().size() > Replays.MOST_AT_ONCE) {
            throw new InvalidInput(
                    "deliveries",
                    "must be at most " + Replays.MOST_AT_ONCE + " at once",
                    "Choisissez au plus " + Replays.MOST_AT_ONCE + " livraisons à la fois.");
        }
        return replay(vendor, wanted, request.dryRun, request.reason);
    }

    private ReplayReport replay(
            Source vendor, Replays.Selection wanted, @Nullable Boolean dryRun, @Nullable String reason) {
        List<UUID> ids = wanted.deliveries();
        if (Boolean.TRUE.equals(dryRun)) {
            return new ReplayReport(
                    true, ids, wanted.moreSince(), DifferenceDocument.of(replays.rehearse(vendor, ids)), List.of());
        }
        String by = Authorship.current().toString();
        return new ReplayReport(
                false, ids, wanted.moreSince(), null, replays.replay(vendor, ids, by, Reason.read(reason)));
    }

    private Source vendor(String id) {
        return Source.parse(id)
                .filter(source -> vendors.find(source).isPresent())
                .orElseThrow(() -> VendorParameter.unknown(id));
    }
}
