package fr.sas.hub.index;

import fr.sas.hub.slot.Source;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How far words were trusted at an instant of the past, with each vendor as it stood then. */
record PastTrust(FreshnessSettings freshness, Map<Source, Known> vendors) implements Trust {

    /** A vendor, and since when it stood as it did. */
    record Known(VendorThen vendor, Instant since) {}

    @Override
    public Instant hiddenFrom(Instant heardAt) {
        return heardAt.plus(freshness.hiddenAfter());
    }

    @Override
    public SourceFreshness of(Source source, @Nullable Instant confirmedAt, Instant now) {
        if (source.isAgenda()) {
            return SourceFreshness.FRESH;
        }
        Known then = vendors.get(source);
        if (then == null || !then.vendor.shown()) {
            return SourceFreshness.SILENT;
        }
        return SourceFreshnessPolicy.byAge(freshness, then.vendor.doubted(), confirmedAt, now);
    }
}
