package fr.sas.hub.help;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Limits the requests that one IP address may send to a node: a token bucket that gains one each minute. */
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

    /** Whether one more request from this address is accepted now; if so, it is counted. */
    boolean lets(String address) {
        return buckets.get(address, a -> new Bucket()).take(clock.millis());
    }

    /** For a request that was counted and could not be kept. */
    void giveBack(String address) {
        Bucket bucket = buckets.getIfPresent(address);
        if (bucket != null) {
            bucket.giveBack();
        }
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

        synchronized void giveBack() {
            left = Math.min(most, left + 1);
        }
    }
}
