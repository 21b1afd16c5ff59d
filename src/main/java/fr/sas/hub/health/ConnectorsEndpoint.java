package fr.sas.hub.health;

import fr.sas.hub.access.VendorParameter;
import fr.sas.hub.vendor.RefusedDescriptor;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The state of each vendor, and the descriptors that were refused. */
@RestController
@RequestMapping("/api/v1/connectors")
@Tag(name = "Connectors", description = "Vendors: states, refused descriptors, rejections")
class ConnectorsEndpoint {

    private final VendorStates states;

    ConnectorsEndpoint(VendorStates states) {
        this.states = states;
    }

    /**
     * @param refused descriptors that were refused; if the last good one of a vendor is in force, it is also listed
     *     under vendors
     */
    record Connectors(List<VendorState> vendors, List<RefusedDescriptor> refused) {}

    @GetMapping
    @Operation(
            summary = "Every vendor as seen by this node, and the descriptors that were refused, with line and reason")
    Connectors list() {
        return new Connectors(states.list(), states.refused());
    }

    @GetMapping("/{id}")
    @Operation(summary = "One vendor as seen by this node")
    VendorState one(
            @Parameter(description = "The vendor's id, as in the name of its descriptor") @PathVariable String id) {
        return states.find(VendorParameter.parse(id)).orElseThrow(() -> VendorParameter.unknown(id));
    }
}
