package fr.sas.hub.intake;

import static fr.sas.hub.testing.VendorBundle.aBundle;
import static fr.sas.hub.testing.VendorBundle.aCommunity;
import static fr.sas.hub.testing.VendorBundle.aCptsBundle;
import static fr.sas.hub.testing.VendorBundle.aPlace;
import static fr.sas.hub.testing.VendorBundle.aPractitioner;
import static fr.sas.hub.testing.VendorBundle.aSite;
import static fr.sas.hub.testing.VendorBundle.aSosBundle;
import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static fr.sas.hub.testing.VendorBundle.anAssociation;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.rule.AnswerContext;
import fr.sas.hub.rule.AnswerRule;
import fr.sas.hub.rule.CommunityRule;
import fr.sas.hub.rule.Finding;
import fr.sas.hub.rule.Judge;
import fr.sas.hub.rule.JudgedSlot;
import fr.sas.hub.rule.Judgement;
import fr.sas.hub.rule.LocatedResource;
import fr.sas.hub.rule.ResolvedSchedule;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.Audience;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Quirk;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.slot.Window;
import fr.sas.hub.testing.JsonChange;
import fr.sas.hub.vendor.Flow;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** Whatever a vendor changes in a right answer, intake and the judge say the same of it and of its slot, and say why. */
class OneVerdictTest {

    private static final String ALICE = "810001234567";
    private static final String SOS = "334173748400020";
    private static final Instant NOW = Instant.parse("2026-06-12T06:00:00Z");
    private static final Map<Flow, List<JsonChange>> ENTRIES = new EnumMap<>(Flow.class);
    private static final Map<Flow, List<JsonChange>> HEADS = new EnumMap<>(Flow.class);

    static {
        for (Flow flow : List.of(Flow.INDIVIDUAL, Flow.CPTS, Flow.SOS)) {
            ENTRIES.put(flow, JsonChange.ofEntries(right(flow)));
            HEADS.put(flow, JsonChange.ofHead(right(flow)));
        }
    }

    record Spoiled(Flow flow, List<JsonChange> changes, Set<Quirk> quirks) {

        ObjectNode answer() {
            ObjectNode answer = right(flow);
            changes.forEach(change -> change.in(answer));
            return answer;
        }

        Set<Subject> asked() {
            return Set.of(flow == Flow.SOS ? new StructureId(SOS) : new PractitionerId(ALICE));
        }

        Read read() {
            Read read = Read.of(answer().toString()).as(flow);
            quirks.forEach(read::tolerating);
            return flow == Flow.SOS ? read.askingAssociations(SOS) : read.asking(ALICE);
        }

        Judgement judged() {
            AnswerContext question = new AnswerContext(
                    AnswerContext.Kind.valueOf(flow.name()),
                    asked(),
                    new Window(NOW, NOW.plus(Duration.ofHours(72))),
                    NOW,
                    quirks,
                    false,
                    Map.of());
            return Judge.answer(List.of(answer()), question, true);
        }
    }

    @Property(tries = 3_000)
    void one_or_two_changes_to_a_right_answer_have_one_verdict(@ForAll("spoiled") Spoiled spoiled) {
        Read read = spoiled.read();
        Judgement judged = spoiled.judged();

        assertThat(read.accepted()).isEqualTo((int)
                judged.slots().stream().filter(slot -> slot.fate() == null).count());
        assertThat(read.rejections().stream().map(OneVerdictTest::said))
                .containsAll(fates(judged).map(OneVerdictTest::said).toList());
    }

    /** Of one right answer of any flow. */
    private static final int ENTRIES_AT_MOST = 20;

    /** What a partial answer lacks may still be free: nothing is deleted because of it. */
    @Property(tries = 3_000)
    void what_the_judge_says_of_an_answers_completeness_is_what_intake_does_with_what_is_missing(
            @ForAll("spoiled") Spoiled spoiled) {
        assertThat(spoiled.read().answer()).isEqualTo(spoiled.judged().answer());
    }

    @Property
    void an_answer_is_partial_when_its_total_is_judged_wrong_and_announces_more_than_anything_that_came(
            @ForAll("flows") Flow flow, @ForAll @IntRange(max = 40) int total, @ForAll Set<Quirk> quirks) {
        Spoiled spoiled = new Spoiled(flow, List.of(new JsonChange("/total", String.valueOf(total))), quirks);
        boolean wrong = spoiled.judged().findings().stream().anyMatch(f -> f.rule() == AnswerRule.TOTAL_WRONG);

        assertThat(wrong).isEqualTo(total != 1 && !quirks.contains(Quirk.TOTAL_COUNTS_EVERYTHING));
        boolean partial = spoiled.read().answer() instanceof Answer.Partial;
        assertThat(partial && (!wrong || total <= 1)).isFalse();
        assertThat(partial || !wrong || total <= ENTRIES_AT_MOST).isTrue();
    }

