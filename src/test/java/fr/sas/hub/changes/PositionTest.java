package fr.sas.hub.changes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {

    @ParameterizedTest
    @ValueSource(strings = {"0", "12", "12-7-7", "12-0-20", "12-7-7-30"})
    void whatever_was_handed_out_is_read_as_it_was_written(String text) {
        assertThat(Position.parse(text)).map(Position::toString).contains(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"12-7-7-3", "12-7-9", "12-7-3", "12-7-9-30", "12-15-15", "12-12-12", "0-0-9", "7-12-12-30"})
    void what_nobody_was_handed_out_is_no_position(String text) {
        assertThat(Position.parse(text)).isEmpty();
    }

    @Test
    void whoever_knows_three_numbers_only_reads_the_rest() {
        Position fourNumbers = new Position(12, 7, 7, 30);

        assertThat(fourNumbers.withoutSettingOut()).hasToString("12-7-7");
        assertThat(fourNumbers.withoutSettingOut().settingOutAt(30)).isEqualTo(fourNumbers);
        assertThat(Position.of(40).settingOutAt(30))
                .as("kept from a former way")
                .isEqualTo(Position.of(40));
        assertThat(new Position(44, 40, 40, 40).settingOutAt(30).setOut()).isEqualTo(40);
    }

    /** As the release before the one that tells it handed them out. */
    @Test
    void who_does_not_tell_when_it_set_out_may_have_done_so_long_ago() {
        assertThat(Position.parse("12-7-7")).map(Position::setOut).contains(7L);
        assertThat(Position.parse("12-0-20")).map(Position::setOut).contains(20L);
    }

    @Test
    void who_goes_on_its_way_set_out_when_its_first_page_was_read() {
        Position first = Position.of(7).onTheWay(9, 30);

        assertThat(first.onTheWay(12, 44)).isEqualTo(new Position(12, 7, 7, 30));
        assertThat(Position.NOTHING.onTheWay(9, 30).onTheWay(12, 44)).isEqualTo(new Position(12, 0, 30, 30));
    }
}
