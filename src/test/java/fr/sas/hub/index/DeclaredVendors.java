package fr.sas.hub.index;

import fr.sas.hub.index.freshness.FreshnessSettings;
import fr.sas.hub.index.freshness.SourceFreshnessPolicy;
import fr.sas.hub.slot.Source;
import fr.sas.hub.vendor.Vendor;
import fr.sas.hub.vendor.Vendors;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Vendors in force without a descriptor. */
public final class DeclaredVendors extends Vendors {

    public static final Duration UNVERIFIED_AFTER = Duration.ofMinutes(5);
    public static final Duration HIDDEN_AFTER = Duration.ofMinutes(20);

    private final Map<Source, Vendor> declared = new HashMap<>();

    @Override
    public Optional<Vendor> find(Source source) {
        return Optional.ofNullable(declared.get(source));
    }

    public void live(Source source, boolean doubted) {
        declared.put(source, new Vendor(source, source.name(), Vendor.Status.LIVE, true, doubted, false));
    }

    /** The rules that the hub goes by, over these vendors. */
    public SourceFreshnessPolicy policy() {
        return new SourceFreshnessPolicy(new FreshnessSettings(UNVERIFIED_AFTER, HIDDEN_AFTER), this);
    }
}