    @Example
    void an_error_among_the_entries_makes_the_answer_partial_for_both() {
        for (String severity : List.of("information", "warning", "error", "fatal")) {
            String outcome = "{\"resource\": {\"resourceType\": \"OperationOutcome\", \"issue\": [{\"severity\": \""
                    + severity + "\", \"code\": \"timeout\"}]}}";
            Spoiled spoiled = with(Flow.INDIVIDUAL, new JsonChange("/entry/1", outcome));
            boolean partial = spoiled.read().answer() instanceof Answer.Partial;

            assertThat(partial).as(severity).isEqualTo(Set.of("error", "fatal").contains(severity));
            assertThat(spoiled.judged().answer()).isEqualTo(spoiled.read().answer());
        }
    }

    /** What is shown needs nothing that is wrong, and what is not shown is told where the fault is. */
    @Property(tries = 3_000)
    void a_slot_is_shown_when_nothing_that_it_needs_breaks_a_rule_that_costs_slots(@ForAll("spoiled") Spoiled spoiled) {
        Judgement judged = spoiled.judged();

        for (JudgedSlot slot : judged.slots()) {
            List<Finding> costly = judged.findings().stream()
                    .filter(finding -> finding.rule().severity().costsSlots())
                    .filter(finding -> needs(slot, finding.resource()))
                    .toList();
            Finding fate = slot.fate();
            if (fate == null) {
                assertThat(costly).isEmpty();
            } else {
                assertThat(costly).extracting(Finding::rule).contains(fate.rule());
            }
        }
    }

    private static boolean needs(JudgedSlot slot, @Nullable JsonNode resource) {
        ResolvedSchedule way = slot.way();
        return resource == slot.item().json()
                || way != null
                        && Stream.of(way.schedule(), way.role(), way.practitioner(), way.place(), way.organization())
                                .anyMatch(item -> isOf(item, resource));
    }

    private static boolean isOf(@Nullable LocatedResource item, @Nullable JsonNode resource) {
        return item != null && item.json() == resource;
    }

    @Example
    void what_is_no_boolean_costs_only_itself() {
        Spoiled spoiled = with(Flow.INDIVIDUAL, new JsonChange("/entry/1/resource/active", "\"no\""));

        assertThat(spoiled.read().accepted()).isEqualTo(1);
        assertThat(spoiled.read().counts()).containsOnlyKeys(AnswerRule.VALUE_LEFT_OUT);
    }

    @Example
    void every_change_to_the_head_has_one_verdict() {
        HEADS.forEach((flow, changes) -> changes.forEach(change -> {
            one_or_two_changes_to_a_right_answer_have_one_verdict(with(flow, change));
            what_the_judge_says_of_an_answers_completeness_is_what_intake_does_with_what_is_missing(with(flow, change));
        }));
    }

    @Example
    void a_single_entry_where_a_list_belongs_is_understood_and_noted() {
        JsonNode slot = right(Flow.INDIVIDUAL).at("/entry/0");
        Spoiled spoiled = with(Flow.INDIVIDUAL, new JsonChange("/entry", slot.toString()));

        assertThat(spoiled.judged().slots()).hasSize(1);
        assertThat(spoiled.read().findings()).contains("VALUE_LEFT_OUT at Bundle");
    }

    /** A vendor that sent no list of entries did not say that nothing is free. */
    @Example
    void entries_that_are_no_list_are_no_answer() {
        for (String entries : List.of("\"x\"", "12", "true", "{\"a\": \"b\"}", "{\"0\": {\"resource\": {}}}")) {
            Spoiled spoiled = with(Flow.INDIVIDUAL, new JsonChange("/entry", entries));

            assertThat(spoiled.read().answer()).isInstanceOf(Answer.Failed.class);
            assertThat(spoiled.read().counts()).containsOnlyKeys(AnswerRule.ENTRY_WITHOUT_RESOURCE);
        }
    }

    @Example
    void implicit_rules_that_are_empty_rule_nothing() {
        for (String nothing : List.of("null", "\"\"", "\" \"", "{}", "[]")) {
            for (String of : List.of("", "/entry/0/resource")) {
                Spoiled spoiled = with(Flow.INDIVIDUAL, new JsonChange(of + "/implicitRules", nothing));

                assertThat(spoiled.read().accepted()).as(nothing).isEqualTo(1);
                assertThat(spoiled.read().counts()).containsOnlyKeys(AnswerRule.VALUE_LEFT_OUT);
            }
        }
    }

    /** Whether a person meant an address by it or not: nobody knows what the rules are. */
    @Example
    void implicit_rules_in_any_form_are_unknown() {
        for (String rules : List.of(
                "\"https://vendor.example/r\"",
                "7",
                "false",
                "{\"value\": \"https://vendor.example/r\"}",
                "[\"https://vendor.example/r\"]",
                "[\"\", \"https://vendor.example/r\"]",
                "[[\"https://vendor.example/r\"]]",
                "[null]")) {
            Spoiled page = with(Flow.INDIVIDUAL, new JsonChange("/implicitRules", rules));
            assertThat(page.read().answer()).as(rules).isInstanceOf(Answer.Failed.class);
            assertThat(page.read().counts()).containsOnlyKeys(AnswerRule.IMPLICIT_RULES);

            for (int entry = 0; entry < right(Flow.INDIVIDUAL).path("entry").size(); entry++) {
                JsonChange change = new JsonChange("/entry/" + entry + "/resource/implicitRules", rules);
                Spoiled resource = with(Flow.INDIVIDUAL, change);
                assertThat(resource.read().accepted()).as("%s", change).isZero();
                assertThat(resource.read().counts()).containsOnlyKeys(AnswerRule.IMPLICIT_RULES);
            }
        }
    }

