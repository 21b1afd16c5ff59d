package fr.sas.hub.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ShelfTest {

    private static final String SLOW = "takes its time";

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch enough = new CountDownLatch(1);
    /** Every value that was on the shelf, for however short a time. */
    private final List<String> seen = new CopyOnWriteArrayList<>();

    private final Shelf<String, String> shelf = new Shelf<>(10, (key, value) -> {
        seen.add(value);
        if (value.equals(SLOW)) {
            begun.countDown();
            awaitEnough();
        }
        return 1;
    });

    @Test
    void what_was_read_before_a_refusal_is_not_on_the_shelf_after_it_for_a_moment() {
        long before = shelf.changesOf("alice");
        shelf.forget("alice");
        shelf.put("alice", "free at noon", before);

        assertThat(seen).isEmpty();
        assertThat(shelf.get("alice")).isNull();
    }

    @Test
    void what_was_read_after_it_stays() {
        long before = shelf.changesOf("alice");
        shelf.forget("alice");
        shelf.put("alice", "refuses", shelf.changesOf("alice"));
        shelf.put("alice", "free at noon", before);

        assertThat(shelf.get("alice")).isEqualTo("refuses");
    }

    @Test
    void nothing_read_before_everything_changed_is_on_the_shelf() {
        long before = shelf.changesOf("alice");
        shelf.put("bruno", "free at noon", shelf.changesOf("bruno"));
        seen.clear();
        shelf.forgetEverything();
        shelf.put("alice", "free at noon", before);

        assertThat(seen).isEmpty();
        assertThat(shelf.get("bruno")).isNull();
    }

    @Test
    void a_refusal_heard_after_everything_changed_does_not_wait_until_all_that_was_held_is_removed() throws Exception {
        shelf.put("bruno", "free at noon", shelf.changesOf("bruno"));
        shelf.put("alice", "free at noon", shelf.changesOf("alice"));
        try (ExecutorService others = Executors.newCachedThreadPool()) {
            try {
                others.execute(() -> shelf.put("bruno", SLOW, shelf.changesOf("bruno")));
                begun.await();
                Future<?> heard = others.submit(() -> {
                    shelf.forgetEverything();
                    shelf.forget("alice");
                });

                await("although bruno's cannot be removed yet").until(heard::isDone);
                assertThat(shelf.get("alice")).isNull();
            } finally {
                enough.countDown();
            }
        }
        assertThat(shelf.get("bruno")).isNull();
    }

    private void awaitEnough() {
        try {
            enough.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
