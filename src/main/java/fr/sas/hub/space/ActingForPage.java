package fr.sas.hub.space;

import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.account.Visitor;
import fr.sas.hub.delegation.Delegation;
import fr.sas.hub.delegation.Delegations;
import fr.sas.hub.delegation.DirectorySubjects;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The people for whom a delegate acts, with links to their agendas (guide 004, V). */
@Controller
class ActingForPage {

    private final Delegations delegations;
    private final DirectorySubjects subjects;

    ActingForPage(Delegations delegations, DirectorySubjects subjects) {
        this.delegations = delegations;
        this.subjects = subjects;
    }

    /** A person or centre for whom the visitor acts. */
    record ActingFor(String name, String address) {}

    @GetMapping("/espace/delegations")
    @OwnPage
    String list(Visitor visitor, Model model) {
        EmailAddress email = visitor.email();
        List<Delegation> inForce = email == null ? List.of() : delegations.inForceOf(email);
        model.addAttribute(
                "actingFor",
                inForce.stream()
                        .map(each -> new ActingFor(subjects.name(each.subject()), SpaceAddress.of(each.subject())))
                        .toList());
        return "people/acting-for";
    }
}
