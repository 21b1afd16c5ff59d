package fr.sas.hub.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.fhir.FhirShapes;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks FHIR JSON against the rules of the guide and reports every fault, tolerated or not. It alone decides whether a
 * slot is right, and whether an answer is complete: deliveries are read according to its judgement. Free of side
 * effects, and accepts any JSON.
 */
public final class Judge {

    private Judge() {}

    /**
     * @param pages the pages of one answer, in order; not modified
     * @param complete whether these are all the pages
     */
    public static Judgement answer(List<JsonNode> pages, AnswerContext asked, boolean complete) {
        return judged(pages.stream().<JsonNode>map(JsonNode::deepCopy).toList(), asked, complete, false);
    }

    /**
     * As {@link #answer}, for pages that the caller goes on to read: values of the wrong FHIR type are corrected in
     * them, or removed.
     *
     * @param pages whose texts can all be stored: characters that cannot have been replaced
     */
    public static Judgement delivery(List<JsonNode> pages, AnswerContext asked, boolean complete) {
        return judged(pages, asked, complete, true);
    }

    private static Judgement judged(List<JsonNode> pages, AnswerContext asked, boolean complete, boolean storable) {
        Evidence evidence = new Evidence();
        new AnswerJudge(asked, evidence, storable).judge(pages, complete);
        return evidence.judgement();
    }

    /**
     * A resource on its own: its references may lead elsewhere. A Bundle is treated as the answer to an unknown
     * request.
     *
     * @param brought not modified
     * @param now appointments declared later than this are in the future; null when unknown, and then none is
     */
    public static Judgement resource(ObjectNode brought, @Nullable Instant now) {
        return resource(brought, now, Tolerances.NONE);
    }

    /** As above, from a vendor with whom this is agreed. */
    public static Judgement resource(ObjectNode brought, @Nullable Instant now, Tolerances agreed) {
        String type = brought.path("resourceType").asText();
        Evidence evidence = new Evidence();
        if (type.equals("Appointment")) {
            appointment(brought, now, evidence);
            return evidence.judgement();
        }
        ObjectNode resource = brought.deepCopy();
        if (type.equals("Bundle")) {
            return judged(List.of(resource), context(resource, agreed), !hasNext(resource), false);
        }
        LocatedResource item = new LocatedResource(type, resource);
        AnswerResources gathered = new AnswerResources(false);
        gathered.add(item, null);
        AnswerContext asked = context(resource, agreed);
        AnswerJudge.anyResource(item, agreed.trial(), false, evidence);
        new ResourceJudge(asked, gathered, evidence).judge(item);
        return evidence.judgement();
    }

    /**
     * An appointment that somebody declares, and what it says if it is accepted. {@link #resource} finds the same.
     *
     * @param brought not modified
     */
    public static JudgedAppointment appointment(ObjectNode brought, Instant now) {
        return appointment(brought, now, new Evidence());
    }

    private static JudgedAppointment appointment(ObjectNode brought, @Nullable Instant now, Evidence evidence) {
        for (Rule rule : AppointmentRule.values()) {
            evidence.demand(rule, true, "Appointment", null, null);
        }
        AppointmentFaults faults = new AppointmentFaults(brought, evidence);
        JudgedAppointment judged = new AppointmentJudge(brought, faults, now).judge();
        LocatedResource item = new LocatedResource("Appointment", brought.deepCopy());
        AnswerJudge.straighten(item, evidence, path -> !faults.isAt("Appointment" + path));
        AnswerJudge.form(item, false, evidence);
        return judged;
    }

    private static AnswerContext context(ObjectNode resource, Tolerances agreed) {
        return new AnswerContext(kindOf(resource), null, null, null, agreed.quirks(), agreed.trial(), Map.of());
    }

    /**
     * The search that a Bundle answers, or that a resource belongs to: by the profiles it declares, else by its
     * content.
     */
    public static AnswerContext.Kind kindOf(ObjectNode resource) {
        Set<AnswerContext.Kind> kinds = EnumSet.of(kindByItself(resource));
        for (JsonNode entry : FhirShapes.items(resource.path("entry"))) {
            if (entry.path("resource") instanceof ObjectNode part) {
                kinds.add(kindByItself(part));
            }
        }
        if (kinds.contains(AnswerContext.Kind.SOS)) {
            return AnswerContext.Kind.SOS;
        }
        return kinds.contains(AnswerContext.Kind.CPTS) ? AnswerContext.Kind.CPTS : AnswerContext.Kind.INDIVIDUAL;
    }

    /** A health centre's Location declares the profile of INT_R01 and does not belong to SOS Médecins. */
    private static AnswerContext.Kind kindByItself(ObjectNode resource) {
        String type = resource.path("resourceType").asText();
        boolean claims = false;
        for (JsonNode claimed : resource.path("meta").path("profile")) {
            String profile = claimed.asText();
            if (profile.contains("/sas-sos-")) {
                return AnswerContext.Kind.SOS;
            }
            if (profile.contains("/sas-cpts-")) {
                return AnswerContext.Kind.CPTS;
            }
            claims |= AnswerJudge.isOfTheGuide(profile);
        }
        if (type.equals("HealthcareService")) {
            return AnswerContext.Kind.CPTS;
        }
        return type.equals("Location") && resource.has("managingOrganization") && !claims
                ? AnswerContext.Kind.SOS
                : AnswerContext.Kind.INDIVIDUAL;
    }

    private static boolean hasNext(JsonNode bundle) {
        for (JsonNode link : FhirShapes.items(bundle.path("link"))) {
            if (link.path("relation").asText().equals("next")) {
                return true;
            }
        }
        return false;
    }
}
