package fr.sas.hub.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** During an upgrade a form may be sent to a node of each release: both recognise it. */
class SentFormTest {

    private static final UUID OTHERWISE = new UUID(1, 2);

    @ParameterizedTest
    @CsvSource({
        "01976000-1234-7abc-8def-0123456789ab, 01976000-1234-7abc-bacb-0dd78175aac5",
        "6f1ed002-ab59-4d8e-9c1b-5a3f0e6f7a11, 6f1ed002-ab59-4d8e-9fbf-a1556860c27a",
    })
    void a_form_makes_the_id_that_hubs_of_every_release_made_of_it(UUID key, UUID made) {
        assertThat(new SentForm(key).makes(OTHERWISE, "810000000001", "Dr Hélène 😀", "null"))
                .isEqualTo(made);
    }

    @Test
    void with_something_else_typed_the_id_is_another_one_in_the_same_order_of_time() {
        UUID key = UUID.fromString("01976000-1234-7abc-8def-0123456789ab");
        UUID one = new SentForm(key).makes(OTHERWISE, "a", "bc");
        UUID other = new SentForm(key).makes(OTHERWISE, "ab", "c");

        assertThat(one).isNotEqualTo(other);
        assertThat(one.getMostSignificantBits()).isEqualTo(other.getMostSignificantBits());
        assertThat(one.version()).isEqualTo(7);
        assertThat(one.variant()).isEqualTo(2);
    }

    @Test
    void a_form_of_which_nobody_knows_whether_it_was_sent_before_makes_something_new() {
        assertThat(new SentForm(null).makes(OTHERWISE, "a")).isEqualTo(OTHERWISE);
    }
}
