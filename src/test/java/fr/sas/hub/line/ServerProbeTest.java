package fr.sas.hub.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The hub's own pace is no fault of the vendor's. */
class ServerProbeTest {

    private static final int PAGES = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final AtomicInteger served = new AtomicInteger();
    private HttpServer vendor;

    @BeforeEach
    void eightPagesAtOnce() throws IOException {
        vendor = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        vendor.createContext("/", exchange -> {
            int page = served.incrementAndGet();
            String next = page < PAGES
                    ? "[{\"relation\": \"next\", \"url\": \"" + base() + "/Slot?page=" + (page + 1) + "\"}]"
                    : "[]";
            byte[] body = ("{\"resourceType\": \"Bundle\", \"link\": " + next + "}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        vendor.start();
    }

    @AfterEach
    void close() {
        vendor.stop(0);
    }

    private URI base() {
        return URI.create("http://127.0.0.1:" + vendor.getAddress().getPort());
    }

    private ServerProbe probe(BooleanSupplier turn) {
        return new ServerProbe(
                HttpClient.newHttpClient(), base(), null, ServerProbe.Bounds.OF_THE_GUIDE.within(PATIENCE), turn);
    }

    /** Five a second: the pages wait longer for their turns than the vendor may take for them. */
    @Test
    void waiting_for_a_turn_is_not_counted() {
        RateLimiter five = RateLimiter.of(
                "five",
                RateLimiterConfig.custom()
                        .limitForPeriod(1)
                        .limitRefreshPeriod(Duration.ofMillis(200))
                        .timeoutDuration(Duration.ofSeconds(5))
                        .build());
        try (ServerProbe probe = probe(five::acquirePermission)) {
            ServerProbe.Pages pages = probe.ask(probe.below("/Slot"));

            assertThat(pages.trouble()).isNull();
            assertThat(pages.pages()).hasSize(PAGES);
            assertThat(pages.took()).isLessThan(PATIENCE);
        }
    }

    @Test
    void whoever_gets_no_turn_sends_nothing_and_is_told_so() {
        try (ServerProbe probe = probe(() -> false)) {
            assertThatThrownBy(() -> probe.get(probe.below("/metadata"), "*/*")).isInstanceOf(ServerProbe.NoTurn.class);
            assertThatThrownBy(() -> probe.ask(probe.below("/Slot"))).isInstanceOf(ServerProbe.NoTurn.class);
            assertThat(served).hasValue(0);

            assertThat(probe.writeOutOfTurn("PUT", probe.below("/Practitioner"), new byte[0])
                            .status())
                    .isEqualTo(200);
        }
    }
}
