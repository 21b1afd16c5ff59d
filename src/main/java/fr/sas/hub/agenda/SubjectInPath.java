package fr.sas.hub.agenda;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A subject named in the address: a practitioner below {@code /practitioners}, a health centre below {@code
 * /facilities}.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Parameter(
        name = SubjectInPath.VARIABLE,
        in = ParameterIn.PATH,
        required = true,
        description = "National id, with or without prefix: of a practitioner (RPPS, ADELI), or of a health centre"
                + " (FINESS, SIRET)",
        example = "810001234567",
        schema = @Schema(type = "string"))
public @interface SubjectInPath {

    String VARIABLE = "nationalId";
    String PRACTITIONER = "/api/v1/practitioners/{" + VARIABLE + "}";
    String CENTRE = "/api/v1/facilities/{" + VARIABLE + "}";
}
