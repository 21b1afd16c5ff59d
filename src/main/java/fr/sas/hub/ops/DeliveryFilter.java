package fr.sas.hub.ops;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * A search among a vendor's deliveries, as sent by the page's form; an empty field does not restrict it.
 *
 * @param from and {@code to}: in the time zone of mainland France, such as {@code 2026-06-12T14:05}
 * @param before continue after this delivery
 */
record DeliveryFilter(
        @Nullable String practitioner,
        @Nullable String code,
        @Nullable String outcome,
        @Nullable String from,
        @Nullable String to,
        @Nullable UUID before) {

    static final DeliveryFilter NONE = new DeliveryFilter(null, null, null, null, null, null);

    DeliveryFilter {
        practitioner = some(practitioner);
        code = some(code);
        outcome = some(outcome);
        from = some(from);
        to = some(to);
    }

    @Nullable
    String fromInstant() {
        return from == null ? null : ConsoleParameters.onTheMainland(from);
    }

    @Nullable
    String toInstant() {
        return to == null ? null : ConsoleParameters.onTheMainland(to);
    }

    /** The same search on the vendor's page, continued after a delivery. */
    String after(String vendor, UUID delivery) {
        UriComponentsBuilder address =
                UriComponentsBuilder.fromPath("/ops/vendors/{vendor}").queryParam("before", delivery);
        add(address, "practitioner", practitioner);
        add(address, "code", code);
        add(address, "outcome", outcome);
        add(address, "from", from);
        add(address, "to", to);
        return address.buildAndExpand(vendor).encode().toUriString() + "#deliveries";
    }

    private static void add(UriComponentsBuilder address, String name, @Nullable String value) {
        if (value != null) {
            address.queryParam(name, value);
        }
    }

    private static @Nullable String some(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
