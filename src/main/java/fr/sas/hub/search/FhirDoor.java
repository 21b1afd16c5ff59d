package fr.sas.hub.search;

import fr.sas.hub.access.interaction.FhirInteraction;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Registers {@code /fhir} beside Spring MVC, so that the hot path bypasses the dispatcher. */
@Configuration(proxyBeanMethods = false)
class FhirDoor {

    @Bean
    ServletRegistrationBean<FhirEndpoint> fhirEndpoint(
            Searches searches,
            ResourceReads reads,
            Metadata metadata,
            List<FhirInteraction> interactions,
            Addresses addresses,
            SearchReplies replies,
            SearchFigures figures,
            Clock clock) {
        var endpoint = new FhirEndpoint(searches, reads, metadata, interactions, addresses, replies, figures, clock);
        var registration = new ServletRegistrationBean<>(endpoint, "/fhir/*");
        registration.setName("fhir");
        registration.setLoadOnStartup(1);
        return registration;
    }
}
