package fr.sas.hub.health;

import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.VendorParameter;
import fr.sas.hub.asking.PollSignal;
import fr.sas.hub.asking.PollTargets;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.vendor.Overrides;
import fr.sas.hub.vendor.StatusOverride;
import fr.sas.hub.vendor.Vendor;
import fr.sas.hub.vendor.VendorDescriptor;
import fr.sas.hub.vendor.Vendors;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What operators can do to a vendor without touching its descriptor. Each action is recorded with who, when and why,
 * takes effect on every node within a second, and survives a restart (docs/decisions/0025).
 */
@Service
class VendorActions {

    enum Kind {
        PAUSE,
        RESUME,
        ASK_NOW,
        TRIAL,
        LIVE,
        FORGET_BREAKER;

        String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final Vendors vendors;
    private final Overrides overrides;
    private final PollTargets targets;
    private final PollSignal pollSignal;
    private final Clock clock;

    VendorActions(Vendors vendors, Overrides overrides, PollTargets targets, PollSignal pollSignal, Clock clock) {
        this.vendors = vendors;
        this.overrides = overrides;
        this.targets = targets;
        this.pollSignal = pollSignal;
        this.clock = clock;
    }

    /** @param subjects for {@link Kind#ASK_NOW} only; empty for everyone the vendor is polled for */
    @Transactional
    void perform(Source source, Kind kind, List<Subject> subjects, String by, String reason) {
        VendorDescriptor vendor = vendors.descriptor(source).orElseThrow(() -> VendorParameter.unknown(source.name()));
        Instant now = clock.instant();
        StatusOverride before = overrides.lock(source).status();
        StatusOverride from = new StatusOverride(
                before != null && before.paused(),
                before == null ? null : before.status(),
                vendor.declared(),
                now,
                by,
                reason);
        switch (kind) {
            case PAUSE -> overrides.save(source, from.paused(true));
            case RESUME -> resume(vendor, from);
            case TRIAL -> overrides.save(source, from.with(Vendor.Status.TRIAL));
            case LIVE -> overrides.save(source, from.with(Vendor.Status.LIVE));
            case FORGET_BREAKER -> overrides.forgetBreaker(source, now);
            case ASK_NOW -> askNow(vendor, subjects, now);
        }
        overrides.record(source, new Overrides.Action(now, kind.code(), by, reason));
    }

    private void resume(VendorDescriptor vendor, StatusOverride from) {
        if (vendor.declared() == Vendor.Status.PAUSED && from.status() == null) {
            throw new InvalidInput(
                    "action",
                    "has no effect: the vendor is paused by its descriptor; use live or trial to override it",
                    "L'éditeur est en pause par son descripteur ; mettez-le en service ou à l'essai pour passer outre.");
        }
        overrides.save(vendor.source(), from.paused(false));
    }

    private void askNow(VendorDescriptor vendor, List<Subject> subjects, Instant now) {
        if (vendor.status() == Vendor.Status.PAUSED) {
            throw new InvalidInput(
                    "action",
                    "has no effect: the vendor is paused; resume it first",
                    "L'éditeur est en pause ; reprenez-le d'abord.");
        }
        targets.askNow(vendor.source(), subjects, now);
        pollSignal.wakeAfterCommit();
    }
}
