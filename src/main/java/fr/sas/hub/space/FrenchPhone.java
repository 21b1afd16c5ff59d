package fr.sas.hub.space;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Formats phone numbers as is usual in France: « 02 62 37 10 10 ». */
final class FrenchPhone {

    /** Mainland and overseas country codes, whose nine digits are dialled after a 0. */
    private static final Pattern NATIONAL = Pattern.compile("\\+(?:33|262|590|594|596)([0-9]{9})");

    /** A line never ends within a number. */
    private static final char UNBROKEN = '\u00a0';

    private FrenchPhone() {}

    static @Nullable String spoken(@Nullable String phone) {
        if (phone == null) {
            return null;
        }
        Matcher national = NATIONAL.matcher(phone);
        if (!national.matches()) {
            return phone;
        }
        String digits = "0" + national.group(1);
        StringBuilder spoken = new StringBuilder(digits.substring(0, 2));
        for (int i = 2; i < digits.length(); i += 2) {
            spoken.append(UNBROKEN).append(digits, i, i + 2);
        }
        return spoken.toString();
    }
}
