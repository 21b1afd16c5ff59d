package fr.sas.hub.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever asks about a total, be it the judge, intake or the line to the vendor, is told the same. */
class SearchsetTotalTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Property
    void a_total_that_is_right_misses_no_slot(
            @ForAll @IntRange(max = 6) int announced,
            @ForAll @IntRange(max = 3) int slots,
            @ForAll @IntRange(max = 3) int schedules,
            @ForAll boolean sos) {
        SearchsetTotal total = SearchsetTotal.of(List.of(page(announced, slots, schedules)));

        if (total.isRight(sos)) {
            assertThat(total.missingSlots()).isZero();
        }
        assertThat(total.missingSlots()).isBetween(0, Math.max(0, announced - slots));
    }

    @Example
    void slots_are_counted_over_all_pages() {
        SearchsetTotal total = SearchsetTotal.of(List.of(page(5, 2, 1), page(5, 3, 1)));

        assertThat(total.isRight(false)).isTrue();
        assertThat(total.missingSlots()).isZero();
    }

    @Example
    void the_largest_total_counts() {
        assertThat(SearchsetTotal.of(List.of(page(9, 2, 0), page(2, 2, 0))).missingSlots())
                .isEqualTo(5);
    }

    @Example
    void schedules_are_the_matches_of_sos_medecins_only() {
        SearchsetTotal total = SearchsetTotal.of(List.of(page(2, 3, 2)));

        assertThat(total.isRight(true)).isTrue();
        assertThat(total.isRight(false)).isFalse();
    }

    @Example
    void whoever_counts_every_entry_is_wrong_but_hides_nothing() {
        SearchsetTotal total = SearchsetTotal.of(List.of(page(3, 1, 2)));

        assertThat(total.isRight(false)).isFalse();
        assertThat(total.missingSlots()).isZero();
    }

    @Example
    void an_entry_that_cannot_be_read_may_have_been_a_slot() {
        ObjectNode page = page(2, 1, 1);
        page.withArray("entry").addObject().putObject("resource");

        assertThat(SearchsetTotal.of(List.of(page)).missingSlots()).isZero();
    }

    @Example
    void a_total_that_is_no_number_announces_nothing() {
        for (String total : List.of("null", "true", "\"x\"", "{}", "1e99", "[1]")) {
            ObjectNode page = page(0, 1, 1);
            page.set("total", read(total));

            assertThat(SearchsetTotal.of(List.of(page)).announced()).as(total).isNull();
        }
    }

    private static ObjectNode page(int total, int slots, int schedules) {
        ObjectNode page = JSON.createObjectNode().put("resourceType", "Bundle").put("total", total);
        List<String> types = new ArrayList<>();
        for (int i = 0; i < slots; i++) {
            types.add("Slot");
        }
        for (int i = 0; i < schedules; i++) {
            types.add("Schedule");
        }
        types.forEach(type ->
                page.withArray("entry").addObject().putObject("resource").put("resourceType", type));
        return page;
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
