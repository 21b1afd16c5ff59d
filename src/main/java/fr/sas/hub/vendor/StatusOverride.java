package fr.sas.hub.vendor;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An operator's override of a vendor's status. It lasts as long as the descriptor declares the same status as it did
 * then: changing the file takes precedence (docs/decisions/0025).
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

    /** Whether it overrides anything in the descriptor. */
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
