package fr.sas.hub.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an answer to a search announces in {@code Bundle.total}, and what it contains, over all of its pages.
 *
 * @param announced the largest total of any page; null when none has one
 * @param unreadable entries without a resource that names its type, each of which may have been a Slot
 * @param entries of any type, including the unreadable
 */
public record SearchsetTotal(@Nullable Integer announced, int slots, int schedules, int unreadable, int entries) {

    /** @param pages as sent, or corrected by {@link FhirShapes} */
    public static SearchsetTotal of(List<JsonNode> pages) {
        Integer announced = null;
        int slots = 0;
        int schedules = 0;
        int unreadable = 0;
        int entries = 0;
        for (JsonNode page : pages) {
            Integer total = total(page);
            announced = announced == null || total != null && total > announced ? total : announced;
            for (JsonNode entry : FhirShapes.items(page.path("entry"))) {
                String type =
                        entry.path("resource").path("resourceType").asText().strip();
                slots += type.equals("Slot") ? 1 : 0;
                schedules += type.equals("Schedule") ? 1 : 0;
                unreadable += type.isEmpty() ? 1 : 0;
                entries++;
            }
        }
        return new SearchsetTotal(announced, slots, schedules, unreadable, entries);
    }

    /** Null when there is none, or it is no number. */
    private static @Nullable Integer total(JsonNode page) {
        JsonNode total = page.path("total");
        if (total.isNumber() ? !total.canConvertToInt() : !total.isTextual()) {
            return null;
        }
        int number = total.asInt(Integer.MIN_VALUE);
        return number == Integer.MIN_VALUE ? null : number;
    }

    /**
     * Whether it counts what the guide says: the Slots.
     *
     * @param sos for SOS Médecins it may also count the Schedules, which are the matches there
     */
    public boolean isRight(boolean sos) {
        return announced != null && (announced == slots || sos && announced == schedules);
    }

    /** Slots that are announced but not there; 0 when the numbers agree, or vendors' ways of counting explain them. */
    public int missingSlots() {
        return announced == null || isRight(true) || announced == entries
                ? 0
                : Math.max(0, announced - slots - unreadable);
    }
}
