package fr.sas.hub.space;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.springframework.context.i18n.LocaleContextHolder;

/** Formats how long ago something was: « 40 s », « 12 min », « 3 h », « 2 j », in English "2 d". */
final class RelativeTime {

    /** A line never ends between a number and its unit. */
    private static final String UNBROKEN = "\u00a0";

    private RelativeTime() {}

    static String spoken(Instant then, Instant now) {
        Duration age = Duration.between(then, now);
        if (age.toSeconds() < 60) {
            return Math.max(0, age.toSeconds()) + UNBROKEN + "s";
        }
        if (age.toMinutes() < 60) {
            return age.toMinutes() + UNBROKEN + "min";
        }
        return age.toHours() < 48
                ? age.toHours() + UNBROKEN + "h"
                : age.toDays() + UNBROKEN + (isEnglish() ? "d" : "j");
    }

    private static boolean isEnglish() {
        return LocaleContextHolder.getLocale().getLanguage().equals(Locale.ENGLISH.getLanguage());
    }
}
