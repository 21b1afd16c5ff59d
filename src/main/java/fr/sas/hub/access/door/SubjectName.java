package fr.sas.hub.access.door;

import java.util.Set;
import java.util.stream.Collectors;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/**
 * The name of a certificate's subject or issuer, compared as a name: case, spaces, escapes and the order of its parts
 * (RFC 2253, or as printed by OpenSSL) make no difference.
 */
record SubjectName(Set<String> parts) {

    static SubjectName of(X500Principal name) {
        try {
            return new SubjectName(new LdapName(name.getName(X500Principal.CANONICAL))
                    .getRdns().stream().map(Rdn::toString).collect(Collectors.toUnmodifiableSet()));
        } catch (InvalidNameException e) {
            throw new IllegalStateException("A canonical name must be a name: " + name, e);
        }
    }

    /** @param setting the setting that contains it, for the error message */
    static SubjectName parse(String text, String setting) {
        try {
            return of(new X500Principal(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    setting + " is not a name such as CN=plateforme, OU=SAS, O=Organisation, C=FR: " + text, e);
        }
    }
}
