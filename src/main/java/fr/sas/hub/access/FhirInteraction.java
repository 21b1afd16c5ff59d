package fr.sas.hub.access;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * Something a room answers under {@code /fhir} besides searching and reading the index: a create, an update, an operation.
 * The endpoint asks every bean of this type, in no order, so that two never answer the same request; it writes the reply
 * in the caller's format and turns a {@link FhirRefusal} into an OperationOutcome.
 */
public interface FhirInteraction {

    /** Whether this is its request; asked before searches and reads get a chance. */
    boolean answers(FhirRequest request);

    /** Who may; everybody else gets 403. */
    Set<Role> roles();

    FhirReply answer(FhirRequest request) throws IOException;

    /** What the CapabilityStatement says of it. */
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
