package fr.sas.hub.ops;

import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.help.Departement;
import fr.sas.hub.help.HelpAttachment;
import fr.sas.hub.help.HelpDeed;
import fr.sas.hub.help.HelpDesk;
import fr.sas.hub.help.HelpRequest;
import fr.sas.hub.help.HelpRequestFilter;
import fr.sas.hub.help.RequestTopic;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * {@code /ops/aide}: what people asked through the contact form, and what is being done about it (guides 002 and 003,
 * 3.1).
 */
@Controller
@RequestMapping("/ops/aide")
class HelpRequestsPage {

    private final HelpDesk desk;

    HelpRequestsPage(HelpDesk desk) {
        this.desk = desk;
    }

    /** Open requests, unless others are selected; unknown values select nothing. */
    @GetMapping
    String list(
            @RequestParam(defaultValue = "open") String state,
            @RequestParam(defaultValue = "") String topic,
            @RequestParam(defaultValue = "") String territory,
            @RequestParam(defaultValue = "") String text,
            @RequestParam(required = false) @Nullable Long before,
            Model model) {
        HelpRequestFilter filter = new HelpRequestFilter(
                stateOf(state),
                RequestTopic.parse(topic).orElse(null),
                Departement.find(territory).map(Departement::code).orElse(null),
                text.isBlank() ? null : text.replace("\u0000", ""),
                before);
        List<HelpRequest> found = desk.list(filter);
        model.addAttribute("filter", filter);
        model.addAttribute("requests", found);
        model.addAttribute("counts", desk.counts());
        model.addAttribute("states", HelpRequest.State.values());
        model.addAttribute("topics", RequestTopic.values());
        model.addAttribute("territories", Departement.list());
        model.addAttribute("older", found.size() < HelpDesk.MOST_AT_ONCE ? null : older(state, filter, found));
        return "ops/requests";
    }

    private static String older(String state, HelpRequestFilter filter, List<HelpRequest> found) {
        RequestTopic topic = filter.topic();
        return UriComponentsBuilder.fromPath("/ops/aide")
                .queryParam("state", state)
                .queryParam("topic", topic == null ? "" : topic.code())
                .queryParam("territory", filter.territory() == null ? "" : filter.territory())
                .queryParam("text", filter.text() == null ? "" : filter.text())
                .queryParam("before", found.getLast().number())
                .encode()
                .toUriString();
    }

    private static HelpRequest.@Nullable State stateOf(String word) {
        return Arrays.stream(HelpRequest.State.values())
                .filter(state -> state.name().equalsIgnoreCase(word))
                .findFirst()
                .orElse(null);
    }

    @GetMapping("/{number:[0-9]+}")
    String one(@PathVariable long number, Model model) {
        HelpRequest asked = desk.request(number);
        model.addAttribute("asked", asked);
        model.addAttribute("files", desk.attachments(number));
        model.addAttribute("deeds", desk.deeds(number));
        model.addAttribute("mailed", desk.mailsAreSent());
        return "ops/request";
    }

    @PostMapping("/{number:[0-9]+}/{action:answer|note|close|reopen}")
    String perform(
            @PathVariable long number,
            @PathVariable String action,
            @RequestParam(defaultValue = "") String text,
            Principal by,
            Model model) {
        try {
            desk.perform(number, HelpDeed.Kind.valueOf(action.toUpperCase(Locale.ROOT)), text, by.getName());
            return "redirect:/ops/aide/" + number;
        } catch (InvalidInput e) {
            model.addAttribute("faults", ConsoleFaults.of(e));
            model.addAttribute("typed", text);
            return one(number, model);
        }
    }

    /** Sent as a download, never displayed by the browser. */
    @GetMapping("/{number:[0-9]+}/fichiers/{position:[0-9]+}")
    ResponseEntity<byte[]> file(@PathVariable long number, @PathVariable int position) {
        HelpAttachment file = desk.attachment(number, position);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(file.kind().type()))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(file.name(), StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .body(desk.content(number, position));
    }
}
