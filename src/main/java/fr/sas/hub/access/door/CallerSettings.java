package fr.sas.hub.access.door;

import fr.sas.hub.access.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may call: {@code hub.clients[*]}.
 *
 * @param clients empty outside the demo unless configured
 */
@ConfigurationProperties("hub")
record CallerSettings(@DefaultValue List<Client> clients) {

    /**
     * @param tokenSha256 SHA-256 of the bearer token, in hex: the token itself is never stored
     * @param certificateSubject subject of the client certificate, in any spelling ({@link SubjectName}), as an
     *     alternative to a token
     * @param certificateIssuer name of the authority that issued the certificate directly; null: any that the server
     *     trusts
     * @param jwtClient the client's name at the issuer of signed tokens ({@code azp}), as an alternative to a token
     * @param vendor the vendor that the client belongs to; only for role vendor
     * @param bookings {@code write} lets it book slots and ranges of agendas; only for role search
     * @param namesPersons whether it may name the person it calls for, having authenticated them
     */
    record Client(
            String id,
            Role role,
            @Nullable String tokenSha256,
            @Nullable String certificateSubject,
            @Nullable String certificateIssuer,
            @Nullable String jwtClient,
            @Nullable String vendor,
            @Nullable BookingRight bookings,
            @DefaultValue("false") boolean namesPersons) {}
}
