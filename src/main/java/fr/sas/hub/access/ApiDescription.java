package fr.sas.hub.access;

import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.security.SecurityScheme;
import org.springframework.context.annotation.Configuration;

/** The introduction of {@code /v3/api-docs}. */
@Configuration
@OpenAPIDefinition(
        info = @Info(title = "SAS editor integration hub", version = "v1", description = """
                                Practitioners, facilities, settings, agendas and connectors. Slots are searched in FHIR R4 \
                                at /fhir (see /fhir/metadata).

                                Errors are application/problem+json (RFC 9457) with one entry per faulty field in `errors`. \
                                Every resource that can be written carries an ETag; a write with If-Match of an older one \
                                gets 412 and changes nothing. A query parameter that an operation does not know is refused \
                                (400). X-Acting-Person names the person a portal acts for."""),
        security = @SecurityRequirement(name = "token"))
@SecurityScheme(
        name = "token",
        type = SecuritySchemeType.HTTP,
        scheme = "bearer",
        description = "Role portal for practitioners, vendor for a vendor's own rejections, ops for everything else")
class ApiDescription {}
