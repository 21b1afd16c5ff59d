package fr.sas.hub.agenda.feed;

import fr.sas.hub.agenda.SubjectInPath;
import fr.sas.hub.slot.Subject;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Secret addresses at which agendas can be read as calendars, and the calendars themselves. */
@RestController
@Tag(name = "Agenda")
class FeedEndpoint {

    private static final String FEED = "/agenda/feed";
    private static final MediaType CALENDAR = new MediaType("text", "calendar", StandardCharsets.UTF_8);

    private final Feeds feeds;

    FeedEndpoint(Feeds feeds) {
        this.feeds = feeds;
    }

    /** @param address relative to the hub's own: anyone who knows it can read the agenda */
    record FeedDocument(String address) {}

    @ApiResponse(responseCode = "201", description = "Created; Location is its address", useReturnTypeSchema = true)
    @PostMapping({SubjectInPath.PRACTITIONER + FEED, SubjectInPath.CENTRE + FEED})
    @Operation(
            summary = "Creates a secret address at which the agenda can be read as iCalendar (RFC 5545)",
            description = "The address, relative to the hub's own, is shown only this once; a previous one is revoked.")
    ResponseEntity<FeedDocument> make(@SubjectInPath Subject owner) {
        String secret = feeds.make(owner);
        String address = "/calendar/" + secret + ".ics";
        return ResponseEntity.created(URI.create(address))
                .cacheControl(CacheControl.noStore())
                .body(new FeedDocument(address));
    }

    @DeleteMapping({SubjectInPath.PRACTITIONER + FEED, SubjectInPath.CENTRE + FEED})
    @Operation(summary = "Revokes the secret address of the agenda, if there is one")
    ResponseEntity<Void> revoke(@SubjectInPath Subject owner) {
        feeds.revoke(owner);
        return ResponseEntity.noContent().build();
    }

    @GetMapping("/calendar/{secret}.ics")
    @SecurityRequirements
    @Operation(
            summary = "The agenda as a calendar: the last month and the coming year, without unavailability",
            description = "Open to anyone who knows the address. 404 if it has been revoked.")
    ResponseEntity<String> calendar(@PathVariable String secret) {
        return ResponseEntity.ok()
                .contentType(CALENDAR)
                .cacheControl(CacheControl.noCache().cachePrivate())
                .body(feeds.calendar(secret));
    }
}
