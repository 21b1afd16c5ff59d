package fr.sas.hub.agenda;

import fr.sas.hub.access.EntityTag;
import fr.sas.hub.agenda.place.InformationDocument;
import fr.sas.hub.agenda.place.PlaceTables;
import fr.sas.hub.agenda.place.UnavailabilityDocument;
import fr.sas.hub.slot.Subject;
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

/** {@code /api/v1/practitioners/{nationalId}/agenda/places/{place}}: a place by its id or a national id of the structure. */
@RestController
@RequestMapping({SubjectInPath.PRACTITIONER + "/agenda/places/{place}", SubjectInPath.CENTRE + "/agenda/places/{place}"
})
@Tag(name = "Places", description = "When nobody is available at a place, and what a regulator should know about it")
class PlacesEndpoint {

    private final PlacesOfPractice places;

    PlacesEndpoint(PlacesOfPractice places) {
        this.places = places;
    }

    @GetMapping("/unavailability")
    @Operation(summary = "When nobody is available there; ETag \"0\" if nothing was ever entered")
    ResponseEntity<UnavailabilityDocument> unavailability(@SubjectInPath Subject owner, @PathVariable String place) {
        return unavailability(places.stored(owner, place));
    }

    @PutMapping("/unavailability")
    @Operation(
            summary = "Replaces it as a whole; search takes it into account at once",
            description =
                    "While it lasts, the place is not found at all, whichever source offers slots there. Before that,"
                            + " slots that overlap it are not found and ranges are cut. It ends by itself.")
    ResponseEntity<UnavailabilityDocument> putUnavailability(
            @SubjectInPath Subject owner,
            @PathVariable String place,
            @RequestBody UnavailabilityDocument document,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        return unavailability(places.change(owner, place, document, EntityTag.expectedBy(ifMatch)));
    }

    @GetMapping("/information")
    @Operation(summary = "What a regulator should know about the place; ETag \"0\" if nothing was ever entered")
    ResponseEntity<InformationDocument> information(@SubjectInPath Subject owner, @PathVariable String place) {
        return information(places.stored(owner, place));
    }

    @PutMapping("/information")
    @Operation(
            summary = "Replaces it; search shows it at once",
            description = "Served with the place, as the description of the Location contained in the PractitionerRole")
    ResponseEntity<InformationDocument> putInformation(
            @SubjectInPath Subject owner,
            @PathVariable String place,
            @RequestBody InformationDocument document,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        return information(places.change(owner, place, document, EntityTag.expectedBy(ifMatch)));
    }

    private static ResponseEntity<UnavailabilityDocument> unavailability(PlaceTables.PlaceRow kept) {
        return ResponseEntity.ok()
                .eTag(new EntityTag(kept.unavailability().version()).toString())
                .body(UnavailabilityDocument.of(
                        kept.unavailability(), kept.subjectPlace().zone()));
    }

    private static ResponseEntity<InformationDocument> information(PlaceTables.PlaceRow kept) {
        return ResponseEntity.ok()
                .eTag(new EntityTag(kept.information().version()).toString())
                .body(InformationDocument.of(kept.information()));
    }
}
