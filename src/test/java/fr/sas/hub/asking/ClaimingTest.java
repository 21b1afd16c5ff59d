package fr.sas.hub.asking;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.HubTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Whom to ask is claimed in the database: nobody is asked for twice, nobody is forgotten. */
@HubTest
class ClaimingTest {

    private static final Source VENDOR = new Source("claimed");
    private static final Instant NOW = Instant.parse("2026-06-12T08:00:00Z");

    /** Practitioners of other tests may have refused to be asked for. */
    private static final int OF_OUR_OWN = 770_000;

    @Autowired
    PollTargets targets;

    @Autowired
    JdbcTemplate jdbc;

    @BeforeEach
    @AfterEach
    void nobody_to_ask_for() {
        jdbc.update("DELETE FROM connector_target WHERE source = ?", VENDOR.name());
    }

    @Test
    void many_nodes_at_once_claim_everybody_and_nobody_twice() throws Exception {
        targets.add(VENDOR, practitioners(1_000), NOW);
        List<Subject> claimed = new ArrayList<>();
        try (ExecutorService nodes = Executors.newFixedThreadPool(8)) {
            Callable<List<Subject>> node = () -> {
                List<Subject> mine = new ArrayList<>();
                Set<Subject> some = targets.claim(VENDOR, true, 25, NOW, NOW.plusSeconds(60));
                while (!some.isEmpty()) {
                    mine.addAll(some);
                    some = targets.claim(VENDOR, true, 25, NOW, NOW.plusSeconds(60));
                }
                return mine;
            };
            for (Future<List<Subject>> one : nodes.invokeAll(java.util.Collections.nCopies(8, node))) {
                claimed.addAll(one.get());
            }
        }

        assertThat(claimed).hasSize(1_000).doesNotHaveDuplicates();
    }

    @Test
    void the_claims_of_a_node_that_was_killed_come_back() {
        targets.add(VENDOR, practitioners(3), NOW);
        assertThat(targets.claim(VENDOR, true, 25, NOW, NOW.plusSeconds(60))).hasSize(3);

        assertThat(targets.claim(VENDOR, true, 25, NOW.plusSeconds(59), NOW.plusSeconds(120)))
                .isEmpty();
        assertThat(targets.claim(VENDOR, true, 25, NOW.plusSeconds(60), NOW.plusSeconds(120)))
                .hasSize(3);
    }

    @Test
    void those_in_demand_come_first_however_long_the_others_have_waited() {
        List<PractitionerId> idle = practitioners(200);
        targets.add(VENDOR, idle, NOW.minus(Duration.ofHours(1)));
        Subject wanted = idle.get(150);
        targets.inDemand(VENDOR, List.of(wanted), NOW.plus(Duration.ofHours(1)), Duration.ofMinutes(1), NOW);

        assertThat(targets.claim(VENDOR, true, 1, NOW, NOW.plusSeconds(60))).containsExactly(wanted);
        assertThat(targets.claim(VENDOR, true, 25, NOW, NOW.plusSeconds(60))).hasSize(25);
    }

    @Test
    void those_in_demand_are_due_again_sooner_than_the_others() {
        List<PractitionerId> two = practitioners(2);
        targets.add(VENDOR, two, NOW);
        targets.inDemand(VENDOR, two.subList(0, 1), NOW.plus(Duration.ofHours(1)), Duration.ofMinutes(1), NOW);
        Set<Subject> claimed = targets.claim(VENDOR, true, 25, NOW, NOW.plusSeconds(60));
        targets.release(VENDOR, claimed, NOW, Duration.ofMinutes(1), Duration.ofMinutes(15), NOW);

        Instant later = NOW.plus(Duration.ofMinutes(2));
        assertThat(targets.claim(VENDOR, true, 25, later, later.plusSeconds(60)))
                .containsExactly(two.getFirst());
    }

    private static List<PractitionerId> practitioners(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Batches.practitioner(OF_OUR_OWN + i))
                .toList();
    }
}
