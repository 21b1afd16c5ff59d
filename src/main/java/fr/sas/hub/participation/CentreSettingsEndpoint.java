package fr.sas.hub.participation;

import fr.sas.hub.access.EntityTag;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.slot.StructureId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/facilities/{nationalId}/settings}, of health centres. */
@RestController
@RequestMapping("/api/v1/facilities/{facility}/settings")
@Tag(name = "Settings")
class CentreSettingsEndpoint {

    private final Centres centres;

    CentreSettingsEndpoint(Centres centres) {
        this.centres = centres;
    }

    @GetMapping
    @Operation(
            summary = "A health centre's settings in force; the defaults, with ETag \"0\", if it has never saved any",
            description = "422 for a facility of a kind other than cds.")
    ResponseEntity<CentreSettingsDocument> get(@PathVariable String facility) {
        return answer(centres.stored(id(facility)));
    }

    @PutMapping
    @Operation(
            summary = "Replaces all of a health centre's settings; in force everywhere within a second",
            description =
                    "The centre participates if both boxes are ticked, and with it those of its salaried doctors who "
                            + "do not participate in their own right. If-Match guards against overwriting someone "
                            + "else's change.")
    ResponseEntity<CentreSettingsDocument> put(
            @PathVariable String facility,
            @RequestBody CentreSettingsDocument document,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        return answer(centres.change(id(facility), document.toSettings(), EntityTag.expectedBy(ifMatch)));
    }

    private static ResponseEntity<CentreSettingsDocument> answer(CentreTables.StoredCentreSettings kept) {
        return ResponseEntity.ok()
                .eTag(new EntityTag(kept.version()).toString())
                .body(CentreSettingsDocument.of(kept.settings(), kept.changed()));
    }

    private static StructureId id(String text) {
        return StructureId.parse(text)
                .orElseThrow(() -> new NotFound("There is no facility " + text, "Cette structure n'existe pas."));
    }
}
