package fr.sas.hub.appointment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.rule.Finding;
import fr.sas.hub.rule.Judge;
import fr.sas.hub.rule.JudgedAppointment;
import fr.sas.hub.testing.JsonChange;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a vendor changes in a right appointment, declaring it and {@code $validate} have one verdict. */
class OneAppointmentVerdictTest {

    private static final Instant NOW = Instant.parse("2026-06-12T06:00:00Z");
    private static final List<JsonChange> CHANGES = ChangedAppointments.changes(NOW);

    @Example
    void a_right_appointment_has_no_fault() {
        assertThat(Judge.appointment(ChangedAppointments.right(NOW), NOW).content())
                .isNotNull();
    }

    @Example
    void every_single_change_has_one_verdict() {
        CHANGES.forEach(change -> one_or_two_changes_have_one_verdict(List.of(change)));
    }

    @Property(tries = 3_000)
    void one_or_two_changes_have_one_verdict(@ForAll("changes") List<JsonChange> changes) {
        ObjectNode appointment = ChangedAppointments.changed(NOW, changes);
        ObjectNode brought = appointment.deepCopy();

        JudgedAppointment declared = Judge.appointment(appointment, NOW);
        List<Finding> validated = Judge.resource(appointment, NOW).findings();

        assertThat(appointment).isEqualTo(brought);
        assertThat(declared.content() == null).isEqualTo(!declared.faults().isEmpty());
        assertThat(validated.stream()
                        .filter(finding -> finding.rule().severity().costsSlots())
                        .map(OneAppointmentVerdictTest::said))
                .containsExactlyElementsOf(declared.faults().stream()
                        .map(fault -> said(fault.finding()))
                        .toList());
    }

    /** What was accepted can be stored and shown: nothing is missing in it. */
    @Property(tries = 1_000)
    void what_is_accepted_can_be_declared(@ForAll("changes") List<JsonChange> changes) {
        JudgedAppointment.Content content = Judge.appointment(ChangedAppointments.changed(NOW, changes), NOW)
                .content();
        if (content != null) {
            Declaration declaration = Declaration.of(content);

            assertThat(declaration.said().start()).isBefore(declaration.said().end());
            assertThat(declaration.said().status().code()).isEqualTo(content.status());
        }
    }

    private static String said(Finding finding) {
        return finding.rule().id() + " at " + finding.path() + " " + finding.value();
    }

    @Provide
    Arbitrary<List<JsonChange>> changes() {
        return Arbitraries.of(CHANGES).list().ofMinSize(1).ofMaxSize(2);
    }
}
