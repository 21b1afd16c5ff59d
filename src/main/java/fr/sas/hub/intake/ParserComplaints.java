package fr.sas.hub.intake;

import ca.uhn.fhir.parser.IParserErrorHandler;
import ca.uhn.fhir.parser.json.BaseJsonLikeValue.ScalarType;
import ca.uhn.fhir.parser.json.BaseJsonLikeValue.ValueType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.rule.AnswerRule;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hears what HAPI's parser dislikes in an entry. Values it cannot read are left out and noted; elements nobody knows are
 * left out silently; nothing stops it. References are none of its business: intake follows them itself.
 */
final class ParserComplaints implements IParserErrorHandler {

    /** Read from the JSON by intake, with codes of their own. */
    private static final Set<String> JUDGED_ELSEWHERE = Set.of("start", "end", "status");

    private final Findings findings;
    private String path = "";
    private @Nullable ObjectNode json;

    ParserComplaints(Findings findings) {
        this.findings = findings;
    }

    /** What follows is about the resource at this path. */
    void at(String path, ObjectNode json) {
        this.path = path;
        this.json = json;
    }

    private void leftOut(@Nullable String element) {
        if (element == null || !JUDGED_ELSEWHERE.contains(element)) {
            findings.add(AnswerRule.VALUE_LEFT_OUT, path, element, json);
        }
    }

    @Override
    public void incorrectJsonType(
            @Nullable IParseLocation location,
            String element,
            @Nullable ValueType expected,
            @Nullable ScalarType expectedScalar,
            @Nullable ValueType found,
            @Nullable ScalarType foundScalar) {
        leftOut(element);
    }

    @Override
    public void invalidValue(@Nullable IParseLocation location, @Nullable String value, @Nullable String error) {
        leftOut(location == null ? null : location.getParentElementName());
    }

    @Override
    public void unexpectedRepeatingElement(@Nullable IParseLocation location, String element) {
        leftOut(element);
    }

    @Override
    public void missingRequiredElement(@Nullable IParseLocation location, String element) {}

    @Override
    public void unknownAttribute(@Nullable IParseLocation location, String attribute) {}

    @Override
    public void unknownElement(@Nullable IParseLocation location, String element) {}

    @Override
    public void unknownReference(@Nullable IParseLocation location, String reference) {}

    @Override
    public void invalidInternalReference(@Nullable IParseLocation location, String reference) {}

    @Override
    public void containedResourceWithNoId(@Nullable IParseLocation location) {}

    @Override
    public void extensionContainsValueAndNestedExtensions(@Nullable IParseLocation location) {}
}
