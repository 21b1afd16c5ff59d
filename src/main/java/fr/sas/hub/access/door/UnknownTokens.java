package fr.sas.hub.access.door;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.sas.hub.access.AccessSettings;
import fr.sas.hub.access.Caller;
import fr.sas.hub.access.Wording;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Unknown tokens: counted, logged at most once a minute per address without the token, and rate-limited. An address may
 * send {@code hub.access.free-guesses} of them, plus one each second; beyond that it gets 429, and no thread waits. A
 * client already known at the same address is never limited; a new one waits its second, so that a right guess among
 * wrong ones cannot be told apart (docs/decisions/0042).
 */
@Component
class UnknownTokens {

    static final Wording RULE = new Wording(
            "Too many unknown tokens came from your address; try again in a few seconds",
            "Trop de jetons inconnus sont venus de votre adresse ; réessayez dans quelques secondes.");

    /** Where a token was sent. */
    enum Door {
        BEARER,
        CONSOLE,
        LOGIN
    }

    private static final Logger log = LoggerFactory.getLogger(UnknownTokens.class);
    private static final int MOST_ADDRESSES = 50_000;
    private static final Duration REMEMBERED = Duration.ofHours(1);
    private static final long TOLD_EVERY_MILLIS = 60_000;

    private final AccessSettings settings;
    private final MeterRegistry meters;
    private final Clock clock;
    private final Cache<String, Tries> tries = Caffeine.newBuilder()
            .maximumSize(MOST_ADDRESSES)
            .expireAfterAccess(REMEMBERED)
            .build();
    private final Cache<KnownClient, Boolean> known = Caffeine.newBuilder()
            .maximumSize(MOST_ADDRESSES)
            .expireAfterAccess(REMEMBERED)
            .build();

    private record KnownClient(String address, String client) {}

    UnknownTokens(AccessSettings settings, MeterRegistry meters, Clock clock) {
        this.settings = settings;
        this.meters = meters;
        this.clock = clock;
        for (Door door : Door.values()) {
            meters.counter("hub.access.guesses", "door", label(door));
        }
    }

    /** Whether this client's token is accepted now. */
    boolean lets(HttpServletRequest request, Caller caller) {
        KnownClient client = new KnownClient(request.getRemoteAddr(), caller.id());
        if (known.getIfPresent(client) != null) {
            return true;
        }
        if (isSlowedDown(request)) {
            return false;
        }
        known.put(client, true);
        return true;
    }

    boolean isSlowedDown(HttpServletRequest request) {
        Tries some = tries.getIfPresent(request.getRemoteAddr());
        return some != null && some.areUsedUp(clock.millis());
    }

    /** Counts an unknown token. */
    void count(HttpServletRequest request, Door door) {
        meters.counter("hub.access.guesses", "door", label(door)).increment();
        String address = request.getRemoteAddr();
        int toTell = tries.get(address, a -> new Tries()).one(clock.millis());
        if (toTell > 0) {
            log.warn("{} unknown tokens from {}, the last at {}", toTell, address, request.getServletPath());
        }
    }

    private static String label(Door door) {
        return door.name().toLowerCase(Locale.ROOT);
    }

    /** The state of one address: a leaky bucket that drains by one each second. */
    private final class Tries {

        private double left = settings.freeGuesses();
        private long at = clock.millis();
        private long toldAt = Long.MIN_VALUE;
        private int untold;

        synchronized boolean areUsedUp(long now) {
            refill(now);
            return left < 1;
        }

        /** @return how many came since this was last logged, when it is time to log again; else 0 */
        synchronized int one(long now) {
            refill(now);
            left = Math.max(0, left - 1);
            untold++;
            if (toldAt != Long.MIN_VALUE && now - toldAt < TOLD_EVERY_MILLIS) {
                return 0;
            }
            int told = untold;
            untold = 0;
            toldAt = now;
            return told;
        }

        private void refill(long now) {
            left = Math.min(settings.freeGuesses(), left + Math.max(0, now - at) / 1000.0);
            at = now;
        }
    }
}
