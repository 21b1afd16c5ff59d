package fr.sas.hub.health;

import org.springframework.boot.actuate.autoconfigure.health.HealthEndpointProperties;
import org.springframework.boot.actuate.health.SimpleStatusAggregator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.actuate.health.StatusAggregator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Separates vendors' troubles from the hub's: a vendor that is down does not take the hub down. */
@Configuration(proxyBeanMethods = false)
class HealthWords {

    /** The hub is working; something around it needs attention. HTTP 200. */
    static final Status WARN = new Status("WARN");

    private static final String ONLY_THE_VENDOR = "this vendor only: the hub is working";

    /** For a vendor, never for the hub. */
    static final Status VENDOR_DOWN = new Status(Status.DOWN.getCode(), ONLY_THE_VENDOR);

    @Bean
    StatusAggregator aVendorThatIsDownWarns(HealthEndpointProperties properties) {
        StatusAggregator worst =
                new SimpleStatusAggregator(properties.getStatus().getOrder());
        return statuses -> worst.getAggregateStatus(statuses.stream()
                .map(status -> ONLY_THE_VENDOR.equals(status.getDescription()) ? WARN : status)
                .toArray(Status[]::new));
    }
}
