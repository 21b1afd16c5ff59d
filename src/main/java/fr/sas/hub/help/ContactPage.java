package fr.sas.hub.help;

import fr.sas.hub.access.AccessSettings;
import fr.sas.hub.access.DatabaseOutage;
import fr.sas.hub.access.SentForm;
import fr.sas.hub.account.Visitor;
import fr.sas.hub.account.Visitors;
import fr.sas.hub.database.DatabaseFailure;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
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

    /** Time for an answer to arrive that the hub sends at the last permitted moment. */
    private static final Duration ON_THE_WAY = Duration.ofSeconds(30);

    private final HelpDesk desk;
    private final ContactLimit limit;
    private final Duration answeredWithin;

    ContactPage(HelpDesk desk, ContactLimit limit, AccessSettings access) {
        this.desk = desk;
        this.limit = limit;
        this.answeredWithin = access.requestLimit().plus(ON_THE_WAY);
    }

    /**
     * Browsers may keep the page of a person whom the hub does not know: of a page that is not stored, some forget what was
     * typed when one goes back to it.
     *
     * @param topic the topic that the person was reading about; ignored if unknown
     */
    @GetMapping(PATH)
    String ask(
            @RequestParam(name = "sujet", defaultValue = "") String topic,
            @RequestAttribute(name = Visitors.VISITOR, required = false) @Nullable Visitor visitor,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        if (visitor == null) {
            response.setHeader(
                    HttpHeaders.CACHE_CONTROL,
                    CacheControl.noCache().cachePrivate().getHeaderValue());
        }
        ContactForm form = ContactForm.blank(
                RequestTopic.parse(topic).map(RequestTopic::code).orElse(""), pageBefore(request));
        return show(visitor == null ? form : form.of(visitor), Map.of(), Attachments.NONE, model);
    }

    /** The page of the hub that the person came from; empty if they came from elsewhere. */
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
            return show(form, faults, attachments, model);
        }
        if (!limit.lets(request.getRemoteAddr())) {
            response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
            model.addAttribute("tooMany", true);
            return show(form, Map.of(), attachments, model);
        }
        try {
            String reference = desk.open(
                    form,
                    attachments.files(),
                    visitor == null ? null : visitor.account(),
                    language,
                    sentAs(typed.get("cle"), form, attachments));
            return "redirect:" + PATH + "/envoyee?numero=" + reference;
        } catch (RuntimeException e) {
            if (!DatabaseFailure.isIn(e)) {
                throw e;
            }
            DatabaseOutage.report(request, response, e);
            limit.giveBack(request.getRemoteAddr());
            response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
            model.addAttribute(DatabaseFailure.isBeforeAnyStatement(e) ? "unsaved" : "unanswered", true);
            return show(form, Map.of(), attachments, model);
        }
    }

    private static @Nullable UUID sentAs(@Nullable String key, ContactForm form, Attachments attachments) {
        List<String> files = attachments.files().stream()
                .map(file -> file.name() + " " + file.size())
                .toList();
        try {
            UUID known = UUID.fromString(key == null ? "" : key);
            return new SentForm(known).makes(known, form, files);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static List<MultipartFile> files(HttpServletRequest request) {
        return request instanceof MultipartHttpServletRequest files ? files.getFiles(FILES) : List.of();
    }

    /** @param reference of a request; anything else is sent back to the form */
    @GetMapping(PATH + "/envoyee")
    String sent(@RequestParam(name = "numero", defaultValue = "") String reference, Model model) {
        if (!reference.matches("SAS-[0-9]{6,12}")) {
            return "redirect:" + PATH;
        }
        model.addAttribute("reference", reference);
        return "people/contact-sent";
    }

    /** @param sent files that came with the form: browsers forget them with the page that sent them */
    private String show(ContactForm form, Map<String, String> faults, Attachments sent, Model model) {
        model.addAttribute("form", form);
        model.addAttribute("faults", faults);
        model.addAttribute("fileFaults", sent.faults());
        model.addAttribute("filesToChooseAgain", !sent.equals(Attachments.NONE));
        model.addAttribute("answeredWithin", answeredWithin);
        model.addAttribute("mostFiles", Attachments.MOST);
        model.addAttribute("largestFile", Attachments.LARGEST);
        model.addAttribute("roles", AskerRole.values());
        model.addAttribute("topics", RequestTopic.values());
        model.addAttribute("territories", Departement.list());
        model.addAttribute("accepted", AttachmentKind.accepted());
        model.addAttribute("longest", ContactForm.LONGEST_MESSAGE);
        model.addAttribute("back", HelpPage.PATH);
        return VIEW;
    }
}
