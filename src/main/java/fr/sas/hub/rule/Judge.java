package fr.sas.hub.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

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

    /** A resource by itself: what it refers to may be elsewhere. A Bundle is an answer to a question nobody knows. */
    public static Judgement resource(ObjectNode resource) {
        String type = resource.path("resourceType").asText();
        if (type.equals("Bundle")) {
            return answer(List.of(resource), Asked.nothingKnown(kindOf(resource)), !hasNext(resource));
        }
        Evidence evidence = new Evidence();
        Item item = new Item(type, resource);
        Gathered gathered = new Gathered(false);
        gathered.add(item, null);
        Asked asked = Asked.nothingKnown(type.equals("Location") ? Asked.Kind.SOS : Asked.Kind.INDIVIDUAL);
        AnswerJudge.anyResource(item, evidence);
        new ResourceJudge(asked, gathered, evidence).judge(item);
        return evidence.judgement();
    }

    /** Which search a Bundle answers, by what is in it. */
    public static Asked.Kind kindOf(JsonNode bundle) {
        Asked.Kind kind = Asked.Kind.INDIVIDUAL;
        for (JsonNode entry : bundle.path("entry")) {
            JsonNode resource = entry.path("resource");
            String type = resource.path("resourceType").asText();
            if (type.equals("Location") && resource.has("managingOrganization")) {
                return Asked.Kind.SOS;
            }
            if (type.equals("HealthcareService")) {
                kind = Asked.Kind.CPTS;
            }
        }
        return kind;
    }

    private static boolean hasNext(JsonNode bundle) {
        return Item.list(bundle.path("link")).stream()
                .anyMatch(link -> link.path("relation").asText().equals("next"));
    }
}
