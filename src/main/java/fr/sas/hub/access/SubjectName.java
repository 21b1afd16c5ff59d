package fr.sas.hub.access;

import java.util.Set;
import java.util.stream.Collectors;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/**
 * The name of who shows a certificate, or of the authority that issued it, compared as a name: letters of either case,
 * spaces, escapes and the order in which its parts are written (RFC 2253, or as OpenSSL prints them) make no difference.
 */
record SubjectName(Set<String> parts) {

    static SubjectName of(X500Principal name) {
        try {
            return new SubjectName(new LdapName(name.getName(X500Principal.CANONICAL))
                    .getRdns().stream().map(Rdn::toString).collect(Collectors.toUnmodifiableSet()));
        } catch (InvalidNameException e) {
            throw new IllegalStateException("A canonical name is a name: " + name, e);
        }
    }

    /** @param setting where it stands, for who wrote it */
    static SubjectName parse(String text, String setting) {
        try {
            return of(new X500Principal(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    setting + " is no name such as CN=plateforme, OU=SAS, O=Organisation, C=FR: " + text, e);
        }
    }
}
