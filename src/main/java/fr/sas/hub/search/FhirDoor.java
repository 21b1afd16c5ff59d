package fr.sas.hub.search;

import ca.uhn.fhir.context.FhirContext;
import fr.sas.hub.access.FhirInteraction;
import fr.sas.hub.index.Standings;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens {@code /fhir}, beside Spring MVC: the hot path crosses no dispatcher. */
@Configuration(proxyBeanMethods = false)
class FhirDoor {

    @Bean
    ServletRegistrationBean<FhirEndpoint> fhirEndpoint(
            Shelf shelf,
            Reads reads,
            Standings standings,
            Metadata metadata,
            List<FhirInteraction> interactions,
            SearchSettings settings,
            ApplicationEventPublisher events,
            FhirContext fhir,
            SearchFigures figures,
            Clock clock) {
        var endpoint = new FhirEndpoint(
                shelf, reads, standings, metadata, interactions, settings, events, fhir, figures, clock);
        var registration = new ServletRegistrationBean<>(endpoint, "/fhir/*");
        registration.setName("fhir");
        registration.setLoadOnStartup(1);
        return registration;
    }
}
