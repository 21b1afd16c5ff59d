package fr.sas.hub.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhonesAndZonesTest {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    @ParameterizedTest
    @CsvSource({
        "01 40 00 00 00, +33140000000",
        "01.40.00.00.00, +33140000000",
        "01-40-00-00-00, +33140000000",
        "0140000000, +33140000000",
        "+33 (0)1 40 00 00 00, +33140000000",
        "+33140000000, +33140000000",
        "0033 1 40 00 00 00, +33140000000",
        "0262 20 20 20, +262262202020",
        "0692 12 34 56, +262692123456",
        "0596 30 30 30, +596596303030",
        "0690 35 35 35, +590690353535",
        "0594 39 39 39, +594594393939",
        "0696 12 34 56, +596696123456",
        "0694 20 20 20, +594694202020",
        "0269 61 12 34, +262269611234",
        "0800 12 34 56, +33800123456",
        "0033 (0)1 40 00 00 00, +33140000000",
        "01/40/00/00/00, +33140000000",
        "33140000000, +33140000000",
        "00262 692 12 34 56, +262692123456",
        "+262 (0)692 12 34 56, +262692123456"
    })
    void a_certain_number_gets_its_country(String typed, String expected) {
        assertThat(Phones.normalise(typed, PARIS)).contains(expected);
    }

    /** Blocks come and go: the guide's own form says enough. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "+33639989812",
                "+33700000000",
                "+33990000000",
                "+262612345678",
                "+590000000000",
                "+594123456789",
                "+596999999999",
                "+508123456789",
                "+508000000",
                "+681000000",
                "+687000000",
                "+68900000000"
            })
    void a_number_in_the_guides_own_form_is_one_whatever_the_numbering_plan_of_today(String written) {
        assertThat(Phones.normalise(written, PARIS)).contains(written);
        assertThat(Phones.normalise(" " + written + " ", ZoneId.of("Indian/Reunion")))
                .contains(written);
    }

    @ParameterizedTest
    @CsvSource({"+33140000000, true", "+33639989812, false", "+262692123456, true", "+594123456789, false"})
    void whether_the_plan_knows_its_block_is_another_question(String number, boolean known) {
        assertThat(Phones.isOfKnownBlock(number)).isEqualTo(known);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+33 639989812",
                "0639989812",
                "+3363998981",
                "+336399898123",
                "+687123456789",
                "+68700000",
                "+6890000000",
                "+50812345678",
                "+68112345678"
            })
    void what_is_not_in_that_form_is_interpreted_and_left_out_when_uncertain(String typed) {
        assertThat(Phones.normalise(typed, PARIS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "15",
                "3624",
                "112",
                "",
                "   ",
                "inconnu",
                "01 40 00 00 00 poste 12",
                "01 40 00 00 00 / 01 40 00 00 01",
                "01 40 00 00",
                "+1 202 555 0100",
                "00 00 00 00 00",
                "01 40 00 00 00 (secrétariat)",
                "01 40 00 00 00 01 40 00 00 01",
                "01 40 00 00 00;01 40 00 00 01",
                "01 40 00 00 00#12",
                "01 40 00 00 00 - 12",
                "+33 1 40 00 00 00 00",
                "+32 2 555 12 12",
                "+377 93 15 00 00"
            })
    void what_is_not_certainly_a_number_is_left_out(String typed) {
        assertThat(Phones.normalise(typed, PARIS)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Pacific/Noumea, 25 66 66, +687256666",
        "Pacific/Tahiti, 40 48 62 62, +68940486262",
        "America/Miquelon, 41 15 00, +508411500",
        "Indian/Reunion, 02 62 20 20 20, +262262202020",
        "Indian/Reunion, 01 40 00 00 00, +33140000000",
        "Indian/Reunion, 06 12 34 56 78, +33612345678",
        "Indian/Reunion, 0800 12 34 56, +262800123456",
        "Indian/Reunion, 0596 30 30 30, +596596303030",
        "Indian/Mayotte, 0269 61 12 34, +262269611234",
        "America/Martinique, 0690 35 35 35, +590690353535",
        "America/Cayenne, 0694 12 34 56, +594694123456",
        "America/Marigot, 0590 87 12 34, +590590871234",
        "Pacific/Wallis, 72 12 34, +681721234"
    })
    void a_number_without_country_is_dialled_from_its_place(String zone, String typed, String expected) {
        assertThat(Phones.normalise(typed, ZoneId.of(zone))).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0694 12 34 56", "0976 12 34 56"})
    void a_number_that_two_territories_have_is_left_out_where_neither_is_home(String typed) {
        assertThat(Phones.normalise(typed, ZoneId.of("America/Martinique"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "75001, Europe/Paris",
        "20000, Europe/Paris",
        "97110, America/Guadeloupe",
        "97133, America/St_Barthelemy",
        "97150, America/Marigot",
        "97200, America/Martinique",
        "97300, America/Cayenne",
        "97400, Indian/Reunion",
        "97500, America/Miquelon",
        "97600, Indian/Mayotte",
        "98600, Pacific/Wallis",
        "98713, Pacific/Tahiti",
        "98742, Pacific/Marquesas",
        "98800, Pacific/Noumea",
        "98000, Europe/Paris",
        ", Europe/Paris"
    })
    void a_postal_code_tells_the_zone(String postalCode, String zone) {
        assertThat(PlaceZones.ofPostalCode(postalCode)).isEqualTo(ZoneId.of(zone));
    }
}
