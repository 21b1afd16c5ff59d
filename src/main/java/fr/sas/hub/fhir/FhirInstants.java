package fr.sas.hub.fhir;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Instants as the guide writes them (milliseconds and a numeric offset, never {@code Z}: {@code
 * 2026-06-12T16:40:00.000+02:00}) and as vendors write them. Used for every slot read and every slot rendered, so it
 * works on characters instead of using a formatter.
 */
public final class FhirInstants {

    private static final int LENGTH = "2026-06-12T16:40:00.000+02:00".length();

    private FhirInstants() {}

    /**
     * A date and time as written.
     *
     * @param local the wall-clock part
     * @param offset null when none was written; UTC for {@code Z}
     */
    public record WrittenInstant(
            LocalDateTime local, @Nullable ZoneOffset offset) {}

    /** The instant in the guide's form, always 29 characters, with the zone's offset at that instant. */
    public static String write(Instant instant, ZoneId zone) {
        ZoneOffset offset = zone.getRules().getOffset(instant);
        long second = instant.getEpochSecond() + offset.getTotalSeconds();
        LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(second, 86_400L));
        if (day.getYear() < 0 || day.getYear() > 9999) {
            throw new DateTimeException("FHIR does not support years of more than four digits: " + instant);
        }
        int secondOfDay = (int) Math.floorMod(second, 86_400L);
        char[] text = new char[LENGTH];
        digits(text, 0, 4, day.getYear());
        text[4] = '-';
        digits(text, 5, 2, day.getMonthValue());
        text[7] = '-';
        digits(text, 8, 2, day.getDayOfMonth());
        text[10] = 'T';
        digits(text, 11, 2, secondOfDay / 3600);
        text[13] = ':';
        digits(text, 14, 2, secondOfDay / 60 % 60);
        text[16] = ':';
        digits(text, 17, 2, secondOfDay % 60);
        text[19] = '.';
        digits(text, 20, 3, instant.getNano() / 1_000_000);
        int minutes = Math.abs(offset.getTotalSeconds()) / 60;
        text[23] = offset.getTotalSeconds() < 0 ? '-' : '+';
        digits(text, 24, 2, minutes / 60);
        text[26] = ':';
        digits(text, 27, 2, minutes % 60);
        return new String(text);
    }

    private static void digits(char[] text, int at, int count, int number) {
        int rest = number;
        for (int i = at + count - 1; i >= at; i--) {
            text[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /**
     * Reads {@code yyyy-MM-ddTHH:mm[:ss[.fraction]]} followed by {@code Z}, {@code +hh:mm}, {@code +hhmm} or nothing.
     * Returns null for any other format, and for a date or time that does not exist.
     */
    public static @Nullable WrittenInstant read(String text) {
        int length = text.length();
        if (length < 16
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(10) != 'T'
                || text.charAt(13) != ':') {
            return null;
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = 0;
        int nano = 0;
        int at = 16;
        if (at < length && text.charAt(at) == ':') {
            second = number(text, 17, 19);
            at = 19;
            if (at < length && text.charAt(at) == '.') {
                int from = ++at;
                int unit = 100_000_000;
                for (; at < length && isDigit(text.charAt(at)); at++) {
                    nano += (text.charAt(at) - '0') * unit;
                    unit /= 10;
                }
                if (at == from) {
                    return null;
                }
            }
        }
        if ((year | month | day | hour | minute | second) < 0) {
            return null;
        }
        try {
            LocalDateTime local = LocalDateTime.of(year, month, day, hour, minute, second, nano);
            return at >= length ? new WrittenInstant(local, null) : withOffset(local, text, at);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable WrittenInstant withOffset(LocalDateTime local, String text, int at) {
        int length = text.length() - at;
        char sign = text.charAt(at);
        if (sign == 'Z') {
            return length == 1 ? new WrittenInstant(local, ZoneOffset.UTC) : null;
        }
        boolean colon = length == 6 && text.charAt(at + 3) == ':';
        if ((sign != '+' && sign != '-') || !(colon || length == 5)) {
            return null;
        }
        int hours = number(text, at + 1, at + 3);
        int minutes = number(text, colon ? at + 4 : at + 3, text.length());
        if (hours < 0 || minutes < 0) {
            return null;
        }
        int factor = sign == '-' ? -1 : 1;
        return new WrittenInstant(local, ZoneOffset.ofHoursMinutes(factor * hours, factor * minutes));
    }

    /** -1 when it is not a number. */
    private static int number(String text, int from, int to) {
        if (to > text.length()) {
            return -1;
        }
        int number = 0;
        for (int i = from; i < to; i++) {
            if (!isDigit(text.charAt(i))) {
                return -1;
            }
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
