package fr.sas.hub.health;

import static fr.sas.hub.health.HealthWords.WARN;

import fr.sas.hub.vendor.Descriptors;
import fr.sas.hub.vendor.Vendors;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Whether the folder of descriptors is usable. If no vendor is in force because of it, the hub is not ready; otherwise
 * what was in force before remains, and it is only a warning.
 */
@Component("descriptorsHealthIndicator")
class DescriptorsHealth implements HealthIndicator {

    private final Descriptors descriptors;
    private final Vendors vendors;

    DescriptorsHealth(Descriptors descriptors, Vendors vendors) {
        this.descriptors = descriptors;
        this.vendors = vendors;
    }

    @Override
    public Health health() {
        int refused = descriptors.refusals().size();
        boolean readable = descriptors.isFolderReadable();
        if (readable && refused == 0) {
            return Health.up().build();
        }
        boolean nobody = vendors.list().isEmpty();
        return (nobody ? Health.outOfService() : Health.status(WARN))
                .withDetail(
                        "reason",
                        (readable ? "Descriptors are refused" : "The folder of descriptors cannot be read")
                                + (nobody ? ", and no vendor is in force" : "; vendors remain as they were"))
                .withDetail("refused", refused)
                .build();
    }
}
