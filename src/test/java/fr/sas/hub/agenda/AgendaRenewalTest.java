package fr.sas.hub.agenda;

import static fr.sas.hub.agenda.Typing.DIRECTORY;
import static fr.sas.hub.agenda.Typing.entry;
import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.Beside;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** What becomes of what was typed by time alone, and by news of the directory. Every test has a practitioner of its own. */
@HubTest
@Import(MovableClock.Wound.class)
class AgendaRenewalTest {

    private static final Instant FRIDAY_TEN_IN_PARIS = Instant.parse("2026-06-12T08:00:00Z");

    private final PractitionerId alice = Batches.newPractitioner();
    private Typing agenda;

    @LocalServerPort
    int port;

    @Autowired
    MovableClock clock;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    AgendaPublisher agendaPublisher;

    @BeforeEach
    void alice_works_in_paris() throws Exception {
        clock.moveTo(FRIDAY_TEN_IN_PARIS);
        agenda = new Typing(port, alice, clock);
        agenda.works("75001", "+33199001122");
    }

    @Test
    void an_entry_beyond_the_horizon_comes_in_by_itself() throws Exception {
        agenda.post(entry("2026-07-20", "16:40", "17:00"));
        assertThat(indexed()).isZero();

        clock.moveTo(Instant.parse("2026-07-19T08:00:00Z"));
        agendaPublisher.renew();

        assertThat(agenda.starts()).containsExactly("2026-07-20T16:40:00.000+02:00");
    }

    @Test
    void a_new_phone_of_the_place_arrives_and_a_forgotten_practitioner_keeps_what_was_known() throws Exception {
        agenda.post(entry("2026-06-14", "16:40", "17:00"));
        agenda.works("75001", "+33199003344");
        clock.moveTo(FRIDAY_TEN_IN_PARIS.plus(Duration.ofMinutes(1)));
        agendaPublisher.renew();
        assertThat(agenda.search().toString()).contains("+33199003344");

        agenda.send("DELETE", DIRECTORY, null, Map.of());
        clock.moveTo(FRIDAY_TEN_IN_PARIS.plus(Duration.ofDays(1)));
        agendaPublisher.renew();
        assertThat(agenda.search().toString()).contains("DURAND", "1 rue des Tilleuls");
    }

    @Test
    void an_agenda_that_another_node_works_on_is_passed_over_and_stays_due() throws Exception {
        agenda.post(entry("2026-06-14", "16:40", "17:00"));
        agenda.works("75001", "+33199003344");
        clock.moveTo(FRIDAY_TEN_IN_PARIS.plus(Duration.ofDays(1)));

        transaction.executeWithoutResult(otherNode -> {
            jdbc.queryForList("SELECT 1 FROM agenda_subject WHERE subject = ? FOR UPDATE", alice.value());
            Beside.run(agendaPublisher::renew).join();
        });
        assertThat(agenda.search().toString()).contains("+33199001122");

        agendaPublisher.renew();
        assertThat(agenda.search().toString()).contains("+33199003344");
    }

    private long indexed() {
        Long count =
                jdbc.queryForObject("SELECT count(*) FROM index_slot WHERE subject = ?", Long.class, alice.value());
        return count == null ? 0 : count;
    }
}
