package fr.sas.hub.fhir;

import ca.uhn.fhir.context.FhirContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The single FHIR R4 context: expensive to create, safe to share. */
@Configuration(proxyBeanMethods = false)
class FhirContexts {

    @Bean
    FhirContext fhirContext() {
        return FhirContext.forR4Cached();
    }
}
