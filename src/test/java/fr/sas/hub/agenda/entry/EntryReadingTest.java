package fr.sas.hub.agenda.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.directory.DirectoryPlace;
import fr.sas.hub.slot.StructureId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which place somebody means, and what a place becomes when the directory learns more of it. */
class EntryReadingTest {

    private static final Instant NOW = Instant.parse("2026-06-12T08:00:00Z");
    private static final DirectoryPlace NORTH = place("1750000001", "1750000001", "375000000100015");
    private static final DirectoryPlace SOUTH = place("1750000002", "1750000002", "375000000100015");
    private static final DirectoryPlace HOME = place("address-0123456789abcdef");

    @ParameterizedTest
    @CsvSource({
        "1750000001, 1750000001",
        "750000002, 1750000002",
        "address-0123456789abcdef, address-0123456789abcdef",
    })
    void a_place_is_meant_by_its_id_or_by_its_structure_with_or_without_prefix(String named, String meant) {
        assertThat(typedAt(named).place().key()).isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "375000000100015 | is ambiguous: this structure has several places; name one of 1750000001, 1750000002",
                "1990000009 | is not a place where this practitioner works; known places are 1750000001, 1750000002, address-0123456789abcdef",
                "- | is required: one of 1750000001, 1750000002, address-0123456789abcdef",
            })
    void a_place_that_is_not_clear_is_refused_with_those_that_are(@Nullable String named, String message) {
        assertThatThrownBy(() -> typedAt(named))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        refused -> assertThat(refused.faults())
                                .extracting(fault ->
                                        fault.field() + " " + fault.rule().english())
                                .containsExactly("place " + message));
    }

    @Test
    void a_place_that_got_a_better_identifier_is_still_the_same() {
        var typed = DirectoryPlaces.shown(place("375000000100099", "375000000100099"));
        DirectoryPlace better = place("1750000003", "1750000003", "375000000100099");

        assertThat(DirectoryPlaces.today(typed, List.of(NORTH, better)).key()).isEqualTo("1750000003");
        assertThat(DirectoryPlaces.today(typed, List.of(NORTH))).isEqualTo(typed);
    }

    private static EntryDraft typedAt(@Nullable String place) {
        EntryDocument document = new EntryDocument(
                null,
                place,
                "2026-06-12",
                null,
                "16:40",
                "17:00",
                null,
                null,
                null,
                List.of("AMB"),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        return EntryReading.read(document, List.of(NORTH, SOUTH, HOME), NOW);
    }

    private static DirectoryPlace place(String id, String... structures) {
        return new DirectoryPlace(
                id,
                List.of(structures).stream().map(StructureId::new).toList(),
                null,
                "1 rue des Tilleuls",
                "75001",
                "PARIS",
                null,
                ZoneId.of("Europe/Paris"));
    }
}
