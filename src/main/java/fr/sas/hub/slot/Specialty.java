package fr.sas.hub.slot;

import org.jspecify.annotations.Nullable;

/** A specialty as a source gives it: a coding (usually TRE_R38), free text, or both; never neither. */
public record Specialty(
        @Nullable String system,
        @Nullable String code,
        @Nullable String text) {

    public Specialty {
        if (code == null && text == null) {
            throw new IllegalArgumentException("A specialty must have a code or a text");
        }
    }
}
