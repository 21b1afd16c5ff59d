package fr.sas.hub.intake;

import fr.sas.hub.access.NotFound;
import fr.sas.hub.access.VendorParameter;
import fr.sas.hub.rule.Severity;
import fr.sas.hub.slot.Source;
import fr.sas.hub.vendor.Vendors;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What is wrong with a vendor's answers, for the vendor itself and for ops. */
@RestController
@Tag(name = "Connectors")
class RejectionsApi {

    private static final int MOST = 200;
    private static final int MOST_DAYS = 90;

    private final Rejections rejections;
    private final Vendors vendors;

    RejectionsApi(Rejections rejections, Vendors vendors) {
        this.rejections = rejections;
        this.vendors = vendors;
    }

    record Report(String vendor, List<Counted> counts, List<LatestRejection> latest) {}

    record Counted(
            LocalDate day,
            String code,
            Severity severity,
            long count,
            Instant lastSeen,
            String sentence,
            String phrase,
            String path,
            String excerpt) {}

    record LatestRejection(
            Instant at,
            UUID delivery,
            String code,
            Severity severity,
            String path,
            String sentence,
            String phrase,
            String excerpt) {}

    @Operation(
            summary = "What was rejected from a vendor's deliveries, and why",
            description =
                    "Counts per day and code, newest day first, and the latest rejections with excerpts; phrase is "
                            + "the sentence in French. A vendor may read its own.")
    @GetMapping("/api/v1/connectors/{id}/rejections")
    Report rejections(
            @Parameter(description = "The vendor's id, as in the name of its descriptor") @PathVariable String id,
            @Parameter(description = "How many days to count, including today") @RequestParam(defaultValue = "7")
                    int days,
            @Parameter(description = "Maximum number of the latest rejections to return")
                    @RequestParam(defaultValue = "50")
                    int most) {
        Source source = VendorParameter.parse(id);
        List<Counted> counts = rejections.counts(source, Math.clamp(days, 1, MOST_DAYS)).stream()
                .map(c -> new Counted(
                        c.day(),
                        c.code().id(),
                        c.code().severity(),
                        c.count(),
                        c.lastSeen(),
                        c.sentence(),
                        c.sentenceInFrench(),
                        c.path(),
                        c.excerpt()))
                .toList();
        if (counts.isEmpty() && vendors.find(source).isEmpty()) {
            throw new NotFound(
                    "There is no vendor " + id + ", and nothing from it was rejected recently",
                    "Cet éditeur n'existe pas, et rien de lui n'a été rejeté dernièrement.");
        }
        List<LatestRejection> latest = rejections.latest(source, Math.clamp(most, 1, MOST)).stream()
                .map(f -> new LatestRejection(
                        f.at(),
                        f.delivery(),
                        f.code().id(),
                        f.code().severity(),
                        f.path(),
                        f.sentence(),
                        f.sentenceInFrench(),
                        f.excerpt()))
                .toList();
        return new Report(id, counts, latest);
    }
}
