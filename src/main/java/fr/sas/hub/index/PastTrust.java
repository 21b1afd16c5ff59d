package fr.sas.hub.index;

import fr.sas.hub.index.freshness.FreshnessSettings;
import fr.sas.hub.index.freshness.SourceFreshness;
import fr.sas.hub.index.freshness.SourceFreshnessPolicy;
import fr.sas.hub.index.freshness.SourceTrust;
import fr.sas.hub.slot.Source;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How far sources were trusted at an instant in the past, with each vendor's state at that time. */
record PastTrust(FreshnessSettings freshness, Map<Source, RecordedVendor> vendors) implements SourceTrust {

    /** A vendor's state, and since when. */
    record RecordedVendor(VendorThen vendor, Instant since) {}

    @Override
    public Instant hiddenFrom(Instant heardAt) {
        return heardAt.plus(freshness.hiddenAfter());
    }

    @Override
    public SourceFreshness of(Source source, @Nullable Instant confirmedAt, Instant now) {
        if (source.isAgenda()) {
            return SourceFreshness.FRESH;
        }
        RecordedVendor then = vendors.get(source);
        if (then == null || !then.vendor.shown()) {
            return SourceFreshness.SILENT;
        }
        return SourceFreshnessPolicy.byAge(freshness, then.vendor.doubted(), confirmedAt, now);
    }
}
