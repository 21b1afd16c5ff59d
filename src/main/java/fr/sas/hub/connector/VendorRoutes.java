package fr.sas.hub.connector;

import fr.sas.hub.slot.Source;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.springframework.stereotype.Component;

/** Fills the route template {@code fetch-slots-from-a-vendor} once per descriptor. */
@Component
class VendorRoutes {

    private static final String TEMPLATE = "fetch-slots-from-a-vendor";
    private static final int SHORTEST_LOOK_MILLIS = 20;
    private static final int LONGEST_LOOK_MILLIS = 250;

    private final CamelContext camel;

    VendorRoutes(CamelContext camel) {
        this.camel = camel;
    }

    void open(VendorDescriptor descriptor) {
        close(descriptor.source());
        int look =
                Math.clamp(1000L / descriptor.poll().maxRequestsPerSecond(), SHORTEST_LOOK_MILLIS, LONGEST_LOOK_MILLIS);
        TemplatedRouteBuilder.builder(camel, TEMPLATE)
                .routeId(idOf(descriptor.source()))
                .parameter("vendor", descriptor.source().name())
                .parameter("lookEvery", look)
                .parameter("concurrency", descriptor.poll().concurrency())
                .add();
    }

    void close(Source source) {
        String id = idOf(source);
        if (camel.getRoute(id) == null) {
            return;
        }
        try {
            camel.getRouteController().stopRoute(id, 1, java.util.concurrent.TimeUnit.SECONDS);
            camel.removeRoute(id);
        } catch (Exception e) {
            throw new IllegalStateException("The route of " + source + " does not stop", e);
        }
    }

    private static String idOf(Source source) {
        return "fetch-slots-from-" + source;
    }
}
