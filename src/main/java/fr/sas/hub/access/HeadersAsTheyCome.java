package fr.sas.hub.access;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * Spring Security's firewall refuses odd addresses; header values are left to the code that reads them. Bytes that HTTP
 * allows in them (RFC 9110 §5.5: all except control characters below 0x20, which the server refuses) are no reason to refuse
 * an answer: a language that cannot be read is treated as if none had been requested.
 */
@Configuration(proxyBeanMethods = false)
class HeadersAsTheyCome {

    @Bean
    HttpFirewall odditiesOfAddressesOnly() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setAllowedHeaderValues(value -> true);
        return firewall;
    }
}
