package fr.sas.hub.space;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Phone numbers as they are dialled in France. */
class FrenchPhoneTest {

    @ParameterizedTest
    @CsvSource({
        "+33102030405, 01_02_03_04_05",
        "+262262371010, 02_62_37_10_10",
        "+41225000000, +41225000000",
        "3624, 3624"
    })
    void a_number_is_said_by_pairs_that_no_line_breaks(String phone, String spoken) {
        assertThat(FrenchPhone.spoken(phone)).isEqualTo(spoken.replace('_', '\u00a0'));
    }
}
