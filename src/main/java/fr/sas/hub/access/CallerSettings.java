package fr.sas.hub.access;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may call: {@code hub.clients[*]}.
 *
 * @param clients nobody outside the demo unless the operator says so
 */
@ConfigurationProperties("hub")
record CallerSettings(@DefaultValue List<Client> clients) {

    /**
     * @param tokenSha256 SHA-256 of the bearer token, in hex: the token itself is never written down
     * @param certificateSubject subject of the client certificate, in any spelling ({@link SubjectName}), as alternative to
     *     a token
     * @param certificateIssuer name of the authority that issued the certificate itself; null: any that the server trusts
     * @param jwtClient how the issuer of signed tokens names it ({@code azp}), as alternative to a token
     * @param vendor the vendor it speaks for; only role vendor has one
     * @param bookings {@code write} lets it book slots and ranges of agendas; only role search may have it
     * @param namesPersons whether it may name the person it calls for: it has authenticated them
     */
    record Client(
            String id,
            Role role,
            @Nullable String tokenSha256,
            @Nullable String certificateSubject,
            @Nullable String certificateIssuer,
            @Nullable String jwtClient,
            @Nullable String vendor,
            @Nullable Bookings bookings,
            @DefaultValue("false") boolean namesPersons) {}
}
