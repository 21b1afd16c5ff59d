package fr.sas.hub.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import fr.sas.hub.testing.HubTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Nodes of two releases share one outbox (docs/upgrade.md). */
@HubTest
class ChannelsOfOtherReleasesTest {

    private static final Destination OF_THE_NEXT =
            new Destination("of-the-next-release", "by-a-route-of-the-next-release");
    private static final Destination OF_THIS = new Destination("of-this-release", "by-a-route-of-this-release");

    @Autowired
    Outbox outbox;

    @Autowired
    Destinations destinations;

    @Autowired
    CamelContext camel;

    @Autowired
    PlatformTransactionManager transactions;

    @AfterEach
    void both_are_forgotten() throws Exception {
        for (Destination destination : List.of(OF_THE_NEXT, OF_THIS)) {
            destinations.forget(destination.name());
            camel.getRouteController().stopRoute(destination.channel());
            camel.removeRoute(destination.channel());
        }
    }

    @Test
    void letters_of_a_channel_without_a_route_are_left_to_other_nodes_and_count_no_failure() throws Exception {
        camel.addRoutes(delivering(OF_THIS));
        put(OF_THE_NEXT);

        put(OF_THIS);
        await().until(() -> outbox.pendingOf(OF_THIS.channel(), "all").isEmpty());
        put(OF_THIS);
        await().until(() -> outbox.pendingOf(OF_THIS.channel(), "all").isEmpty());

        assertThat(outbox.pendingOf(OF_THE_NEXT.channel(), "all"))
                .extracting(PendingLetter::attempts)
                .containsExactly(0);
        assertThat(destinations
                        .status(OF_THE_NEXT.name(), Instant.now())
                        .orElseThrow()
                        .failures())
                .isZero();

        camel.addRoutes(delivering(OF_THE_NEXT));
        await().until(() -> outbox.pendingOf(OF_THE_NEXT.channel(), "all").isEmpty());
    }

    @Test
    void that_letters_wait_for_a_route_is_told_every_ten_minutes_until_it_runs() throws Exception {
        Channels channels = new Channels(camel);
        Instant noon = Instant.parse("2026-06-12T12:00:00Z");
        ListAppender<ILoggingEvent> told = new ListAppender<>();
        Logger log = (Logger) LoggerFactory.getLogger(Channels.class);
        told.start();
        log.addAppender(told);
        try {
            channels.isMissed(OF_THIS, noon);
            channels.isMissed(OF_THIS, noon.plus(Duration.ofMinutes(9)));
            channels.isMissed(OF_THIS, noon.plus(Duration.ofMinutes(10)));
            channels.isMissed(OF_THIS, noon.plus(Duration.ofMinutes(11)));

            camel.addRoutes(delivering(OF_THIS));
            assertThat(channels.running()).contains(OF_THIS.channel());
            channels.isMissed(OF_THIS, noon.plus(Duration.ofMinutes(12)));
        } finally {
            log.detachAppender(told);
        }

        assertThat(told.list)
                .filteredOn(event -> event.getFormattedMessage().contains(OF_THIS.name()))
                .hasSize(3);
    }

    private void put(Destination destination) {
        new TransactionTemplate(transactions)
                .executeWithoutResult(transaction ->
                        outbox.put(destination, "all", UUID.randomUUID().toString(), Outbox.QueuePolicy.EVERY_CHANGE));
    }

    private static RouteBuilder delivering(Destination destination) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:" + destination.channel())
                        .routeId(destination.channel())
                        .setBody(exchange -> SendResult.DELIVERED);
            }
        };
    }
}
