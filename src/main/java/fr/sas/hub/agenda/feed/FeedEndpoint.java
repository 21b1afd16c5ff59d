package fr.sas.hub.agenda.feed;

import fr.sas.hub.agenda.Whose;
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

/** The secret addresses of agendas as calendars, and what is read there. */
@RestController
@Tag(name = "Agenda")
class FeedEndpoint {

    private static final String FEED = "/agenda/feed";
    private static final MediaType CALENDAR = new MediaType("text", "calendar", StandardCharsets.UTF_8);

    private final Feeds feeds;

    FeedEndpoint(Feeds feeds) {
        this.feeds = feeds;
    }

    /** @param address below the hub's own: whoever knows it reads the agenda */
    record FeedDocument(String address) {}

    @ApiResponse(responseCode = "201", description = "Made; Location is its address", useReturnTypeSchema = true)
    @PostMapping({Whose.PRACTITIONER + FEED, Whose.CENTRE + FEED})
    @Operation(
            summary = "Makes a secret address at which the agenda can be read as iCalendar (RFC 5545)",
            description = "The address is shown this once, below the hub's own; the one before is revoked.")
    ResponseEntity<FeedDocument> make(@Whose Subject owner) {
        String secret = feeds.make(owner);
        String address = "/calendar/" + secret + ".ics";
        return ResponseEntity.created(URI.create(address))
                .cacheControl(CacheControl.noStore())
                .body(new FeedDocument(address));
    }

    @DeleteMapping({Whose.PRACTITIONER + FEED, Whose.CENTRE + FEED})
    @Operation(summary = "Revokes the secret address of the agenda, if there is one")
    ResponseEntity<Void> revoke(@Whose Subject owner) {
        feeds.revoke(owner);
        return ResponseEntity.noContent().build();
    }

    @GetMapping("/calendar/{secret}.ics")
    @SecurityRequirements
    @Operation(
            summary = "The agenda as a calendar: the last month and the coming year, less unavailability",
            description = "Open to whoever knows the address. 404 when it was revoked.")
    ResponseEntity<String> calendar(@PathVariable String secret) {
        return ResponseEntity.ok()
                .contentType(CALENDAR)
                .cacheControl(CacheControl.noCache().cachePrivate())
                .body(feeds.calendar(secret));
    }
}
