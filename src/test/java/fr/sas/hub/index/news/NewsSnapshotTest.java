package fr.sas.hub.index.news;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewsSnapshotTest {

    @Test
    void it_is_read_as_postgresql_writes_it() {
        NewsSnapshot snapshot = NewsSnapshot.parse("795:799:795,797");

        assertThat(snapshot).isEqualTo(new NewsSnapshot(799, Set.of(795L, 797L)));
        assertThat(snapshot).hasToString("795:799:795,797");
        assertThat(NewsSnapshot.parse("800:800:")).hasToString("800:800:");
        assertThat(snapshot.runningAsArray()).matches("\\{(795,797|797,795)}");
    }

    /** Transactions begin and end in any order. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void a_later_one_includes_every_earlier_one_and_only_an_equal_one_the_other_way_round(int seed) {
        List<NewsSnapshot> taken = snapshots(new Random(seed));

        for (int earlier = 0; earlier < taken.size(); earlier++) {
            for (int later = earlier; later < taken.size(); later++) {
                NewsSnapshot first = taken.get(earlier);
                NewsSnapshot last = taken.get(later);
                assertThat(last.includes(first))
                        .as("%s includes %s", last, first)
                        .isTrue();
                assertThat(first.includes(last))
                        .as("%s includes %s", first, last)
                        .isEqualTo(ended(last).equals(ended(first)));
            }
        }
    }

    @Test
    void a_node_that_was_suspended_for_more_than_an_hour_may_lack_some() {
        Instant noon = Instant.parse("2026-03-02T12:00:00Z");
        NewsTables.News read = new NewsTables.News(List.of(), NewsSnapshot.parse("10:10:"), noon);

        assertThat(read.mayLackSomeSince(noon.minusSeconds(3_600))).isFalse();
        assertThat(read.mayLackSomeSince(noon.minusSeconds(3_601))).isTrue();
    }

    @Test
    void many_news_are_sent_in_parts_of_which_only_the_last_leads_on() {
        NewsSnapshot from = NewsSnapshot.parse("10:10:");
        NewsSnapshot to = NewsSnapshot.parse("20:20:");
        List<String> messages = IntStream.range(0, 400)
                .mapToObj(i -> "n@1 changed - " + "8".repeat(2_000) + i)
                .toList();

        List<NewsBatch> parts = new NewsBatch("5@6", from, to, Instant.ofEpochMilli(7), messages)
                .inParts().stream().map(part -> NewsBatch.read(part.write())).toList();

        assertThat(parts).hasSizeGreaterThan(2);
        assertThat(parts.stream().flatMap(part -> part.messages().stream())).isEqualTo(messages);
        assertThat(parts).allMatch(part -> part.database().equals("5@6"));
        assertThat(parts.getLast().to()).isEqualTo(to);
        assertThat(parts.subList(0, parts.size() - 1))
                .allMatch(part -> part.to().equals(from));
    }

    private static List<NewsSnapshot> snapshots(Random dice) {
        List<NewsSnapshot> taken = new ArrayList<>();
        Set<Long> running = new TreeSet<>();
        long next = 100;
        long last = 99;
        for (int step = 0; step < 60; step++) {
            if (dice.nextBoolean()) {
                running.add(next++);
            } else if (!running.isEmpty()) {
                List<Long> all = List.copyOf(running);
                long ending = all.get(dice.nextInt(all.size()));
                running.remove(ending);
                last = Math.max(last, ending);
            }
            // as PostgreSQL does: xmax follows the last one that ended
            long xmax = last + 1;
            taken.add(new NewsSnapshot(
                    xmax, running.stream().filter(one -> one < xmax).collect(Collectors.toSet())));
        }
        return taken;
    }

    /** Of the first two hundred. */
    private static Set<Long> ended(NewsSnapshot snapshot) {
        return java.util.stream.LongStream.range(0, 200)
                .boxed()
                .filter(one -> one < snapshot.xmax() && !snapshot.running().contains(one))
                .collect(Collectors.toSet());
    }
}
