package fr.sas.hub.account;

import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.slot.PractitionerId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/**
 * Who the provider says somebody is.
 *
 * @param subject the provider's own name of them, for ever
 * @param practitioner the national id that Pro Santé Connect vouches for; null for who has none
 * @param email null when there is none, or nobody verified that it is theirs
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

    static Identity of(OidcUser user, String nationalIdClaim) {
        return new Identity(
                user.getIssuer().toString(),
                user.getSubject(),
                PractitionerId.parse(user.getClaimAsString(nationalIdClaim)).orElse(null),
                Boolean.TRUE.equals(user.getEmailVerified())
                        ? EmailAddress.parse(user.getEmail()).orElse(null)
                        : null,
                Optional.ofNullable(user.getFamilyName()).orElse(""),
                Optional.ofNullable(user.getGivenName()).orElse(""));
    }
}
