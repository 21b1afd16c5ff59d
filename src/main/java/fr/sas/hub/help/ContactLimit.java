package fr.sas.hub.help;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** How many requests one address of the network may send to a node: a bucket that runs full by one each minute. */
@Component
class ContactLimit {

    private static final int MOST_ADDRESSES = 20_000;
    private static final double MILLIS_EACH = 60_000;

    private final int most;
    private final Clock clock;
    private final Cache<String, Bucket> buckets;

    ContactLimit(ContactSettings settings, Clock clock) {
        this.most = settings.freeRequests();
        this.clock = clock;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MOST_ADDRESSES)
                .expireAfterAccess(Duration.ofDays(1))
                .build();
    }

    /** Whether one more is taken from this address now; it is counted then. */
    boolean lets(String address) {
        return buckets.get(address, a -> new Bucket()).take(clock.millis());
    }

    private final class Bucket {

        private double left = most;
        private long at = clock.millis();

        synchronized boolean take(long now) {
            left = Math.min(most, left + Math.max(0, now - at) / MILLIS_EACH);
            at = now;
            if (left < 1) {
                return false;
            }
            left--;
            return true;
        }
    }
}
