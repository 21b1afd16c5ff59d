package fr.sas.hub.index;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.slot.Audience;
import fr.sas.hub.slot.Community;
import fr.sas.hub.slot.ConsultationMode;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Slot;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.StructureId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MergeTest {

    private static final PractitionerId ALICE = new PractitionerId("810001234567");
    private static final Instant TEN = Instant.parse("2026-06-12T10:00:00Z");
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
        assertThat(merged.others()).containsExactly(new MergedSlot.Other(LUNE, null));
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
        List<IndexTables.SlotRow> rows = rows(a(SOLEIL, 0), a(LUNE, 0), a(LUNE, 30));

        assertThat(Shown.line(Merge.merge(rows, Set.of(SOLEIL))))
                .isEqualTo("10:00-10:15 here lune+soleil | 10:30-10:45 here lune?");
    }

    @Test
    void the_last_change_is_the_latest_of_all_its_sources() {
        MergedSlot merged = merge(a(SOLEIL, 0).changed(TEN), a(LUNE, 0).changed(TEN.plusSeconds(9)))
                .getFirst();

        assertThat(merged.changedAt()).isEqualTo(TEN.plusSeconds(9));
    }

    @Property(tries = 300)
    void every_row_is_represented_exactly_once(@ForAll("rows") List<IndexTables.SlotRow> rows) {
        List<String> offered = rows.stream()
                .map(row -> identity(row.slot()) + " " + row.source())
                .sorted()
                .toList();
        List<String> represented = Merge.merge(rows, ALL).stream()
                .flatMap(slot -> Stream.concat(
                                Stream.of(slot.source()), slot.others().stream().map(MergedSlot.Other::source))
                        .map(source -> identity(slot.slot()) + " " + source))
                .sorted()
                .toList();

        assertThat(represented).isEqualTo(offered);
    }

    @Property(tries = 300)
    void as_many_are_shown_as_the_source_that_has_most_of_them(@ForAll("rows") List<IndexTables.SlotRow> rows) {
        Map<String, Map<Source, Long>> bySource = rows.stream()
                .collect(Collectors.groupingBy(
                        row -> identity(row.slot()),
                        Collectors.groupingBy(IndexTables.SlotRow::source, Collectors.counting())));
        Map<String, Long> most = new HashMap<>();
        bySource.forEach((slot, counts) -> most.put(slot, Collections.max(counts.values())));

        assertThat(Merge.merge(rows, ALL).stream()
                        .collect(Collectors.groupingBy(merged -> identity(merged.slot()), Collectors.counting())))
                .isEqualTo(most);
    }

    @Property(tries = 300)
    void the_order_of_sources_does_not_matter(@ForAll("rows") List<IndexTables.SlotRow> rows, @ForAll long seed) {
        List<Source> order = new ArrayList<>(ALL);
        Collections.shuffle(order, new Random(seed));
        List<IndexTables.SlotRow> otherwise = rows.stream()
                .sorted(Comparator.comparing(row -> order.indexOf(row.source())))
                .toList();

        assertThat(Merge.merge(otherwise, ALL)).isEqualTo(Merge.merge(rows, ALL));
    }

    @Property(tries = 300)
    void ids_are_unique_and_those_of_a_slot_do_not_depend_on_who_else_offers_it(
            @ForAll("rows") List<IndexTables.SlotRow> rows) {
        List<String> all = ids(rows);

        assertThat(all).doesNotHaveDuplicates();
        for (Source source : ALL) {
            assertThat(all)
                    .containsAll(ids(rows.stream()
                            .filter(row -> row.source().equals(source))
                            .toList()));
        }
    }

    @Property(tries = 100)
    void ids_do_not_depend_on_what_a_redelivery_may_change(@ForAll("rows") List<IndexTables.SlotRow> rows) {
        List<IndexTables.SlotRow> again = rows.stream()
                .map(row -> new Told(
                                row.source(),
                                row.slot().start(),
                                "again-" + row.slot().reference())
                        .at(row.slot().place())
                        .until(row.slot().end())
                        .audience(Audience.PROFESSIONALS)
                        .reason("another")
                        .changed(TEN.plusSeconds(60))
                        .row())
                .toList();

        assertThat(ids(again)).isEqualTo(ids(rows));
    }

    @Property(tries = 100)
    void slots_come_by_start(@ForAll("rows") List<IndexTables.SlotRow> rows) {
        assertThat(Merge.merge(rows, ALL))
                .isSortedAccordingTo(Comparator.comparing(slot -> slot.slot().start()));
    }

    /** Few starts, lengths and places, so that slots meet often. */
    @Provide
    Arbitrary<List<IndexTables.SlotRow>> rows() {
        return Combinators.combine(
                        Arbitraries.of(SOLEIL, LUNE, Source.AGENDA),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.of(15, 30),
                        Arbitraries.of("here", "there"),
                        Arbitraries.of(true, false))
                .as((source, quarter, minutes, place, bookable) -> {
                    Told told = a(source, 15 * quarter).lasting(minutes).at(place);
                    return bookable && !source.isAgenda() ? told.bookable() : told;
                })
                .list()
                .ofMaxSize(24)
                .map(told -> rows(told.toArray(Told[]::new)));
    }

    private static String identity(Slot slot) {
        return slot.start() + " " + slot.end() + " " + slot.place();
    }

    private static List<String> ids(List<IndexTables.SlotRow> rows) {
        return Merge.merge(rows, ALL).stream().map(MergedSlot::id).toList();
    }

    private static String shown(Told... slots) {
        return Shown.line(merge(slots));
    }

    private static List<MergedSlot> merge(Told... slots) {
        return Merge.merge(rows(slots), ALL);
    }

    private static List<IndexTables.SlotRow> rows(Told... slots) {
        return Stream.of(slots).map(Told::row).toList();
    }

    private static Told a(Source source, int minutesAfterTen) {
        return new Told(source, TEN.plus(Duration.ofMinutes(minutesAfterTen)), "r" + minutesAfterTen);
    }

    /** A slot as its source tells it: a quarter of an hour, here, not bookable, until said otherwise. */
    private record Told(
            Source source,
            Instant start,
            Instant end,
            String place,
            String reference,
            Set<Audience> audiences,
            Set<ConsultationMode> modes,
            List<String> reasons,
            List<Community> communities,
            @Nullable URI page,
            Instant changedAt) {

        Told(Source source, Instant start, String reference) {
            this(
                    source,
                    start,
                    start.plus(Duration.ofMinutes(15)),
                    "here",
                    reference,
                    Set.of(Audience.PUBLIC),
                    Set.of(ConsultationMode.AT_PRACTICE),
                    List.of(),
                    List.of(),
                    null,
                    TEN);
        }

        Told lasting(int minutes) {
            return until(start.plus(Duration.ofMinutes(minutes)));
        }

        Told until(Instant end) {
            return new Told(
                    source, start, end, place, reference, audiences, modes, reasons, communities, page, changedAt);
        }

        Told at(String place) {
            return new Told(
                    source, start, end, place, reference, audiences, modes, reasons, communities, page, changedAt);
        }

        Told bookable() {
            URI url = URI.create("https://" + source + ".example/" + reference);
            return new Told(
                    source, start, end, place, reference, audiences, modes, reasons, communities, url, changedAt);
        }

        Told audience(Audience audience) {
            return new Told(
                    source,
                    start,
                    end,
                    place,
                    reference,
                    Set.of(audience),
                    modes,
                    reasons,
                    communities,
                    page,
                    changedAt);
        }

        Told mode(ConsultationMode mode) {
            return new Told(
                    source,
                    start,
                    end,
                    place,
                    reference,
                    audiences,
                    Set.of(mode),
                    reasons,
                    communities,
                    page,
                    changedAt);
        }

        Told reason(String reason) {
            return new Told(
                    source,
                    start,
                    end,
                    place,
                    reference,
                    audiences,
                    modes,
                    List.of(reason),
                    communities,
                    page,
                    changedAt);
        }

        Told of(Community community) {
            return new Told(
                    source,
                    start,
                    end,
                    place,
                    reference,
                    audiences,
                    modes,
                    reasons,
                    List.of(community),
                    page,
                    changedAt);
        }

        Told changed(Instant at) {
            return new Told(source, start, end, place, reference, audiences, modes, reasons, communities, page, at);
        }

        IndexTables.SlotRow row() {
            Slot slot = new Slot(
                    ALICE,
                    place,
                    start,
                    end,
                    audiences,
                    modes,
                    reasons,
                    List.of(),
                    null,
                    page,
                    communities,
                    1,
                    reference);
            return new IndexTables.SlotRow(source, slot, changedAt);
        }
    }
}
