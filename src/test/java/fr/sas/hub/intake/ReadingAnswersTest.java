package fr.sas.hub.intake;

import static fr.sas.hub.intake.AliceDelivery.ALICE;
import static fr.sas.hub.intake.AliceDelivery.one;
import static fr.sas.hub.testing.VendorBundle.aBundle;
import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static fr.sas.hub.testing.VendorBundle.anOutcome;
import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.rule.AnswerRule;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.Answer.Kind;
import fr.sas.hub.slot.Answer.Trouble;
import fr.sas.hub.slot.Quirk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a vendor's answer as a whole: complete, partial or none. */
class ReadingAnswersTest {

    @Test
    void a_missing_total_is_tolerated() {
        Read read = Read.of(one(aVendorSlot()).remove("/total")).asking(ALICE);

        assertThat(read.answer()).isEqualTo(Answer.COMPLETE);
    }

    @Test
    void a_total_that_promises_more_slots_than_came_makes_the_answer_partial() {
        Read read = Read.of(one(aVendorSlot()).total(12)).asking(ALICE);

        assertThat(read.answer()).isInstanceOf(Answer.Partial.class);
        assertThat(read.slots()).hasSize(1);
    }

    /** Were it partial, what the vendor no longer offers would be shown for as long as it counts so. */
    @Test
    void a_total_that_is_the_number_of_entries_is_wrong_and_hides_nothing() {
        Read read = Read.of(one(aVendorSlot()).total(4)).asking(ALICE);

        assertThat(read.counts()).containsOnlyKeys(AnswerRule.TOTAL_WRONG);
        assertThat(read.answer()).isEqualTo(Answer.COMPLETE);
    }

    @Test
    void a_total_of_more_than_anything_that_came_makes_the_answer_partial() {
        Read read = Read.of(one(aVendorSlot()).total(7)).asking(ALICE);

        assertThat(read.counts()).containsOnlyKeys(AnswerRule.TOTAL_WRONG);
        assertThat(read.answer())
                .isEqualTo(new Answer.Partial(
                        new Trouble(Kind.PAGE_LOST, "Bundle.total announces 6 more slots than the answer contains")));
    }

    @Test
    void a_total_of_less_than_came_is_wrong_and_misses_nothing() {
        Read read = Read.of(one(aVendorSlot()).total(0)).asking(ALICE);

        assertThat(read.counts()).containsOnlyKeys(AnswerRule.TOTAL_WRONG);
        assertThat(read.answer()).isEqualTo(Answer.COMPLETE);
    }

    @Test
    void a_vendor_whose_total_counts_every_entry_is_forgiven_when_its_descriptor_says_so() {
        Read read = Read.of(one(aVendorSlot()).total(5)).asking(ALICE).tolerating(Quirk.TOTAL_COUNTS_EVERYTHING);

        assertThat(read.answer()).isEqualTo(Answer.COMPLETE);
    }

    @Test
    void an_outcome_with_an_error_among_the_entries_makes_the_answer_partial() {
        Read read = Read.of(one(aVendorSlot()).with(anOutcome("error", "timeout", "one agenda could not be read")))
                .asking(ALICE);

        assertThat(read.answer())
                .isEqualTo(new Answer.Partial(new Trouble(Kind.VENDOR_ERROR, "The answer reports an error (timeout)")));
    }

    @Test
    void an_entry_that_is_no_resource_at_all_costs_only_itself() {
        Read read = Read.of(one(aVendorSlot()).tamper(bundle -> {
                    bundle.withArray("entry").addObject().put("fullUrl", "https://vendor.example/x");
                    bundle.withArray("entry").addObject().putObject("resource").put("resourceType", "Slott");
                    bundle.withArray("entry").add("text");
                }))
                .asking(ALICE);

        assertThat(read.slots()).hasSize(1);
        assertThat(read.findings())
                .containsExactly(
                        "ENTRY_WITHOUT_RESOURCE at Bundle.entry[4].resource",
                        "ENTRY_WITHOUT_RESOURCE at Bundle.entry[6].resource");
        assertThat(read.counts()).containsEntry(AnswerRule.UNEXPECTED_RESOURCE, 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>Bad gateway</html>",
                "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":[{\"reso",
                "[]",
                "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"diagnostics\":\"down\"}]}",
                "{\"resourceType\":\"Bundle\",\"type\":\"collection\"}"
            })
    void a_body_that_is_no_searchset_is_a_failure_never_an_empty_answer(String body) {
        assertThat(Read.of(body).asking(ALICE).answer()).isInstanceOf(Answer.Failed.class);
    }

    @Test
    void what_is_no_answer_is_told_by_the_rule_it_breaks() {
        assertThat(Read.of("<html>Bad gateway</html>").asking(ALICE).findings()).containsExactly("NOT_JSON at Bundle");
        assertThat(Read.of("[]").asking(ALICE).findings()).containsExactly("NOT_A_BUNDLE at Bundle");
        assertThat(Read.of("{\"resourceType\":\"Bundle\",\"type\":\"collection\"}")
                        .asking(ALICE)
                        .findings())
                .containsExactly("NOT_A_SEARCHSET at Bundle.type");
    }

    @Test
    void an_empty_searchset_says_that_nothing_is_free() {
        Read read = Read.of(aBundle()).asking(ALICE);

        assertThat(read.answer()).isEqualTo(Answer.COMPLETE);
        assertThat(read.batch().offers()).isEmpty();
        assertThat(read.batch().asked()).hasSize(1);
    }

    @Test
    void the_finding_on_a_second_page_names_the_page() {
        Read read = Read.of(
                        one(aVendorSlot().id("a")), one(aVendorSlot().id("b").set("/status", "busy")))
                .asking(ALICE);

        assertThat(read.findings()).first().isEqualTo("NOT_FREE at page 2: Bundle.entry[0].resource.status");
    }
}
