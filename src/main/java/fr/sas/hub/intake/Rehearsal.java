package fr.sas.hub.intake;

import ca.uhn.fhir.context.FhirContext;
import fr.sas.hub.connector.Delivery;
import fr.sas.hub.rule.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Reads an answer as the hub would, keeps nothing, and needs neither hub nor database. */
public final class Rehearsal {

    private static final int MOST = 5_000;

    private Rehearsal() {}

    /**
     * What would be rejected or left out, and why. Practitioners are taken for unknown to the directory, which may know a
     * place that the answer does not tell.
     */
    public static List<Finding> read(FhirContext fhir, Delivery delivery, Instant now) {
        return new DeliveryReader(fhir, MOST)
                .read(delivery, Map.of(), now)
                .findings()
                .kept();
    }
}
