package fr.sas.hub.search;

import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A resource as searches show it.
 *
 * @param json UTF-8; must not be modified
 * @param ageAt position in {@code json} of the instant of the last confirmation, {@value #AGE_LENGTH} bytes long; negative for none
 * @param end when a Slot ends, after which no answer shows it; null for other resources
 */
public record ServedResource(
        String type,
        String id,
        byte[] json,
        int ageAt,
        @Nullable Instant end) {

    /** As {@link fr.sas.hub.fhir.FhirInstants} writes it. */
    private static final int AGE_LENGTH = 29;

    /** Relative, such as {@code Slot/1}. */
    public String reference() {
        return type + "/" + id;
    }

    /** Whether the two differ at most in the instant of the last confirmation. */
    public boolean saysTheSameAs(ServedResource other) {
        if (ageAt < 0 || ageAt != other.ageAt) {
            return ageAt == other.ageAt && Arrays.equals(json, other.json);
        }
        int behind = ageAt + AGE_LENGTH;
        return Arrays.equals(json, 0, ageAt, other.json, 0, ageAt)
                && Arrays.equals(json, behind, json.length, other.json, behind, other.json.length);
    }
}
