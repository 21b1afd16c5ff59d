package fr.sas.hub.asking;

import fr.sas.hub.slot.Source;
import fr.sas.hub.vendor.DescriptorListener;
import fr.sas.hub.vendor.VendorDescriptor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Instantiates a route template once per descriptor: {@code fetch-slots-from-a-vendor}, or the one for vendors that
 * publish files.
 */
@Component
@Order(3)
public class VendorRoutes implements DescriptorListener {

    private static final Logger log = LoggerFactory.getLogger(VendorRoutes.class);
    private static final String TEMPLATE = "fetch-slots-from-a-vendor";
    private static final String PREFIX = "fetch-slots-from-";
    private static final String PUBLICATIONS = "import-what-a-vendor-publishes";
    private static final int SHORTEST_LOOK_MILLIS = 20;
    private static final int LONGEST_LOOK_MILLIS = 250;

    private final CamelContext camel;
    private final Map<Source, VendorDescriptor> awaited = new LinkedHashMap<>();
    private final Set<Source> made = ConcurrentHashMap.newKeySet();
    private boolean templatesAreThere;

    VendorRoutes(CamelContext camel) {
        this.camel = camel;
    }

    /** Camel loads its route files after the beans have started: vendors known by then wait until it has. */
    @EventListener(ApplicationReadyEvent.class)
    synchronized void openThoseAwaited() {
        templatesAreThere = true;
        List<VendorDescriptor> now = List.copyOf(awaited.values());
        awaited.clear();
        now.forEach(this::openOrSayWhyNot);
    }

    /** A vendor whose route cannot be created affects neither the others' nor the hub. */
    private void openOrSayWhyNot(VendorDescriptor descriptor) {
        try {
            open(descriptor);
        } catch (RuntimeException e) {
            log.error("The route of vendor {} could not be created: it will not be asked", descriptor.source(), e);
        }
    }

    @Override
    public void inForce(VendorDescriptor descriptor) {
        if (descriptor.isAsked()) {
            open(descriptor);
        } else {
            onVendorRemoved(descriptor.source());
        }
    }

    private synchronized void open(VendorDescriptor descriptor) {
        if (!templatesAreThere) {
            awaited.put(descriptor.source(), descriptor);
            return;
        }
        onVendorRemoved(descriptor.source());
        made.add(descriptor.source());
        int look =
                Math.clamp(1000L / descriptor.poll().maxRequestsPerSecond(), SHORTEST_LOOK_MILLIS, LONGEST_LOOK_MILLIS);
        TemplatedRouteBuilder.builder(camel, descriptor.isAskedBySubject() ? TEMPLATE : PUBLICATIONS)
                .routeId(idOf(descriptor.source()))
                .parameter("vendor", descriptor.source().name())
                .parameter("lookEvery", look)
                .parameter("concurrency", descriptor.poll().concurrency())
                .add();
    }

    @Override
    public synchronized void onVendorRemoved(Source source) {
        awaited.remove(source);
        made.remove(source);
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

    /** Whether its route exists but no longer checks when the vendor is due. */
    public boolean gaveUp(Source source) {
        ServiceStatus status = camel.getRouteController().getRouteStatus(idOf(source));
        return made.contains(source) && (status == null || !status.isStarted());
    }

    /** Routes that are defined in files but not running; the vendors' own, made from a template, are not included. */
    public List<String> notRunning() {
        return camel.getRoutes().stream()
                .map(Route::getRouteId)
                .filter(id -> !id.startsWith(PREFIX))
                .filter(id -> !camel.getRouteController().getRouteStatus(id).isStarted())
                .sorted()
                .toList();
    }

    /** Whether the routes are loaded and vendors' routes can be created. */
    public synchronized boolean areLoaded() {
        return templatesAreThere;
    }

    private static String idOf(Source source) {
        return PREFIX + source;
    }
}
