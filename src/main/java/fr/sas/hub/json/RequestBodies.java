package fr.sas.hub.json;

import org.springframework.boot.autoconfigure.jackson.Jackson2ObjectMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Request bodies of {@code /api/v1} are read within the same bounds as all other JSON. */
@Configuration(proxyBeanMethods = false)
class RequestBodies {

    @Bean
    Jackson2ObjectMapperBuilderCustomizer boundedNumbers() {
        return mapper -> mapper.factory(BoundedJson.factory());
    }
}
