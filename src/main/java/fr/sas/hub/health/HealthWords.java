package fr.sas.hub.health;

import org.springframework.boot.actuate.autoconfigure.health.HealthEndpointProperties;
import org.springframework.boot.actuate.health.SimpleStatusAggregator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.actuate.health.StatusAggregator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Whose trouble is whose: a vendor that is down is down, and the hub is not. */
@Configuration(proxyBeanMethods = false)
class HealthWords {

    /** The hub answers; something beside it needs a look. HTTP 200. */
    static final Status WARN = new Status("WARN");

    private static final String ONLY_THE_VENDOR = "this vendor only: the hub answers";

    /** Of a vendor, never of the hub. */
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
