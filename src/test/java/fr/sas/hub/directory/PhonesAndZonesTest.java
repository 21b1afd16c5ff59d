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
        "0594 39 39 39, +594594393939"
    })
    void a_certain_number_gets_its_country(String typed, String expected) {
        assertThat(Phones.normalise(typed, PARIS)).contains(expected);
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
                "01 40 00 00 00 (secrétariat)"
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
        "Indian/Reunion, 01 40 00 00 00, +33140000000"
    })
    void a_number_without_country_is_dialled_from_its_place(String zone, String typed, String expected) {
        assertThat(Phones.normalise(typed, ZoneId.of(zone))).contains(expected);
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
