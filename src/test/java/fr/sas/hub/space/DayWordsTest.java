package fr.sas.hub.space;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.springframework.context.i18n.LocaleContextHolder;

/** Days and ages in the words of each language. */
class DayWordsTest {

    private static final LocalDate FIRST = LocalDate.of(2026, 12, 1);

    @Test
    void in_french_the_first_of_a_month_is_an_ordinal_and_no_other_day_is() {
        assertThat(DayWords.of(FIRST, "EEEE d MMMM yyyy", Locale.FRENCH)).isEqualTo("mardi 1er décembre 2026");
        assertThat(DayWords.of(FIRST.plusDays(10), "d MMMM", Locale.FRENCH)).isEqualTo("11 décembre");
        assertThat(new WeekView.Day(FIRST, false, false, true, null, java.util.List.of()).longName(Locale.FRENCH))
                .isEqualTo("Mardi 1er décembre");
        assertThat(DayWords.of(FIRST, "EEEE d MMMM", Locale.ENGLISH)).isEqualTo("Tuesday 1 December");
    }

    @Test
    void an_age_of_days_is_told_in_the_readers_language() {
        ZonedDateTime now = FIRST.atStartOfDay(ZoneId.of("Europe/Paris"));
        try {
            LocaleContextHolder.setLocale(Locale.FRENCH);
            assertThat(RelativeTime.spoken(now.minusDays(4).toInstant(), now.toInstant()))
                    .isEqualTo("4\u00a0j");
            LocaleContextHolder.setLocale(Locale.ENGLISH);
            assertThat(RelativeTime.spoken(now.minusDays(4).toInstant(), now.toInstant()))
                    .isEqualTo("4\u00a0d");
        } finally {
            LocaleContextHolder.resetLocaleContext();
        }
    }
}
