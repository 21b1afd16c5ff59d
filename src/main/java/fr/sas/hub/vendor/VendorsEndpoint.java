package fr.sas.hub.vendor;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The vendors that practitioners can name in their settings. */
@RestController
@RequestMapping("/api/v1/vendors")
@Tag(name = "Settings")
class VendorsEndpoint {

    private final Vendors vendors;

    VendorsEndpoint(Vendors vendors) {
        this.vendors = vendors;
    }

    @Schema(name = "NamedVendor")
    record NamedVendor(
            @Schema(description = "As named by settings in vendors")
            String id,

            @Schema(description = "As people know it") String name) {}

    /** @param vendors live vendors, sorted by name */
    record LiveVendors(List<NamedVendor> vendors) {}

    @GetMapping
    @Operation(summary = "Vendors that are live, by name: those that settings can name; a paused vendor remains listed")
    LiveVendors list() {
        return new LiveVendors(vendors.list().stream()
                .filter(Vendor::isShown)
                .map(vendor -> new NamedVendor(vendor.source().name(), vendor.name()))
                .sorted(Comparator.comparing(
                                (NamedVendor vendor) -> vendor.name().toLowerCase(Locale.FRENCH))
                        .thenComparing(NamedVendor::id))
                .toList());
    }
}
