package fr.sas.hub.appointment;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.rule.AppointmentRule;
import fr.sas.hub.rule.Examples;
import fr.sas.hub.rule.Judge;
import fr.sas.hub.rule.JudgedAppointment;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the rules say of appointments is what declaring one demands. */
class AppointmentRulesTest {

    static Stream<AppointmentRule> triable() {
        return Stream.of(AppointmentRule.values()).filter(Examples::isTriable);
    }

    @ParameterizedTest
    @MethodSource("triable")
    void the_example_that_passes_can_be_declared_and_the_one_that_fails_cannot(AppointmentRule rule) {
        assertThat(faults(rule.demand().passes())).isEmpty();
        assertThat(faults(rule.demand().fails()))
                .extracting(fault -> fault.finding().rule())
                .containsExactly(rule);
    }

    private static List<JudgedAppointment.Fault> faults(String example) {
        return Judge.appointment(Examples.alone(example), Instant.parse("2026-06-12T06:00:00Z"))
                .faults();
    }
}
