package fr.sas.hub.rule;

import static fr.sas.hub.testing.VendorBundle.aBundle;
import static fr.sas.hub.testing.VendorBundle.aCommunity;
import static fr.sas.hub.testing.VendorBundle.aCptsBundle;
import static fr.sas.hub.testing.VendorBundle.aPlace;
import static fr.sas.hub.testing.VendorBundle.aPractitioner;
import static fr.sas.hub.testing.VendorBundle.aSite;
import static fr.sas.hub.testing.VendorBundle.aSosBundle;
import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static fr.sas.hub.testing.VendorBundle.anAssociation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.fhir.FhirVocabulary;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.slot.Window;
import fr.sas.hub.testing.AnAppointment;
import fr.sas.hub.testing.VendorBundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** Right answers, and what the examples of rules make of them. */
public final class Examples {

    static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOW = Instant.parse("2026-06-12T06:00:00Z");
    private static final String ALICE = "899900000031";
    private static final String ASSOCIATION = "335000000000015";

    private Examples() {}

    /** Whether the example is JSON to try out, and not a line of HTTP. */
    public static boolean isTriable(Rule rule) {
        return rule.demand().fails().startsWith("{\"resourceType\"")
                && rule.demand().fails().endsWith("}");
    }

    /** Whether the rule is about a resource that comes by itself, and not in an answer. */
    public static boolean isAlone(Rule rule) {
        return rule instanceof AccountRule || rule instanceof AppointmentRule;
    }

    /** A right resource for the rule, with this example merged into it. */
    public static ObjectNode alone(String example) {
        JsonNode patch = read(example);
        ObjectNode resource = patch.path("resourceType").asText().equals("Appointment") ? anAppointment() : anAccount();
        merge(resource, patch);
        return resource;
    }

    private static ObjectNode anAppointment() {
        ObjectNode appointment = AnAppointment.with(ALICE, NOW).bent();
        appointment.putObject("meta").putArray("profile").add(FhirVocabulary.APPOINTMENT);
        return appointment;
    }

    private static ObjectNode anAccount() {
        return (ObjectNode) read("""
                {"resourceType": "Practitioner", "active": true,
                 "meta": {"source": "urn:oid:1.2.250.1.213.3.6",
                  "profile": ["https://interop.esante.gouv.fr/ig/fhir/sas/StructureDefinition/FrPractitionerRegul"]},
                 "identifier": [{"system": "urn:oid:1.2.250.1.71.4.2.1", "value": "3456780581/11242343",
                  "type": {"coding": [{"system": "http://interopsante.org/fhir/CodeSystem/fr-v2-0203", "code": "IDNPS"}]}}],
                 "name": [{"family": "MARIUS", "given": ["Jules"]}],
                 "telecom": [{"system": "email", "value": "jules.marius@test.example"}]}
                """);
    }

    public static AnswerContext asked(Rule rule) {
        Set<Subject> subjects = rule instanceof AssociationRule
                ? Set.of(new StructureId(ASSOCIATION))
                : Set.of(new PractitionerId(ALICE));
        return new AnswerContext(kind(rule), subjects, new Window(NOW, NOW.plus(Duration.ofHours(72))), NOW);
    }

    private static AnswerContext.Kind kind(Rule rule) {
        return switch (rule) {
            case CommunityRule community -> AnswerContext.Kind.CPTS;
            case AssociationRule association -> AnswerContext.Kind.SOS;
            default -> AnswerContext.Kind.INDIVIDUAL;
        };
    }

    /** A right answer for the rule, with this example merged into its first resource of that type. */
    public static JsonNode answer(Rule rule, String example) {
        ObjectNode bundle = right(rule);
        JsonNode patch = read(example);
        String type = patch.path("resourceType").asText();
        if (type.equals("Bundle")) {
            merge(bundle, patch);
            return bundle;
        }
        for (JsonNode entry : bundle.path("entry")) {
            if (entry.path("resource").path("resourceType").asText().equals(type)) {
                merge((ObjectNode) entry.path("resource"), patch);
                return bundle;
            }
        }
        return patch;
    }

    public static ObjectNode right(Rule rule) {
        var slot = aVendorSlot().from(Instant.parse("2026-06-12T08:00:00Z")).bookableAt("https://rdv.example/1");
        VendorBundle bundle = switch (kind(rule)) {
            case INDIVIDUAL ->
                aBundle()
                        .with(aPractitioner(ALICE, "DURAND", "Alice")
                                .at(aPlace("1750000031").phone("+33140000000").slot(slot)));
            case CPTS ->
                aCptsBundle()
                        .with(aPractitioner(ALICE, "DURAND", "Alice")
                                .at(aPlace("1750000031")
                                        .slot(slot.audience("CPTS", "SNP")
                                                .of(aCommunity("1590000014", "CPTS du Nord")))));
            case SOS ->
                aSosBundle()
                        .with(anAssociation(ASSOCIATION, "SOS Médecins Rennes")
                                .at(aSite("lfc-1", "Point Nord").slot(slot.audience("PUBLIC", "SNP"))));
        };
        return bundle.toNode();
    }

    /** RFC 7396. */
    private static void merge(ObjectNode target, JsonNode patch) {
        patch.properties().forEach(field -> {
            if (field.getValue().isNull()) {
                target.remove(field.getKey());
            } else if (field.getValue().isObject()
                    && target.path(field.getKey()).isObject()) {
                merge((ObjectNode) target.get(field.getKey()), field.getValue());
            } else {
                target.set(field.getKey(), field.getValue());
            }
        });
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(json, e);
        }
    }
}
