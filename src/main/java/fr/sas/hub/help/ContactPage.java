package fr.sas.hub.help;

import fr.sas.hub.account.Visitor;
import fr.sas.hub.account.Visitors;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/** {@code /aide/contact}: « Formulaire de contact » (guides 002 and 003, 3.1). */
@Controller
class ContactPage {

    static final String PATH = HelpPage.PATH + "/contact";

    private static final String VIEW = "people/contact";
    private static final String FILES = "files";

    private final HelpDesk desk;
    private final ContactLimit limit;

    ContactPage(HelpDesk desk, ContactLimit limit) {
        this.desk = desk;
        this.limit = limit;
    }

    /** @param topic what somebody was reading when they came here; an unknown one is none */
    @GetMapping(PATH)
    String ask(
            @RequestParam(name = "sujet", defaultValue = "") String topic,
            @RequestAttribute(name = Visitors.VISITOR, required = false) @Nullable Visitor visitor,
            HttpServletRequest request,
            Model model) {
        ContactForm form = ContactForm.blank(
                RequestTopic.parse(topic).map(RequestTopic::word).orElse(""), pageBefore(request));
        return show(visitor == null ? form : form.of(visitor), Map.of(), List.of(), model);
    }

    /** Of ours; empty for who came from elsewhere. */
    private static String pageBefore(HttpServletRequest request) {
        String referer = request.getHeader(HttpHeaders.REFERER);
        try {
            URI from = URI.create(referer == null ? "" : referer);
            return request.getServerName().equals(from.getHost())
                            && !PATH.equals(from.getPath())
                            && from.getRawPath() != null
                    ? from.getRawPath()
                    : "";
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    @PostMapping(PATH)
    String send(
            @RequestParam Map<String, String> typed,
            @RequestAttribute(name = Visitors.VISITOR, required = false) @Nullable Visitor visitor,
            HttpServletRequest request,
            HttpServletResponse response,
            Locale language,
            Model model)
            throws IOException {
        ContactForm form = ContactForm.typed(typed);
        Attachments attachments = Attachments.of(files(request));
        Map<String, String> faults = form.faults();
        if (!faults.isEmpty() || !attachments.faults().isEmpty()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
            return show(form, faults, attachments.faults(), model);
        }
        if (!limit.lets(request.getRemoteAddr())) {
            response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
            model.addAttribute("tooMany", true);
            return show(form, Map.of(), List.of(), model);
        }
        String reference = desk.open(form, attachments.files(), visitor == null ? null : visitor.account(), language);
        return "redirect:" + PATH + "/envoyee?numero=" + reference;
    }

    private static List<MultipartFile> files(HttpServletRequest request) {
        return request instanceof MultipartHttpServletRequest files ? files.getFiles(FILES) : List.of();
    }

    /** @param reference of a request; nothing was sent under whatever else is in the address */
    @GetMapping(PATH + "/envoyee")
    String sent(@RequestParam(name = "numero", defaultValue = "") String reference, Model model) {
        if (!reference.matches("SAS-[0-9]{6,12}")) {
            return "redirect:" + PATH;
        }
        model.addAttribute("reference", reference);
        return "people/contact-sent";
    }

    private static String show(
            ContactForm form, Map<String, String> faults, List<Attachments.Refused> fileFaults, Model model) {
        model.addAttribute("form", form);
        model.addAttribute("faults", faults);
        model.addAttribute("fileFaults", fileFaults);
        model.addAttribute("roles", AskerRole.values());
        model.addAttribute("topics", RequestTopic.values());
        model.addAttribute("territories", Departement.list());
        model.addAttribute("accepted", AttachmentKind.accepted());
        model.addAttribute("longest", ContactForm.LONGEST_MESSAGE);
        model.addAttribute("back", HelpPage.PATH);
        return VIEW;
    }
}
