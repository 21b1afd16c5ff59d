package fr.sas.hub.space;

import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.SentForm;
import fr.sas.hub.access.StaleWrite;
import fr.sas.hub.access.TooOften;
import fr.sas.hub.account.Visitor;
import fr.sas.hub.delegation.ActingRelations;
import fr.sas.hub.delegation.Delegation;
import fr.sas.hub.delegation.Delegations;
import fr.sas.hub.delegation.DirectorySubjects;
import fr.sas.hub.delegation.Permission;
import fr.sas.hub.delegation.Permission.Extent;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** « Vos délégataires » and « Demande de délégation » of a practitioner or a health centre (guides 003 1.3, 004 V). */
@Controller
class DelegatesPage {

    private static final String LIST = "/delegataires";
    private static final String ASK = LIST + "/demande";
    private static final String ASKED = LIST + "/demande-envoyee";
    private static final String REVOKE = LIST + "/{delegation}/revocation";

    private final Delegations delegations;
    private final DirectorySubjects subjects;
    private final ActingRelations relations;
    private final MessageSource messages;

    DelegatesPage(
            Delegations delegations, DirectorySubjects subjects, ActingRelations relations, MessageSource messages) {
        this.relations = relations;
        this.messages = messages;
        this.delegations = delegations;
        this.subjects = subjects;
    }

    /** What was entered in the form, kept if something is wrong with it. */
    record DelegateForm(String family, String given, String town, String email) {}

    /** A person or centre for whom the visitor may request delegates. */
    record Asker(String name, String address) {}

    /** From the menu: straight to the list if there is only one, otherwise to a choice (guide 004, V). */
    @GetMapping("/espace/delegataires")
    @OwnPage
    String choose(Visitor visitor, Model model) {
        List<Subject> own = visitor.personsChosenFirst().stream()
                .filter(person -> Permission.DELEGATIONS.isOpenTo(person.kind(), Extent.WRITE))
                .flatMap(person -> relations.of(person).stream())
                .distinct()
                .toList();
        if (own.size() == 1) {
            return "redirect:" + SpaceAddress.of(own.getFirst()) + LIST;
        }
        model.addAttribute(
                "askers",
                own.stream()
                        .map(subject -> new Asker(subjects.name(subject), SpaceAddress.of(subject) + LIST))
                        .toList());
        return "people/delegates-of";
    }

    @GetMapping({SpaceGuard.PRACTITIONER + LIST, SpaceGuard.FACILITY + LIST})
    @RequiredPermission(Permission.DELEGATIONS)
    String list(Subject subject, Model model) {
        about(subject, model);
        model.addAttribute("delegations", delegations.of(subject));
        return "people/delegates";
    }

    @GetMapping({SpaceGuard.PRACTITIONER + ASK, SpaceGuard.FACILITY + ASK})
    @RequiredPermission(value = Permission.DELEGATIONS, extent = Extent.WRITE)
    String form(Subject subject, Model model) {
        return form(subject, new DelegateForm("", "", "", ""), Map.of(), model);
    }

    private String form(Subject subject, DelegateForm typed, Map<String, String> faults, Model model) {
        about(subject, model);
        model.addAttribute("back", SpaceAddress.of(subject) + LIST);
        model.addAttribute("typed", typed);
        model.addAttribute("faults", faults);
        return "people/delegate-request";
    }

    @PostMapping({SpaceGuard.PRACTITIONER + ASK, SpaceGuard.FACILITY + ASK})
    @RequiredPermission(value = Permission.DELEGATIONS, extent = Extent.WRITE)
    String ask(
            Subject subject,
            @RequestParam(defaultValue = "") String family,
            @RequestParam(defaultValue = "") String given,
            @RequestParam(defaultValue = "") String town,
            @RequestParam(defaultValue = "") String email,
            @RequestParam(required = false) @Nullable UUID cle,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        try {
            delegations.request(subject, Delegation.Delegate.of(email, family, given, town), new SentForm(cle));
            return "redirect:" + SpaceAddress.of(subject) + ASKED;
        } catch (TooOften e) {
            response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
            return form(
                    subject, new DelegateForm(family, given, town, email), FormFaults.of(e, "email", locale), model);
        } catch (InvalidInput e) {
            response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
            return form(
                    subject,
                    new DelegateForm(family, given, town, email),
                    FormFaults.of(e, "people.typed", messages, locale),
                    model);
        }
    }

    @GetMapping({SpaceGuard.PRACTITIONER + ASKED, SpaceGuard.FACILITY + ASKED})
    @RequiredPermission(Permission.DELEGATIONS)
    String requested(Subject subject, Model model) {
        about(subject, model);
        model.addAttribute("back", SpaceAddress.of(subject) + LIST);
        model.addAttribute("told", delegations.hasReferents(subject));
        return "people/delegate-requested";
    }

    @PostMapping({SpaceGuard.PRACTITIONER + REVOKE, SpaceGuard.FACILITY + REVOKE})
    @RequiredPermission(value = Permission.DELEGATIONS, extent = Extent.WRITE)
    String revoke(Subject subject, @PathVariable UUID delegation, @RequestParam long version, RedirectAttributes next) {
        try {
            delegations.revoke(subject, delegation, version);
            next.addFlashAttribute("done", "revoked");
        } catch (StaleWrite e) {
            boolean ended = delegations.delegation(subject, delegation).state() == Delegation.State.REVOKED;
            next.addFlashAttribute("done", ended ? "revoked" : "stale");
        }
        return "redirect:" + SpaceAddress.of(subject) + LIST;
    }

    private void about(Subject subject, Model model) {
        model.addAttribute("address", SpaceAddress.of(subject));
        model.addAttribute("name", subjects.name(subject));
        model.addAttribute("ofCentre", subject instanceof StructureId);
    }
}
