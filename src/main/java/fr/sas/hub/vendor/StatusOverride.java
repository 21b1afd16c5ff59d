package fr.sas.hub.vendor;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What operators made of a vendor. It holds as long as the descriptor declares the status that it declared then: who
 * changes the file has the last word (docs/decisions/0025).
 *
 * @param status null: as declared
 */
public record StatusOverride(
        boolean paused,
        Vendor.@Nullable Status status,
        Vendor.Status declared,
        Instant since,
        String by,
        String reason) {

    /** Whether it says anything beside the descriptor. */
    boolean saysSomething() {
        return paused || status != null;
    }

    public StatusOverride paused(boolean now) {
        return new StatusOverride(now, status, declared, since, by, reason);
    }

    public StatusOverride with(Vendor.Status now) {
        return new StatusOverride(paused, now == declared ? null : now, declared, since, by, reason);
    }
}
