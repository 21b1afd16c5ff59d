package fr.sas.hub.ops;

import fr.sas.hub.access.FrenchSpacing;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Formatting for the console's pages: ages, times, curves. Times are shown in the time zone of mainland France. */
public final class ViewFormats {

    private static final ViewFormats IN_ENGLISH = new ViewFormats(false, "d");
    private static final ViewFormats IN_FRENCH = new ViewFormats(true, "j");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.of("Europe/Paris"));
    private static final int WIDTH = 120;
    private static final int HEIGHT = 24;

    private final boolean french;
    private final String days;

    private ViewFormats(boolean french, String days) {
        this.french = french;
        this.days = days;
    }

    static ViewFormats in(Locale language) {
        return language.getLanguage().equals(Locale.FRENCH.getLanguage()) ? IN_FRENCH : IN_ENGLISH;
    }

    /** One sentence in the reader's language; null if there is none. */
    public @Nullable String either(@Nullable String inEnglish, @Nullable String inFrench) {
        if (!french || inFrench == null) {
            return inEnglish;
        }
        return FrenchSpacing.noBreak(inFrench);
    }

    /** Such as {@code 42 s}, {@code 12 min}, {@code 3 h}, {@code 5 d} or {@code 5 j}; a dash for never. */
    public String age(long seconds) {
        if (seconds < 0) {
            return "—";
        }
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 7_200) {
            return seconds / 60 + " min";
        }
        return seconds < 172_800 ? seconds / 3_600 + " h" : seconds / 86_400 + " " + days;
    }

    public String time(@Nullable Instant instant) {
        return at(instant);
    }

    static String at(@Nullable Instant instant) {
        return instant == null ? "—" : TIME.format(instant);
    }

    /** As the value of a {@code datetime-local} field, truncated to the second. */
    public String local(Instant instant) {
        return TIME.format(instant).replace(' ', 'T');
    }

    /** Points of an SVG polyline, 120 by 24; the newest value at the right, the highest at the top. */
    public String curve(List<Long> values) {
        long most = Math.max(1, values.stream().mapToLong(Long::longValue).max().orElse(1));
        return IntStream.range(0, values.size())
                .mapToObj(i -> x(values.size(), i) + "," + (HEIGHT - 1 - values.get(i) * (HEIGHT - 2) / most))
                .collect(Collectors.joining(" "));
    }

    private static long x(int size, int i) {
        return size == 1 ? WIDTH : (long) i * WIDTH / (size - 1);
    }
}
