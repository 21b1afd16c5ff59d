package fr.sas.hub.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages that lead back to one of them are whole only if all Slots, or Schedules, that they announce are there. */
class SearchsetPagesTest {

    @ParameterizedTest
    @CsvSource({
        "2, 'Slot Slot', true",
        "3, 'Slot Slot', false",
        "2, 'Schedule Schedule Slot Slot Slot', true",
        "4, 'Slot Slot Practitioner Practitioner', false",
        ", 'Slot Slot', false"
    })
    void what_is_included_does_not_make_up_for_a_slot(@Nullable Integer total, String types, boolean whole) {
        StringBuilder page = new StringBuilder("{\"resourceType\": \"Bundle\", \"entry\": [");
        for (String type : types.split(" ")) {
            page.append("{\"resource\": {\"resourceType\": \"").append(type).append("\"}},");
        }
        page.setLength(page.length() - 1);
        page.append(total == null ? "]}" : "], \"total\": " + total + "}");

        assertThat(SearchsetPages.areWhole(List.of(page.toString().getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(whole);
    }
}
