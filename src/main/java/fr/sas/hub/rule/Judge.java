package fr.sas.hub.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds FHIR JSON against the rules of the guide and names every fault, tolerated or not; intake, which must be quick,
 * stops at the first that spoils an entry. Pure, and at home with any JSON.
 */
public final class Judge {

    private Judge() {}

    /**
     * @param pages of one answer, in order
     * @param complete whether these are all the pages there are
     */
    public static Judgement answer(List<JsonNode> pages, Asked asked, boolean complete) {
        Evidence evidence = new Evidence();
        new AnswerJudge(asked, evidence).judge(pages, complete);
        return evidence.judgement();
    }

    /**
     * A resource by itself: what it refers to may be elsewhere. A Bundle is an answer to a question nobody knows.
     *
     * @param now an appointment declared for later is from the future; null when nobody knows, and then none is
     */
    public static Judgement resource(ObjectNode resource, @Nullable Instant now) {
        String type = resource.path("resourceType").asText();
        if (type.equals("Bundle")) {
            return answer(List.of(resource), Asked.nothingKnown(kindOf(resource)), !hasNext(resource));
        }
        Evidence evidence = new Evidence();
        Item item = new Item(type, resource);
        Gathered gathered = new Gathered(false);
        gathered.add(item, null);
        Asked asked = new Asked(kindOf(resource), Set.of(), null, type.equals("Appointment") ? now : null);
        AnswerJudge.anyResource(item, evidence);
        new ResourceJudge(asked, gathered, evidence).judge(item);
        return evidence.judgement();
    }

    /** Which search a Bundle answers, or a resource belongs to: by the profiles that it claims, or else by what it is. */
    public static Asked.Kind kindOf(ObjectNode resource) {
        Set<Asked.Kind> kinds = EnumSet.of(kindByItself(resource));
        for (JsonNode entry : resource.path("entry")) {
            if (entry.path("resource") instanceof ObjectNode part) {
                kinds.add(kindByItself(part));
            }
        }
        if (kinds.contains(Asked.Kind.SOS)) {
            return Asked.Kind.SOS;
        }
        return kinds.contains(Asked.Kind.CPTS) ? Asked.Kind.CPTS : Asked.Kind.INDIVIDUAL;
    }

    /** A health centre's Location claims the profile of INT_R01, and is none of SOS Médecins. */
    private static Asked.Kind kindByItself(ObjectNode resource) {
        String type = resource.path("resourceType").asText();
        boolean claims = false;
        for (JsonNode claimed : resource.path("meta").path("profile")) {
            String profile = claimed.asText();
            if (profile.contains("/sas-sos-")) {
                return Asked.Kind.SOS;
            }
            if (profile.contains("/sas-cpts-")) {
                return Asked.Kind.CPTS;
            }
            claims |= AnswerJudge.isOfTheGuide(profile);
        }
        if (type.equals("HealthcareService")) {
            return Asked.Kind.CPTS;
        }
        return type.equals("Location") && resource.has("managingOrganization") && !claims
                ? Asked.Kind.SOS
                : Asked.Kind.INDIVIDUAL;
    }

    private static boolean hasNext(JsonNode bundle) {
        return Item.list(bundle.path("link")).stream()
                .anyMatch(link -> link.path("relation").asText().equals("next"));
    }
}
