package fr.sas.hub.index;

import fr.sas.hub.connector.Vendor;
import fr.sas.hub.connector.Vendors;
import fr.sas.hub.slot.Source;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Decides how far a source is trusted. Asked on every answer: no allocation, no lock. */
@Component
public class Standings implements Trust {

    private final FreshnessSettings settings;
    private final Vendors vendors;

    Standings(FreshnessSettings settings, Vendors vendors) {
        this.settings = settings;
        this.vendors = vendors;
    }

    /** The agenda is ours: what it says is always fresh. */
    @Override
    public Standing of(Source source, @Nullable Instant confirmedAt, Instant now) {
        if (source.isAgenda()) {
            return Standing.FRESH;
        }
        Vendor vendor = vendors.find(source).orElse(null);
        if (vendor == null || !vendor.isShown()) {
            return Standing.SILENT;
        }
        return byAge(settings, vendor.isDoubted(), confirmedAt, now);
    }

    /** Of the word of a vendor that is shown. */
    static Standing byAge(FreshnessSettings settings, boolean doubted, @Nullable Instant confirmedAt, Instant now) {
        if (confirmedAt == null || !now.isBefore(confirmedAt.plus(settings.hiddenAfter()))) {
            return Standing.HIDDEN;
        }
        return !doubted && now.isBefore(confirmedAt.plus(settings.unverifiedAfter()))
                ? Standing.FRESH
                : Standing.UNVERIFIED;
    }

    /** Whether there is such a vendor, whatever its status. */
    boolean isDeclared(Source source) {
        return vendors.find(source).isPresent();
    }

    Optional<Vendor> vendor(Source source) {
        return vendors.find(source);
    }

    /** Whether the operator paused this source. */
    public boolean isPaused(Source source) {
        return vendors.find(source)
                .map(vendor -> vendor.status() == Vendor.Status.PAUSED)
                .orElse(false);
    }
}
