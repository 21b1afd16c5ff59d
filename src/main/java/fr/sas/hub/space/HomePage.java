package fr.sas.hub.space;

import fr.sas.hub.access.Person;
import fr.sas.hub.account.Visitor;
import fr.sas.hub.account.Visitors;
import fr.sas.hub.delegation.ActingRelations;
import fr.sas.hub.delegation.Delegation;
import fr.sas.hub.delegation.Delegations;
import fr.sas.hub.delegation.Permission;
import fr.sas.hub.participation.Participation;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Subject;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * {@code /espace}: the dashboards of the people and centres for whom the visitor acts now; and each of them on its own.
 */
@Controller
class HomePage {

    private static final String PATH = "/espace";
    private static final String LED_TO_SETTINGS = "led-to-settings";
    private static final int MOST_COUNTED = 99;

    private final Visitors visitors;
    private final Dashboards dashboards;
    private final ActingRelations relations;
    private final Participation participation;
    private final Delegations delegations;

    HomePage(
            Visitors visitors,
            Dashboards dashboards,
            ActingRelations relations,
            Participation participation,
            Delegations delegations) {
        this.visitors = visitors;
        this.dashboards = dashboards;
        this.relations = relations;
        this.participation = participation;
        this.delegations = delegations;
    }

    @GetMapping(PATH)
    @OwnPage
    String open(Visitor visitor, HttpSession session, Model model) {
        Person acting = visitor.acting();
        List<Subject> subjects = acting == null ? List.of() : relations.of(acting);
        if (acting != null
                && acting.kind() == Person.Kind.PRACTITIONER
                && subjects.getFirst() instanceof PractitionerId own
                && isFirstVisit(own, session)) {
            return "redirect:" + SpaceAddress.of(own) + SettingsPage.STEP;
        }
        model.addAttribute("name", visitor.name());
        model.addAttribute("email", visitor.email());
        model.addAttribute(
                "persons", visitor.persons().stream().map(Person::kind).toList());
        model.addAttribute("roles", visitor.roles());
        model.addAttribute("acting", acting == null ? null : acting.kind());
        model.addAttribute("dashboards", subjects.stream().map(dashboards::of).toList());
        model.addAttribute("mayChangeSettings", acting != null && acting.kind() != Person.Kind.DELEGATE);
        model.addAttribute("waiting", acting != null && acting.kind() == Person.Kind.ACCOUNT_MANAGER ? waiting() : 0);
        model.addAttribute("most", MOST_COUNTED);
        return "people/space";
    }

    /** Requests that they have to decide, counted up to one more than {@link #MOST_COUNTED}. */
    private int waiting() {
        return delegations
                .list(Delegation.State.REQUESTED, null, null, MOST_COUNTED + 1)
                .size();
    }

    /**
     * People who have never filled in their settings, and for whom no centre participates, are sent to the settings
     * once per session (guide 001, p. 5).
     */
    private boolean isFirstVisit(PractitionerId own, HttpSession session) {
        if (session.getAttribute(LED_TO_SETTINGS) != null
                || !dashboards.hasAgenda(own)
                || participation.settingsOf(own).version() > 0
                || !dashboards.centresOf(own).isEmpty()) {
            return false;
        }
        session.setAttribute(LED_TO_SETTINGS, true);
        return true;
    }

    @GetMapping({SpaceGuard.PRACTITIONER, SpaceGuard.FACILITY})
    @RequiredPermission(Permission.AGENDA)
    String of(Subject subject, Person person, Model model) {
        model.addAttribute("dashboard", dashboards.of(subject));
        model.addAttribute("mayChangeSettings", person.kind() != Person.Kind.DELEGATE);
        model.addAttribute("back", PATH);
        return "people/dashboard";
    }

    @PostMapping(PATH + "/profil")
    @OwnPage
    String change(@RequestParam Person.Kind kind, HttpSession session) {
        visitors.actAs(kind, session);
        return "redirect:" + PATH;
    }
}
