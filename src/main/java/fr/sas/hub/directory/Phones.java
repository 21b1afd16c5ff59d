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
 * Phone numbers in the platform's form: + and digits, country code included (DOMAIN §3), or nothing when uncertain. A
 * number in the guide's form is accepted as it is; for everything else, libphonenumber decides whether it is a number
 * and of which country.
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
    /** These share one dialling format, 0 and nine digits; the number itself usually distinguishes them. */
    private static final List<String> WITH_TEN_DIGITS = List.of("FR", "RE", "YT", "GP", "MQ", "GF");
    /** Overseas ranges of the national numbering plan, some of which the library also assigns to the mainland. */
    private static final Pattern RATHER_OVERSEAS = Pattern.compile("\\+33(26|59|639|69).*");
    /** The guide's form; the shorter overseas plans have lengths of their own, Saint-Pierre-et-Miquelon has two. */
    private static final Pattern GUIDES_FORM =
            Pattern.compile("\\+((33|262|508|590|594|596)[0-9]{9}|(508|681|687)[0-9]{6}|689[0-9]{8})");
    /** Numbers of other types (free of charge, premium) have the same digits everywhere. */
    private static final Set<PhoneNumberType> TELLING = Set.of(
            PhoneNumberType.FIXED_LINE,
            PhoneNumberType.MOBILE,
            PhoneNumberType.FIXED_LINE_OR_MOBILE,
            PhoneNumberType.VOIP);

    private Phones() {}

    /**
     * Empty unless the text is certainly one number that can be dialled: not short numbers, extensions ("poste 12"),
     * several numbers in one text, or other countries.
     *
     * @param zone of the place the number belongs to: a number without a country code is dialled from there
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

    /**
     * Whether current numbering plans contain the block of a number returned by {@link #normalise}: new blocks are
     * added every year.
     */
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

    /** Words around a number may change its meaning. */
    private static boolean hasNoWords(String text) {
        return text.chars().noneMatch(Character::isLetter);
    }
}
