package fr.sas.hub.search;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Weigher;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * What a node holds in memory, bounded by weight. It counts the changes received, by stripe: anything read before a change is
 * stale after it. Recording a change never waits.
 */
final class Shelf<K, V> {

    private final AtomicLongArray changes = new AtomicLongArray(4096);
    private final long maximumWeight;
    private final Weigher<K, V> weigher;
    private volatile Cache<K, V> held;

    Shelf(long maximumWeight, Weigher<K, V> weigher) {
        this.maximumWeight = maximumWeight;
        this.weigher = weigher;
        this.held = empty();
    }

    private Cache<K, V> empty() {
        return Caffeine.newBuilder()
                .maximumWeight(maximumWeight)
                .weigher(weigher)
                .build();
    }

    @Nullable
    V get(K key) {
        return held.getIfPresent(key);
    }

    /** To be taken before the value is read that is put here. */
    long changesOf(K key) {
        return changes.get(stripe(key));
    }

    /**
     * Keeps a value unless a change of its key was heard of since {@code before} was counted. Nobody sees an outdated
     * value, however long this thread is held up; a newer value stays.
     */
    void put(K key, V read, long before) {
        Cache<K, V> shelf = held;
        shelf.asMap().compute(key, (same, newer) -> changesOf(key) == before ? read : newer);
        if (changesOf(key) != before) { // a shelf that is emptied does not see what is being put on it
            shelf.asMap().remove(key, read);
        }
    }

    void forget(K key) {
        changes.incrementAndGet(stripe(key));
        held.invalidate(key);
    }

    /** In one step, whatever its size: the next change does not wait for hundreds of thousands of entries to be removed one by one. */
    void forgetEverything() {
        for (int stripe = 0; stripe < changes.length(); stripe++) {
            changes.incrementAndGet(stripe);
        }
        held = empty();
    }

    private static int stripe(Object key) {
        return (key.hashCode() * 0x9E3779B9) >>> 20;
    }
}
