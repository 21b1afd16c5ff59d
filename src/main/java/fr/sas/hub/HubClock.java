package fr.sas.hub;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one clock: nothing asks for the time without it, so that tests can stop it. */
@Configuration(proxyBeanMethods = false)
class HubClock {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
