package fr.sas.hub.account;

import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.access.HiddenCharacters;
import fr.sas.hub.delegation.TypedText;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StorableText;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/**
 * Who a person is according to the provider. Names are what people typed there: they are reduced to what a form of the hub
 * would take, since at a sign-in nobody can correct them.
 *
 * @param subject the provider's own permanent identifier of the person
 * @param practitioner the national id that Pro Santé Connect vouches for; null if there is none
 * @param email null if there is none, or if it has not been verified
 * @param family may be empty
 * @param given may be empty
 */
record Identity(
        String issuer,
        String subject,
        @Nullable PractitionerId practitioner,
        @Nullable EmailAddress email,
        String family,
        String given) {

    /** What OpenID Connect Core 1.0 §2 allows a provider's identifiers to have, and the database keeps. */
    private static final int LONGEST_IDENTIFIER = 255;

    /** @throws IllegalArgumentException if the provider's identifier of the person, or of their session, cannot be kept */
    static Identity of(OidcUser user, String nationalIdClaim) {
        String session = user.getClaimAsString("sid");
        if (!canBeKept(user.getSubject()) || (session != null && !canBeKept(session))) {
            throw new IllegalArgumentException("The provider's identifier of a person or session cannot be kept");
        }
        return new Identity(
                user.getIssuer().toString(),
                user.getSubject(),
                PractitionerId.parse(user.getClaimAsString(nationalIdClaim)).orElse(null),
                Boolean.TRUE.equals(user.getEmailVerified())
                        ? EmailAddress.parse(user.getEmail()).orElse(null)
                        : null,
                name(user.getFamilyName()),
                name(user.getGivenName()));
    }

    private static boolean canBeKept(String identifier) {
        return identifier.length() <= LONGEST_IDENTIFIER && StorableText.isStorable(identifier);
    }

    private static String name(@Nullable String said) {
        String line = line(said == null ? "" : said);
        return line.codePointCount(0, line.length()) <= TypedText.LONGEST_NAME
                ? line
                : line(line.substring(0, line.offsetByCodePoints(0, TypedText.LONGEST_NAME)));
    }

    private static String line(String said) {
        String seen = StorableText.repaired(HiddenCharacters.without(said));
        return seen.replaceAll("\\s+", " ").strip();
    }
}
