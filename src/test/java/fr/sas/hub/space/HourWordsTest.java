package fr.sas.hub.space;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalTime;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.i18n.LocaleContextHolder;

/** Hours in the language of the page. */
class HourWordsTest {

    @AfterEach
    void no_page_is_made() {
        LocaleContextHolder.resetLocaleContext();
    }

    @Test
    void in_french_there_is_an_h_and_in_english_a_colon() {
        LocaleContextHolder.setLocale(Locale.FRENCH);
        assertThat(HourWords.of(LocalTime.of(9, 5))).isEqualTo("09h05");

        LocaleContextHolder.setLocale(Locale.ENGLISH);
        assertThat(HourWords.of(LocalTime.of(17, 0))).isEqualTo("17:00");
    }

    @Test
    void outside_of_a_page_they_are_french_whatever_the_machine_speaks() {
        assertThat(HourWords.of(LocalTime.of(17, 0))).isEqualTo("17h00");
    }
}
