package fr.sas.hub.space;

import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.access.SentForm;
import fr.sas.hub.delegation.AccountManagers;
import fr.sas.hub.delegation.DirectorySubjects;
import fr.sas.hub.delegation.FacilityManagers;
import fr.sas.hub.delegation.Permission;
import fr.sas.hub.delegation.Permission.Extent;
import fr.sas.hub.delegation.Territories;
import fr.sas.hub.directory.Directory;
import fr.sas.hub.directory.Facility;
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

/** Managers of a centre; account managers find the centre by its name (guide 004, I.1). */
@Controller
class FacilityManagersPage {

    private static final String FIND = "/espace/structures";
    private static final String LIST = SpaceGuard.FACILITY + "/gestionnaires";
    private static final int AT_ONCE = 50;

    private final FacilityManagers managers;
    private final AccountManagers accountManagers;
    private final Directory directory;
    private final DirectorySubjects subjects;
    private final LastChange lastChange;
    private final MessageSource messages;

    FacilityManagersPage(
            FacilityManagers managers,
            AccountManagers accountManagers,
            Directory directory,
            DirectorySubjects subjects,
            LastChange lastChange,
            MessageSource messages) {
        this.lastChange = lastChange;
        this.messages = messages;
        this.managers = managers;
        this.accountManagers = accountManagers;
        this.directory = directory;
        this.subjects = subjects;
    }

    /** What was entered in the form, kept if something is wrong with it. */
    record ManagerForm(String family, String given, String email) {}

    @GetMapping(FIND)
    @RequiredPermission(value = Permission.MANAGERS, extent = Extent.WRITE)
    String find(
            @RequestParam(name = "nom", defaultValue = "") String name,
            @RequestParam(name = "apres", required = false) @Nullable String after,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        model.addAttribute("name", name);
        model.addAttribute("faults", Map.of());
        if (!name.isBlank()) {
            try {
                List<Facility> found = named(name, after);
                List<Facility> shown = found.subList(0, Math.min(found.size(), AT_ONCE));
                model.addAttribute("found", shown);
                model.addAttribute(
                        "next", found.size() > AT_ONCE ? shown.getLast().id().value() : null);
            } catch (InvalidInput e) {
                response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
                model.addAttribute("faults", FormFaults.of(e, "people.typed", messages, locale));
            }
        }
        return "people/facilities";
    }

    private List<Facility> named(String name, @Nullable String after) {
        Territories where = accountManagers.ofCaller();
        return directory.facilitiesNamed(
                name,
                where == null ? null : where.postalCodes(),
                StructureId.parse(after).orElse(null),
                AT_ONCE + 1);
    }

    @GetMapping(LIST)
    @RequiredPermission(value = Permission.MANAGERS, extent = Extent.WRITE)
    String list(Subject subject, Model model) {
        return list(subject, new ManagerForm("", "", ""), Map.of(), model);
    }

    private String list(Subject subject, ManagerForm typed, Map<String, String> faults, Model model) {
        model.addAttribute("back", FIND);
        model.addAttribute("address", address(subject));
        model.addAttribute("name", subjects.name(subject));
        model.addAttribute("managers", managers.of((StructureId) subject));
        model.addAttribute("typed", typed);
        model.addAttribute("faults", faults);
        return "people/managers";
    }

    @PostMapping(LIST)
    @RequiredPermission(value = Permission.MANAGERS, extent = Extent.WRITE)
    String name(
            Subject subject,
            @RequestParam(defaultValue = "") String family,
            @RequestParam(defaultValue = "") String given,
            @RequestParam(defaultValue = "") String email,
            @RequestParam(required = false) @Nullable UUID cle,
            Locale locale,
            RedirectAttributes next,
            Model model,
            HttpServletResponse response) {
        try {
            managers.name((StructureId) subject, email, family, given, new SentForm(cle));
        } catch (InvalidInput e) {
            response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
            return list(
                    subject,
                    new ManagerForm(family, given, email),
                    FormFaults.of(e, "people.typed", messages, locale),
                    model);
        }
        next.addFlashAttribute("done", "named");
        return "redirect:" + address(subject);
    }

    @PostMapping(LIST + "/{manager}/retrait")
    @RequiredPermission(value = Permission.MANAGERS, extent = Extent.WRITE)
    String remove(Subject subject, @PathVariable UUID manager, RedirectAttributes next) {
        try {
            managers.remove((StructureId) subject, manager);
            next.addFlashAttribute("done", "removed");
        } catch (NotFound e) {
            if (managers.isNamed(manager)) {
                throw e;
            }
            next.addFlashAttribute("done", lastChange.isOwn(subject, "managers/" + manager) ? "removed" : "gone");
        }
        return "redirect:" + address(subject);
    }

    private static String address(Subject subject) {
        return SpaceAddress.of(subject) + "/gestionnaires";
    }
}
