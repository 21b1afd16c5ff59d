package fr.sas.hub.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import fr.sas.hub.rule.Rule;
import fr.sas.hub.rule.ServerRule;
import fr.sas.hub.testing.FakeVendor;
import fr.sas.hub.testing.VendorFault;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each fault planted in a vendor that is right otherwise is found by the rule it breaks, and by no other.
 *
 * <p>Faults stand where their rule does: a new {@code SlotRule} gets one in {@link SlotFaults}, a new {@code AgendaRule}
 * in {@link AgendaFaults}, and so on. A fault is a rule, a few words, and a {@link VendorFault}: what is to be changed
 * in {@link GoodVendor}, said with {@link BundleFaults}. Limits of time and size are tested in
 * {@link BoundedCheckTest}.
 */
class PlantedFaultsTest {

    /** No clock change near. */
    private static final Instant A_FRIDAY_IN_JUNE = Instant.parse("2026-06-12T05:00:00Z");

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource({
        "fr.sas.hub.verdict.SlotFaults#all",
        "fr.sas.hub.verdict.AgendaFaults#all",
        "fr.sas.hub.verdict.AnswerFaults#all",
        "fr.sas.hub.verdict.CommunityFaults#all",
        "fr.sas.hub.verdict.AssociationFaults#all",
        "fr.sas.hub.verdict.ServerFaults#all"
    })
    void is_found_by_the_rule_it_breaks_and_by_no_other(Rule broken, String fault, VendorFault planted) {
        checkAt(A_FRIDAY_IN_JUNE, broken, fault, planted);
    }

    static Stream<Arguments> faultsOfSlotsAroundClockChanges() {
        return CheckTest.aroundClockChanges()
                .flatMap(now ->
                        SlotFaults.all().map(fault -> arguments(now, fault.get()[0], fault.get()[1], fault.get()[2])));
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @MethodSource("faultsOfSlotsAroundClockChanges")
    void is_found_by_that_rule_alone_also_around_clock_changes(
            Instant now, Rule broken, String fault, VendorFault planted) {
        checkAt(now, broken, fault, planted);
    }

    private static void checkAt(Instant now, Rule broken, String fault, VendorFault planted) {
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        try (FakeVendor vendor = GoodVendor.with(planted, clock);
                var probe = GoodVendor.probe(vendor.baseUrl())) {
            CheckReport report = CheckTest.at(clock).run(probe, GoodVendor.order(true));

            assertThat(CheckTest.broken(report))
                    .as(fault)
                    .isNotEmpty()
                    .allMatch(found -> found.startsWith(broken.id() + " "));
            if (broken != ServerRule.ACCOUNT_DISABLED) {
                assertThat(vendor.accounts().values())
                        .as("a regulator who does not exist has no habilitation at the end")
                        .noneMatch(account -> account.path("active").asBoolean());
            }
        }
    }
}
