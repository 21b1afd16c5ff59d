package fr.sas.hub.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example of the official package keeps the rules that {@code $validate} holds it to. */
class OfficialResourcesTest {

    private static final Path EXAMPLES = Path.of("../shared/sas-ig/example");

    private static final Instant NOW = Instant.parse("2026-06-12T06:00:00Z");

    static Stream<Path> files() throws IOException {
        return Files.isDirectory(EXAMPLES) ? Files.list(EXAMPLES).sorted() : Stream.of(EXAMPLES);
    }

    @ParameterizedTest
    @MethodSource("files")
    void breaks_no_rule_by_which_a_check_fails(Path file) throws IOException {
        assumeTrue(
                Files.isRegularFile(file),
                "The official package is not at ../shared/sas-ig: its examples are not judged");
        ObjectNode example = read(file);

        assertThat(Judge.resource(example, NOW).findings())
                .filteredOn(finding -> finding.rule().severity().fails())
                .extracting(finding -> finding.rule().id() + " " + finding.path() + ": " + finding.value())
                .isEmpty();
    }

    /** Each type has demands of its own, in the flow that its profile belongs to; a HealthcareService but leads on. */
    @ParameterizedTest
    @MethodSource("files")
    void is_judged_by_the_rules_of_its_own_flow(Path file) throws IOException {
        assumeTrue(
                Files.isRegularFile(file),
                "The official package is not at ../shared/sas-ig: its examples are not judged");
        ObjectNode example = read(file);
        Class<?> rules = switch (example.at("/meta/profile/0").asText().replaceFirst(".*/", "")) {
            case "sas-sos-bundle-aggregator",
                    "sas-sos-slot-aggregator",
                    "sas-sos-schedule-aggregator",
                    "sas-sos-location-aggregator",
                    "sas-sos-organization-aggregator" -> AssociationRule.class;
            case "sas-cpts-bundle-aggregator", "sas-cpts-slot-aggregator", "sas-cpts-organization-aggregator" ->
                CommunityRule.class;
            case "FrSlotAgregateur" -> SlotRule.class;
            case "FrAppointmentSAS" -> AppointmentRule.class;
            case "FrPractitionerRegul" -> AccountRule.class;
            case "sas-cpts-healthcareservice-aggregator" -> AnswerRule.class;
            default -> ScheduleRule.class;
        };

        assertThat(Judge.resource(example, NOW).applied()).hasAtLeastOneElementOfType(rules);
        assertThat(Judge.resource(example, NOW).findings())
                .extracting(Finding::rule)
                .doesNotContain(ScheduleRule.ROLE_MISSING);
    }

    private static ObjectNode read(Path file) throws IOException {
        return (ObjectNode) Examples.JSON.readTree(file.toFile());
    }
}
