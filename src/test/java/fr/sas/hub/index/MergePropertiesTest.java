package fr.sas.hub.index;

import static fr.sas.hub.index.ToldSlot.TEN;
import static fr.sas.hub.index.ToldSlot.a;
import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.slot.Audience;
import fr.sas.hub.slot.Slot;
import fr.sas.hub.slot.Source;
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

/** What holds of merging whatever is offered. */
class MergePropertiesTest {

    private static final Source SOLEIL = new Source("soleil");
    private static final Source LUNE = new Source("lune");
    private static final Set<Source> ALL = Set.of(SOLEIL, LUNE, Source.AGENDA);

    @Property(tries = 300)
    void every_row_is_represented_exactly_once(@ForAll("rows") List<IndexReader.SlotRow> rows) {
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
    void as_many_are_shown_as_the_source_that_has_most_of_them(@ForAll("rows") List<IndexReader.SlotRow> rows) {
        Map<String, Map<Source, Long>> bySource = rows.stream()
                .collect(Collectors.groupingBy(
                        row -> identity(row.slot()),
                        Collectors.groupingBy(IndexReader.SlotRow::source, Collectors.counting())));
        Map<String, Long> most = new HashMap<>();
        bySource.forEach((slot, counts) -> most.put(slot, Collections.max(counts.values())));

        assertThat(Merge.merge(rows, ALL).stream()
                        .collect(Collectors.groupingBy(merged -> identity(merged.slot()), Collectors.counting())))
                .isEqualTo(most);
    }

    @Property(tries = 300)
    void the_order_of_sources_does_not_matter(@ForAll("rows") List<IndexReader.SlotRow> rows, @ForAll long seed) {
        List<Source> order = new ArrayList<>(ALL);
        Collections.shuffle(order, new Random(seed));
        List<IndexReader.SlotRow> otherwise = rows.stream()
                .sorted(Comparator.comparing(row -> order.indexOf(row.source())))
                .toList();

        assertThat(Merge.merge(otherwise, ALL)).isEqualTo(Merge.merge(rows, ALL));
    }

    @Property(tries = 300)
    void ids_are_unique_and_those_of_a_slot_do_not_depend_on_who_else_offers_it(
            @ForAll("rows") List<IndexReader.SlotRow> rows) {
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
    void ids_do_not_depend_on_what_a_redelivery_may_change(@ForAll("rows") List<IndexReader.SlotRow> rows) {
        List<IndexReader.SlotRow> again = rows.stream()
                .map(row -> new ToldSlot(
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
    void slots_come_by_start(@ForAll("rows") List<IndexReader.SlotRow> rows) {
        assertThat(Merge.merge(rows, ALL))
                .isSortedAccordingTo(Comparator.comparing(slot -> slot.slot().start()));
    }

    /** Few starts, lengths and places, so that slots meet often. */
    @Provide
    Arbitrary<List<IndexReader.SlotRow>> rows() {
        return Combinators.combine(
                        Arbitraries.of(SOLEIL, LUNE, Source.AGENDA),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.of(15, 30),
                        Arbitraries.of("here", "there"),
                        Arbitraries.of(true, false))
                .as((source, quarter, minutes, place, bookable) -> {
                    ToldSlot told = a(source, 15 * quarter).lasting(minutes).at(place);
                    return bookable && !source.isAgenda() ? told.bookable() : told;
                })
                .list()
                .ofMaxSize(24)
                .map(told -> ToldSlot.rows(told.toArray(ToldSlot[]::new)));
    }

    private static String identity(Slot slot) {
        return slot.start() + " " + slot.end() + " " + slot.place();
    }

    private static List<String> ids(List<IndexReader.SlotRow> rows) {
        return Merge.merge(rows, ALL).stream().map(MergedSlot::id).toList();
    }
}
