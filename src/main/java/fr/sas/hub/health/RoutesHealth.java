package fr.sas.hub.health;

import fr.sas.hub.asking.VendorRoutes;
import java.util.List;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Whether the routes in {@code routes/} are running; vendors' own routes are covered by {@link VendorsHealth}. */
@Component("routesHealthIndicator")
class RoutesHealth implements HealthIndicator {

    private final VendorRoutes routes;

    RoutesHealth(VendorRoutes routes) {
        this.routes = routes;
    }

    @Override
    public Health health() {
        if (!routes.areLoaded()) {
            return Health.outOfService()
                    .withDetail("reason", "The routes are not loaded yet")
                    .build();
        }
        List<String> stopped = routes.notRunning();
        return stopped.isEmpty()
                ? Health.up().build()
                : Health.down().withDetail("notRunning", stopped).build();
    }
}
