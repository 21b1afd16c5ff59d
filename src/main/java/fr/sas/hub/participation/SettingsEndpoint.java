package fr.sas.hub.participation;

import fr.sas.hub.access.EntityTag;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.slot.PractitionerId;
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

/** {@code /api/v1/practitioners/{nationalId}/settings}. */
@RestController
@RequestMapping("/api/v1/practitioners/{practitioner}/settings")
@Tag(name = "Settings", description = "What a practitioner allows to be shown, and how they participate")
class SettingsEndpoint {

    private final Participation participation;

    SettingsEndpoint(Participation participation) {
        this.participation = participation;
    }

    @GetMapping
    @Operation(summary = "Settings in force; the defaults, with ETag \"0\", if none have ever been saved")
    ResponseEntity<SettingsDocument> get(@PathVariable String practitioner) {
        return answer(participation.stored(id(practitioner)));
    }

    @PutMapping
    @Operation(
            summary = "Replaces all of the settings; in force everywhere within a second. If-Match guards against "
                    + "overwriting someone else's change")
    ResponseEntity<SettingsDocument> put(
            @PathVariable String practitioner,
            @RequestBody SettingsDocument document,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        return answer(participation.change(id(practitioner), document.toSettings(), EntityTag.expectedBy(ifMatch)));
    }

    private static ResponseEntity<SettingsDocument> answer(SettingsTables.StoredSettings kept) {
        return ResponseEntity.ok()
                .eTag(new EntityTag(kept.version()).toString())
                .body(SettingsDocument.of(kept.settings(), kept.changed()));
    }

    private static PractitionerId id(String text) {
        return PractitionerId.parse(text)
                .orElseThrow(() -> new NotFound("There is no practitioner " + text, "Ce professionnel n'existe pas."));
    }
}
