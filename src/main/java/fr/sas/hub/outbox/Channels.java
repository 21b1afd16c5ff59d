package fr.sas.hub.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The channels through which this node delivers: those whose route it runs. Letters of other channels are left to nodes of
 * the release that has them.
 */
@Component
class Channels {

    private static final Logger log = LoggerFactory.getLogger(Channels.class);
    private static final String DIRECT = "direct://";
    private static final Duration TELL_EVERY = Duration.ofMinutes(10);

    private final CamelContext camel;
    /** When it was last told, for each channel. */
    private final Map<String, Instant> missed = new ConcurrentHashMap<>();

    Channels(CamelContext camel) {
        this.camel = camel;
    }

    Set<String> running() {
        Set<String> running = camel.getRoutes().stream()
                .filter(route -> address(route).startsWith(DIRECT))
                .filter(route -> camel.getRouteController()
                        .getRouteStatus(route.getRouteId())
                        .isStarted())
                .map(route -> address(route).substring(DIRECT.length()))
                .collect(Collectors.toSet());
        missed.keySet().removeAll(running);
        return running;
    }

    private static String address(Route route) {
        return route.getEndpoint().getEndpointUri();
    }

    /** Logged repeatedly while letters wait: perhaps no node has the route, and nothing else fails. */
    void isMissed(Destination destination, Instant now) {
        Instant told = missed.get(destination.channel());
        if (told == null || !now.isBefore(told.plus(TELL_EVERY))) {
            missed.put(destination.channel(), now);
            log.warn(
                    "No route delivers letters by {} on this node: those to {} and others are left to other nodes",
                    destination.channel(),
                    destination.name());
        }
    }
}
