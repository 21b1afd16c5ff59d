package fr.sas.hub.appointment;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.rule.AppointmentRule;
import fr.sas.hub.rule.Examples;
import java.nio.charset.StandardCharsets;
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
        assertThat(faults(rule.demand().fails())).hasSize(1);
    }

    private static List<Faults.Fault> faults(String example) {
        Faults faults = new Faults();
        byte[] body = Examples.alone(example).toString().getBytes(StandardCharsets.UTF_8);
        AppointmentReading.read(body, Instant.parse("2026-06-12T06:00:00Z"), faults);
        return faults.all();
    }
}
