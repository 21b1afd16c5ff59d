package fr.sas.hub.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A resource by itself is judged by the flow it belongs to. */
class JudgeTest {

    private static final String SAS = "https://interop.esante.gouv.fr/ig/fhir/sas/StructureDefinition/";

    @Test
    void a_schedule_of_an_sos_site_or_of_a_health_centre_needs_no_role() throws Exception {
        assertThat(broken("Schedule", SAS + "sas-sos-schedule-aggregator", """
                "actor": [{"reference": "Location/1111111111"}]""")).isEmpty();
        assertThat(broken("Schedule", "http://sas.fr/fhir/StructureDefinition/FrScheduleAgregateur", """
                "actor": [{"reference": "Location/1750047225-7m0c1t8bv4r2q"}]"""))
                .isEmpty();
        assertThat(broken("Schedule", "http://sas.fr/fhir/StructureDefinition/FrScheduleAgregateur", """
                "actor": [{"reference": "Practitioner/1"}, {"reference": "Location/1"}]"""))
                .containsExactly("ROLE_MISSING");
    }

    @Test
    void an_organization_is_an_association_or_a_community_by_the_profile_it_claims() throws Exception {
        String siret = """
                "identifier": [{"system": "urn:oid:1.2.250.1.71.4.2.2", "value": "%s",
                  "type": {"coding": [{"code": "IDNST"}]}}]""";

        assertThat(broken("Organization", SAS + "sas-sos-organization-aggregator", siret.formatted("334173748400020")))
                .isEmpty();
        assertThat(broken("Organization", SAS + "sas-sos-organization-aggregator", siret.formatted("1950047225")))
                .containsExactly("SOS_SIRET");
        assertThat(broken("Organization", SAS + "sas-cpts-organization-aggregator", siret.formatted("334173748400020")))
                .containsExactly("CPTS_FINESS");
    }

    @Test
    void an_appointment_is_judged() throws Exception {
        assertThat(broken("Appointment", "http://sas.fr/fhir/StructureDefinition/FrAppointmentSAS", """
                "status": "booked" """))
                .containsExactly(
                        "APPOINTMENT_ID",
                        "APPOINTMENT_OPERATOR",
                        "APPOINTMENT_TIME",
                        "APPOINTMENT_TIME",
                        "APPOINTMENT_WITH_NOBODY");
    }

    @Test
    void what_declaring_refuses_of_a_participant_is_told_beforehand() throws Exception {
        String practitioner = "{\"status\": \"accepted\", %s \"actor\": {\"identifier\": {%s \"system\":"
                + " \"urn:oid:1.2.250.1.71.4.2.1\", \"value\": \"899900000031\"}}}";

        assertThat(ofParticipants(practitioner.formatted("", ""))).isEmpty();
        assertThat(ofParticipants(practitioner.formatted(
                        "\"modifierExtension\": [{\"url\": \"https://vendor.example/replaced-by\"}],", "")))
                .containsExactly("MODIFIER_EXTENSION");
        assertThat(ofParticipants(practitioner.formatted("\"implicitRules\": \"https://vendor.example/r\",", "")))
                .containsExactly("IMPLICIT_RULES");
        assertThat(ofParticipants(practitioner.formatted("", "\"use\": \"old\",")))
                .containsExactly("APPOINTMENT_WITH_NOBODY");
    }

    private static List<String> ofParticipants(String participant) throws Exception {
        List<String> elsewhere =
                List.of("APPOINTMENT_ID", "APPOINTMENT_OPERATOR", "APPOINTMENT_STATUS", "APPOINTMENT_TIME");
        String profile = "http://sas.fr/fhir/StructureDefinition/FrAppointmentSAS";
        return broken("Appointment", profile, "\"participant\": [" + participant + "]").stream()
                .filter(rule -> !elsewhere.contains(rule))
                .toList();
    }

    private static List<String> broken(String type, String profile, String elements) throws Exception {
        ObjectNode resource = (ObjectNode) Examples.JSON.readTree("{\"resourceType\": \"" + type
                + "\", \"meta\": {\"profile\": [\"" + profile + "\"]}, " + elements + "}");
        return Judge.resource(resource, Instant.parse("2026-06-12T06:00:00Z")).findings().stream()
                .map(finding -> finding.rule().id())
                .toList();
    }
}
