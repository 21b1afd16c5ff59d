package fr.sas.hub.intake;

import static fr.sas.hub.testing.VendorBundle.aBundle;
import static fr.sas.hub.testing.VendorBundle.aPlace;
import static fr.sas.hub.testing.VendorBundle.aPractitioner;
import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.slot.Quirk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a vendor's times mean when clocks change and overseas; decided in docs/decisions/0004. */
class ClockChangesTest {

    private static final String ALICE = "810001234567";

    @Test
    void a_slot_across_the_spring_change_keeps_its_instants() {
        Read read = slot("2026-03-29T01:45:00+01:00", "2026-03-29T03:15:00+02:00", "75001")
                .at("2026-03-28T20:00:00Z");

        assertThat(read.times()).isEqualTo("2026-03-29T00:45:00Z/2026-03-29T01:15:00Z");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "the first 02:30, 2026-10-25T02:30:00+02:00, 2026-10-25T02:45:00+02:00, 2026-10-25T00:30:00Z/2026-10-25T00:45:00Z",
        "the second 02:30, 2026-10-25T02:30:00+01:00, 2026-10-25T02:45:00+01:00, 2026-10-25T01:30:00Z/2026-10-25T01:45:00Z"
    })
    void an_hour_that_comes_twice_is_told_apart_by_its_offset(String which, String start, String end, String expected) {
        assertThat(slot(start, end, "75001").at("2026-10-24T20:00:00Z").times()).isEqualTo(expected);
    }

    @Test
    void a_time_without_offset_that_clocks_skip_is_rejected() {
        Read read = slot("2026-03-29T02:30:00", "2026-03-29T03:30:00", "75001")
                .at("2026-03-28T20:00:00Z")
                .tolerating(Quirk.TIMES_WITHOUT_ZONE);

        assertThat(read.findings()).containsExactly("TIME_DOES_NOT_EXIST at Bundle.entry[0].resource.start");
    }

    @ParameterizedTest(name = "{0} to {1} is {2}")
    @CsvSource({
        // both readings are as long as the local times say: the earlier one
        "2026-10-25T02:15:00, 2026-10-25T02:45:00, 2026-10-25T00:15:00Z/2026-10-25T00:45:00Z",
        // only the second 02:45 is a quarter of an hour before 03:00
        "2026-10-25T02:45:00, 2026-10-25T03:00:00, 2026-10-25T01:45:00Z/2026-10-25T02:00:00Z",
        // only the first 02:00 is a quarter of an hour after 01:45
        "2026-10-25T01:45:00, 2026-10-25T02:00:00, 2026-10-24T23:45:00Z/2026-10-25T00:00:00Z"
    })
    void a_time_without_offset_in_the_double_hour_is_the_reading_that_makes_the_slot_as_long_as_it_says(
            String start, String end, String expected) {
        Read read = slot(start, end, "75001").at("2026-10-24T20:00:00Z").tolerating(Quirk.TIMES_WITHOUT_ZONE);

        assertThat(read.times()).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} at {1}")
    @CsvSource({
        "2026-07-01T09:00:00+01:00, 2026-07-01T09:15:00+01:00, 75001, 2026-07-01T07:00:00Z/2026-07-01T07:15:00Z",
        "2026-07-01T09:00:00+02:00, 2026-07-01T09:15:00+02:00, 75001, 2026-07-01T07:00:00Z/2026-07-01T07:15:00Z",
        // utc is no season's offset of Paris: believed as it is
        "2026-07-01T09:00:00Z, 2026-07-01T09:15:00Z, 75001, 2026-07-01T09:00:00Z/2026-07-01T09:15:00Z"
    })
    void a_vendor_known_to_write_the_winter_offset_all_year_is_read_by_its_local_time(
            String start, String end, String postalCode, String expected) {
        Read read = slot(start, end, postalCode).at("2026-07-01T00:00:00Z").tolerating(Quirk.WRONG_SEASONAL_OFFSET);

        assertThat(read.times()).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{2}: midnight is {3}")
    @CsvSource({
        "2026-06-12T00:00:00, 2026-06-12T00:15:00, 97400, 2026-06-11T20:00:00Z/2026-06-11T20:15:00Z",
        "2026-06-12T00:00:00, 2026-06-12T00:15:00, 97200, 2026-06-12T04:00:00Z/2026-06-12T04:15:00Z",
        "2026-06-12T00:00:00, 2026-06-12T00:15:00, 98800, 2026-06-11T13:00:00Z/2026-06-11T13:15:00Z",
        "2026-06-12T00:00:00, 2026-06-12T00:15:00, 75001, 2026-06-11T22:00:00Z/2026-06-11T22:15:00Z"
    })
    void a_time_without_offset_is_the_local_time_of_the_place(
            String start, String end, String postalCode, String expected) {
        Read read = slot(start, end, postalCode).at("2026-06-11T10:00:00Z").tolerating(Quirk.TIMES_WITHOUT_ZONE);

        assertThat(read.times()).isEqualTo(expected);
    }

    private static Read slot(String start, String end, String postalCode) {
        return Read.of(aBundle()
                        .with(aPractitioner(ALICE, "DURAND", "Alice")
                                .at(aPlace("1750000001")
                                        .address("1 rue des Tilleuls", postalCode, "VILLE")
                                        .slot(aVendorSlot().set("/start", start).set("/end", end)))))
                .asking(ALICE);
    }
}
