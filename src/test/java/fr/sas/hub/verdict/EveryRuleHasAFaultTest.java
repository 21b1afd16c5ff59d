package fr.sas.hub.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.rule.AnswerRule;
import fr.sas.hub.rule.Rule;
import fr.sas.hub.rule.Rules;
import fr.sas.hub.rule.ServerRule;
import fr.sas.hub.rule.SlotRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No rule is held by nothing: whoever adds one plants a fault that breaks it. */
class EveryRuleHasAFaultTest {

    /** What no answer of a right server with one thing changed can break, and the test that breaks it. */
    private static final Map<Rule, String> ELSEWHERE = Map.of(
            ServerRule.REACHABLE, "verdict/BoundedCheckTest",
            ServerRule.TOO_LARGE, "verdict/BoundedCheckTest",
            ServerRule.RESPONSE_TIME, "verdict/BoundedCheckTest",
            ServerRule.RESPONSE_TIME_ONE, "verdict/BoundedCheckTest",
            ServerRule.TLS, "verdict/EncryptedVendorTest",
            ServerRule.CERTIFICATE_ENDS_SOON, "verdict/EncryptedVendorTest",
            SlotRule.TIME_DOES_NOT_EXIST, "intake/ClockChangesTest",
            AnswerRule.PROFILE, "verdict/ProfileFaultsTest",
            AnswerRule.PROFILE_WARNING, "verdict/ProfileFaultsTest");

    @Test
    void of_those_that_a_check_can_apply() throws IOException {
        Set<Rule> planted = Stream.of(
                        SlotFaults.all(),
                        AgendaFaults.all(),
                        AnswerFaults.all(),
                        CommunityFaults.all(),
                        AssociationFaults.all(),
                        ServerFaults.all())
                .flatMap(faults -> faults.map(fault -> (Rule) fault.get()[0]))
                .collect(Collectors.toSet());

        assertThat(Rules.checkable())
                .filteredOn(rule -> !planted.contains(rule))
                .containsExactlyInAnyOrderElementsOf(ELSEWHERE.keySet());
        for (Map.Entry<Rule, String> there : ELSEWHERE.entrySet()) {
            String test = Files.readString(Path.of("src/test/java/fr/sas/hub", there.getValue() + ".java"));
            assertThat(test)
                    .as(there.getValue())
                    .containsPattern("\"" + there.getKey().id() + "[ \"]");
        }
    }
}
