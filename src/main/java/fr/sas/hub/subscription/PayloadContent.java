package fr.sas.hub.subscription;

import java.util.Arrays;
import java.util.Optional;

/** What a notification says about each change. */
enum PayloadContent {
    /** Only that something changed. */
    EMPTY("empty"),
    /** Which resource. */
    ID_ONLY("id-only"),
    /** The resource itself. */
    FULL_RESOURCE("full-resource");

    private final String code;

    PayloadContent(String code) {
        this.code = code;
    }

    static Optional<PayloadContent> of(String code) {
        return Arrays.stream(values())
                .filter(content -> content.code.equals(code))
                .findFirst();
    }
}
