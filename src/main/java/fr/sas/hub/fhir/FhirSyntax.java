package fr.sas.hub.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IJsonLikeParser;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.LenientErrorHandler;
import ca.uhn.fhir.parser.json.jackson.JacksonStructure;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whether JSON can be parsed as a FHIR R4 resource at all. Unknown elements are not an error; invalid values are. */
@Component
public class FhirSyntax {

    private final FhirContext fhir;

    FhirSyntax(FhirContext fhir) {
        this.fhir = fhir;
    }

    /** What is wrong, as a sentence; null when the resource can be parsed. */
    public @Nullable String complaintAbout(ObjectNode resource) {
        ObjectNode bare = Narratives.without(resource);
        String place = Extensions.firstThatIsNone(bare);
        return place == null ? complaintOfParser(bare) : place + ": an extension must be an object";
    }

    private @Nullable String complaintOfParser(ObjectNode resource) {
        IParser parser = fhir.newJsonParser();
        parser.setParserErrorHandler(new LenientErrorHandler(false).setErrorOnInvalidValue(true));
        JacksonStructure structure = new JacksonStructure();
        structure.setNativeObject(resource);
        try {
            ((IJsonLikeParser) parser).parseResource(structure);
            return null;
        } catch (DataFormatException | ClassCastException | IllegalArgumentException e) {
            String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            return message.startsWith("HAPI-")
                    ? message.substring(message.indexOf(':') + 1).strip()
                    : message;
        } catch (RuntimeException e) {
            return "a value is of a different kind from its element's"; // the parser failed on it without saying where
        }
    }
}
