package fr.sas.hub.index;

import static fr.sas.hub.index.ToldSlot.TEN;
import static fr.sas.hub.index.ToldSlot.a;
import static fr.sas.hub.index.ToldSlot.rows;
import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.slot.Audience;
import fr.sas.hub.slot.Community;
import fr.sas.hub.slot.ConsultationMode;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.StructureId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MergeTest {

    private static final Source SOLEIL = new Source("soleil");
    private static final Source LUNE = new Source("lune");
    private static final Set<Source> ALL = Set.of(SOLEIL, LUNE, Source.AGENDA);

    @Test
    void the_same_slot_from_two_vendors_and_the_agenda_is_shown_once_with_all_its_sources() {
        assertThat(shown(
                        a(Source.AGENDA, 0), a(SOLEIL, 0).bookable(), a(LUNE, 0).bookable()))
                .isEqualTo("10:00-10:15 here lune+soleil+agenda");
    }

    @Test
    void the_bookable_one_leads_whatever_its_name() {
        assertThat(shown(a(LUNE, 0), a(SOLEIL, 0).bookable())).isEqualTo("10:00-10:15 here soleil+lune");
    }

    @Test
    void among_equals_the_name_decides_and_the_agenda_comes_last() {
        assertThat(shown(a(Source.AGENDA, 0), a(SOLEIL, 0), a(LUNE, 0)))
                .isEqualTo("10:00-10:15 here lune+soleil+agenda");
    }

    @Test
    void the_leading_slot_is_shown_with_the_audiences_modes_reasons_and_communities_of_all() {
        Community tilleuls = new Community(new StructureId("1950047225"), "CPTS DES TILLEULS", null);
        MergedSlot merged = merge(
                        a(SOLEIL, 0).bookable().audience(Audience.PUBLIC).reason("Fièvre"),
                        a(LUNE, 0)
                                .audience(Audience.COMMUNITY)
                                .mode(ConsultationMode.REMOTE)
                                .reason("Toux")
                                .of(tilleuls))
                .getFirst();

        assertThat(merged.slot().audiences()).containsExactlyInAnyOrder(Audience.PUBLIC, Audience.COMMUNITY);
        assertThat(merged.slot().modes())
                .containsExactlyInAnyOrder(ConsultationMode.AT_PRACTICE, ConsultationMode.REMOTE);
        assertThat(merged.slot().reasons()).containsExactly("Fièvre", "Toux");
        assertThat(merged.slot().communities()).containsExactly(tilleuls);
        assertThat(merged.slot().bookingPage()).isNotNull();
        assertThat(merged.others()).containsExactly(new MergedSlot.Other(LUNE, null, "r0"));
    }

    @Test
    void overlaps_that_are_not_equal_stay() {
        assertThat(shown(a(SOLEIL, 0), a(LUNE, 0).lasting(30), a(Source.AGENDA, 5)))
                .isEqualTo("10:00-10:15 here soleil | 10:00-10:30 here lune | 10:05-10:20 here agenda");
    }

    @Test
    void the_same_hour_at_another_place_is_another_slot() {
        assertThat(shown(a(SOLEIL, 0), a(LUNE, 0).at("there")))
                .isEqualTo("10:00-10:15 here soleil | 10:00-10:15 there lune");
    }

    @Test
    void two_equal_slots_of_one_source_are_two_and_meet_one_each_of_another() {
        assertThat(shown(a(SOLEIL, 0), a(SOLEIL, 0), a(LUNE, 0)))
                .isEqualTo("10:00-10:15 here lune+soleil | 10:00-10:15 here soleil");
    }

    @Test
    void one_source_that_confirmed_lately_is_enough_to_verify() {
        List<IndexReader.SlotRow> rows = rows(a(SOLEIL, 0), a(LUNE, 0), a(LUNE, 30));

        assertThat(MergedSlotLines.line(Merge.merge(rows, Set.of(SOLEIL))))
                .isEqualTo("10:00-10:15 here lune+soleil | 10:30-10:45 here lune?");
    }

    @Test
    void the_last_change_is_the_latest_of_all_its_sources() {
        MergedSlot merged = merge(a(SOLEIL, 0).changed(TEN), a(LUNE, 0).changed(TEN.plusSeconds(9)))
                .getFirst();

        assertThat(merged.changedAt()).isEqualTo(TEN.plusSeconds(9));
    }

    private static String shown(ToldSlot... slots) {
        return MergedSlotLines.line(merge(slots));
    }

    private static List<MergedSlot> merge(ToldSlot... slots) {
        return Merge.merge(rows(slots), ALL);
    }
}
