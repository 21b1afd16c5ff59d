package fr.sas.hub.index.freshness;

import fr.sas.hub.slot.Source;
import fr.sas.hub.vendor.Vendor;
import fr.sas.hub.vendor.Vendors;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Decides how far a source is trusted. Evaluated on every answer: no allocation, no lock. */
@Component
public class SourceFreshnessPolicy implements SourceTrust {

    private final FreshnessSettings settings;
    private final Vendors vendors;

    public SourceFreshnessPolicy(FreshnessSettings settings, Vendors vendors) {
        this.settings = settings;
        this.vendors = vendors;
    }

    @Override
    public Instant hiddenFrom(Instant heardAt) {
        return heardAt.plus(settings.hiddenAfter());
    }

    /** The agenda is our own: always fresh. */
    @Override
    public SourceFreshness of(Source source, @Nullable Instant confirmedAt, Instant now) {
        if (source.isAgenda()) {
            return SourceFreshness.FRESH;
        }
        Vendor vendor = vendors.find(source).orElse(null);
        if (vendor == null || !vendor.isShown()) {
            return SourceFreshness.SILENT;
        }
        return byAge(settings, vendor.isDoubted(), confirmedAt, now);
    }

    /** For a vendor that is shown. */
    public static SourceFreshness byAge(
            FreshnessSettings settings, boolean doubted, @Nullable Instant confirmedAt, Instant now) {
        if (confirmedAt == null || !now.isBefore(confirmedAt.plus(settings.hiddenAfter()))) {
            return SourceFreshness.HIDDEN;
        }
        return !doubted && now.isBefore(confirmedAt.plus(settings.unverifiedAfter()))
                ? SourceFreshness.FRESH
                : SourceFreshness.UNVERIFIED;
    }

    /** Whether such a vendor is declared, whatever its status. */
    public boolean isDeclared(Source source) {
        return vendors.find(source).isPresent();
    }

    public Optional<Vendor> vendor(Source source) {
        return vendors.find(source);
    }

    /** Whether this node itself was unable to ask the source the last time it tried. */
    public boolean isHubFailing(Source source) {
        return vendors.isHubFailing(source);
    }

    /** Whether the operator paused this source. */
    public boolean isPaused(Source source) {
        return vendors.find(source)
                .map(vendor -> vendor.status() == Vendor.Status.PAUSED)
                .orElse(false);
    }
}