    @Example
    void an_extension_that_is_malformed_costs_the_cpts_and_not_the_slot() {
        for (String malformed : List.of("\"x\"", "[{\"valueString\": \"x\"}]", "[[\"x\"]]", "{}")) {
            Spoiled spoiled = with(Flow.CPTS, new JsonChange("/entry/0/resource/serviceType/1/extension", malformed));

            assertThat(spoiled.read().slot().audiences()).containsExactly(Audience.UNSCHEDULED_CARE);
            assertThat(spoiled.read().counts())
                    .containsOnlyKeys(AnswerRule.VALUE_LEFT_OUT, CommunityRule.CPTS_LEFT_OUT);
        }
    }

    @Example
    void one_value_where_several_may_stand_is_understood_and_noted() {
        Spoiled spoiled = with(
                Flow.INDIVIDUAL,
                new JsonChange("/entry/3/resource/telecom", "{\"system\": \"phone\", \"value\": \"+33140000000\"}"));

        assertThat(spoiled.read().place().phone()).isEqualTo("+33140000000");
        assertThat(spoiled.judged().findings()).extracting(Finding::rule).containsExactly(AnswerRule.VALUE_LEFT_OUT);
    }

    @Example
    void what_a_quirk_tolerates_is_no_fault_to_anybody() {
        List<JsonChange> times = List.of(
                new JsonChange("/entry/0/resource/start", "\"2026-06-12T10:00:00\""),
                new JsonChange("/entry/0/resource/end", "\"2026-06-12T10:15:00\""));
        Spoiled strict = new Spoiled(Flow.INDIVIDUAL, times, Set.of());
        Spoiled tolerated = new Spoiled(Flow.INDIVIDUAL, times, Set.of(Quirk.TIMES_WITHOUT_ZONE));

        assertThat(strict.read().findings()).containsExactly("TIME_WITHOUT_OFFSET at Bundle.entry[0].resource.start");
        assertThat(tolerated.read().times()).isEqualTo("2026-06-12T08:00:00Z/2026-06-12T08:15:00Z");
        assertThat(tolerated.read().counts()).isEmpty();
        assertThat(tolerated.judged().findings()).isEmpty();
    }

    private static Spoiled with(Flow flow, JsonChange change) {
        return new Spoiled(flow, List.of(change), Set.of());
    }

    private static Stream<Finding> fates(Judgement judged) {
        return judged.slots().stream().flatMap(slot -> Stream.ofNullable(slot.fate()));
    }

    private static String said(Finding finding) {
        return finding.rule().id() + " at " + finding.path() + " " + finding.value();
    }

    @Provide
    Arbitrary<Spoiled> spoiled() {
        return Arbitraries.of(ENTRIES.keySet())
                .flatMap(flow -> Combinators.combine(
                                change(flow).list().ofMinSize(1).ofMaxSize(2),
                                Arbitraries.of(Quirk.class).set().ofMaxSize(2))
                        .as((changes, quirks) -> new Spoiled(flow, changes, quirks)));
    }

    @Provide
    Arbitrary<Flow> flows() {
        return Arbitraries.of(ENTRIES.keySet());
    }

    /** There are far fewer changes to the head than to the entries, and they are no less likely. */
    private static Arbitrary<JsonChange> change(Flow flow) {
        return Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.of(Objects.requireNonNull(ENTRIES.get(flow)))),
                Tuple.of(1, Arbitraries.of(Objects.requireNonNull(HEADS.get(flow)))));
    }

    private static ObjectNode right(Flow flow) {
        var slot = aVendorSlot()
                .id("s1")
                .from(Instant.parse("2026-06-12T08:00:00Z"))
                .bookableAt("https://rdv.example/1")
                .reason("Consultation")
                .specialty("SM54");
        return switch (flow) {
            case INDIVIDUAL, BULK_PUBLISH ->
                aBundle()
                        .with(aPractitioner(ALICE, "DURAND", "Alice")
                                .at(aPlace("1750000001").phone("+33140000000").slot(slot)))
                        .toNode();
            case CPTS ->
                aCptsBundle()
                        .with(aPractitioner(ALICE, "DURAND", "Alice")
                                .at(aPlace("1750000001")
                                        .phone("+33140000000")
                                        .slot(slot.audience("CPTS", "SNP")
                                                .of(aCommunity("1950047225", "CPTS DES TILLEULS")))))
                        .toNode();
            case SOS ->
                aSosBundle()
                        .with(anAssociation(SOS, "SOS MÉDECINS VILAINE")
                                .at(aSite("1", "Centre").slot(slot.audience("PUBLIC", "SNP"))))
                        .toNode();
        };
    }
}
