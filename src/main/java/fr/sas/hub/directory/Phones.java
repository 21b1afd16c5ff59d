package fr.sas.hub.directory;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Phone numbers as the platform wants them: + and the country's digits (DOMAIN §3), or nothing when not certain. What is
 * written in the guide's own form is a number as it is; what else is one, and whose, is libphonenumber's to know.
 */
public final class Phones {

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
    private static final Set<Integer> COUNTRIES = Set.of(33, 262, 508, 590, 594, 596, 681, 687, 689);
    private static final Map<ZoneId, String> REGIONS = Map.ofEntries(
            Map.entry(ZoneId.of("America/Guadeloupe"), "GP"),
            Map.entry(ZoneId.of("America/Martinique"), "MQ"),
            Map.entry(ZoneId.of("America/Cayenne"), "GF"),
            Map.entry(ZoneId.of("Indian/Reunion"), "RE"),
            Map.entry(ZoneId.of("America/Miquelon"), "PM"),
            Map.entry(ZoneId.of("Indian/Mayotte"), "YT"),
            Map.entry(ZoneId.of("America/St_Barthelemy"), "BL"),
            Map.entry(ZoneId.of("America/Marigot"), "MF"),
            Map.entry(ZoneId.of("Pacific/Wallis"), "WF"),
            Map.entry(ZoneId.of("Pacific/Tahiti"), "PF"),
            Map.entry(ZoneId.of("Pacific/Marquesas"), "PF"),
            Map.entry(ZoneId.of("Pacific/Gambier"), "PF"),
            Map.entry(ZoneId.of("Pacific/Noumea"), "NC"));
    /** One way of dialling, 0 and nine digits: the number itself tells them apart, mostly. */
    private static final List<String> WITH_TEN_DIGITS = List.of("FR", "RE", "YT", "GP", "MQ", "GF");
    /** Ranges of overseas territories in the national numbering plan, some of which the library gives to the mainland too. */
    private static final Pattern RATHER_OVERSEAS = Pattern.compile("\\+33(26|59|639|69).*");
    /** The guide's own form; the shorter plans of overseas have their own length, Saint-Pierre-et-Miquelon two. */
    private static final Pattern GUIDES_FORM =
            Pattern.compile("\\+((33|262|508|590|594|596)[0-9]{9}|(508|681|687)[0-9]{6}|689[0-9]{8})");
    /** Numbers of other kinds (free of charge, premium) exist everywhere with the same digits. */
    private static final Set<PhoneNumberType> TELLING = Set.of(
            PhoneNumberType.FIXED_LINE,
            PhoneNumberType.MOBILE,
            PhoneNumberType.FIXED_LINE_OR_MOBILE,
            PhoneNumberType.VOIP);

    private Phones() {}

    /**
     * Empty when the number is not certainly one that can be dialled: short numbers, extensions ("poste 12"), several
     * numbers in one text, other countries.
     *
     * @param zone of the place the number belongs to: a number without country is dialled from there
     */
    public static Optional<String> normalise(@Nullable String raw, ZoneId zone) {
        if (raw == null || raw.isBlank() || raw.length() > 40) {
            return Optional.empty();
        }
        String home = REGIONS.getOrDefault(zone, "FR");
        String text = raw.strip();
        if (GUIDES_FORM.matcher(text).matches()) {
            return Optional.of(text);
        }
        if (text.startsWith("+") || text.startsWith("00")) {
            return e164(text, home);
        }
        Optional<String> here = e164(text, home);
        if (!WITH_TEN_DIGITS.contains(home)
                || here.filter(number -> !RATHER_OVERSEAS.matcher(number).matches())
                        .isPresent()) {
            return here;
        }
        Set<String> elsewhere = new HashSet<>();
        for (String region : WITH_TEN_DIGITS) {
            if (!region.equals(home)) {
                read(text, region)
                        .filter(number -> TELLING.contains(NUMBERS.getNumberType(number)))
                        .map(number -> NUMBERS.format(number, PhoneNumberFormat.E164))
                        .filter(number -> !RATHER_OVERSEAS.matcher(number).matches())
                        .ifPresent(elsewhere::add);
            }
        }
        return switch (elsewhere.size()) {
            case 0 -> here;
            case 1 -> elsewhere.stream().findFirst();
            default -> Optional.empty();
        };
    }

    /** Whether today's numbering plans know the block of a number that {@link #normalise} made: new ones come every year. */
    public static boolean isOfKnownBlock(String number) {
        return read(number, "FR").isPresent();
    }

    private static Optional<String> e164(String text, String region) {
        return read(text, region).map(number -> NUMBERS.format(number, PhoneNumberFormat.E164));
    }

    private static Optional<PhoneNumber> read(String text, String region) {
        try {
            PhoneNumber number = NUMBERS.parse(text, region);
            boolean certain = COUNTRIES.contains(number.getCountryCode())
                    && !number.hasExtension()
                    && NUMBERS.isValidNumber(number)
                    && hasNoWords(text);
            return certain ? Optional.of(number) : Optional.empty();
        } catch (NumberParseException e) {
            return Optional.empty();
        }
    }

    /** Words around a number say something the number alone does not. */
    private static boolean hasNoWords(String text) {
        return text.chars().noneMatch(Character::isLetter);
    }
}
