package fr.sas.hub.intake;

import fr.sas.hub.access.VendorParameter;
import fr.sas.hub.slot.Source;
import fr.sas.hub.vendor.Vendors;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/connectors/{id}/scorecard}, for operators and for the vendor itself. */
@RestController
@Tag(name = "Connectors")
class ScorecardApi {

    private static final int MOST_DAYS = 90;

    private final Scorecards scorecards;
    private final Vendors vendors;

    ScorecardApi(Scorecards scorecards, Vendors vendors) {
        this.scorecards = scorecards;
        this.vendors = vendors;
    }

    @GetMapping("/api/v1/connectors/{id}/scorecard")
    @Operation(
            summary = "The guide's rules that a vendor's answers break: how often, when last, with an example",
            description = "The same rules as in rejections and checks, most severe first. A vendor may read its own.")
    Scorecards.Scorecard scorecard(
            @Parameter(description = "The vendor's id, as in the name of its descriptor") @PathVariable String id,
            @Parameter(description = "How many days to count, including today") @RequestParam(defaultValue = "7")
                    int days) {
        Source source = VendorParameter.parse(id);
        Scorecards.Scorecard scorecard = scorecards.of(source, Math.clamp(days, 1, MOST_DAYS));
        if (scorecard.deliveries() == 0 && vendors.find(source).isEmpty()) {
            throw VendorParameter.unknown(id);
        }
        return scorecard;
    }
}
