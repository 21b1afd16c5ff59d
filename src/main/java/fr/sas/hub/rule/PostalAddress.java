package fr.sas.hub.rule;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * An Address as a vendor gives it.
 *
 * @param line all its lines joined; null, like the others, when absent
 */
public record PostalAddress(
        @Nullable String line,
        @Nullable String postalCode,
        @Nullable String city) {

    static final PostalAddress UNKNOWN = new PostalAddress(null, null, null);

    static PostalAddress of(JsonNode address) {
        StringBuilder line = new StringBuilder();
        for (JsonNode part : address.path("line")) {
            String text = LocatedResource.textOf(part);
            if (text != null) {
                line.append(line.isEmpty() ? "" : ", ").append(text);
            }
        }
        return new PostalAddress(
                line.isEmpty() ? null : line.toString(),
                LocatedResource.textOf(address.path("postalCode")),
                LocatedResource.textOf(address.path("city")));
    }
}
