package fr.sas.hub.access.interaction;

import fr.sas.hub.access.Role;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * An interaction that a room serves under {@code /fhir} besides searching and reading the index: a create, an update,
 * an operation. The endpoint asks every bean of this type, in no particular order, so no two may answer the same
 * request; it writes the reply in the caller's format and turns a {@link FhirRefusal} into an OperationOutcome.
 */
public interface FhirInteraction {

    /** Whether this interaction handles the request; asked before reads, and before searches unless a reader searches. */
    boolean answers(FhirRequest request);

    /** The roles allowed; all others get 403. */
    Set<Role> roles();

    FhirReply answer(FhirRequest request) throws IOException;

    /** Its lines in the CapabilityStatement. */
    List<Capability> capabilities();

    /**
     * A line of the CapabilityStatement.
     *
     * @param type resource type; empty for the whole system
     * @param interaction FHIR code ({@code create}, {@code update}, {@code transaction}…), or an operation with its {@code $}
     * @param documentation one sentence for a vendor's developer
     */
    record Capability(String type, String interaction, String documentation) {}
}
