package fr.sas.hub.space;

import fr.sas.hub.access.Authorship;
import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.StaleWrite;
import fr.sas.hub.account.DecisionMails;
import fr.sas.hub.delegation.Delegation;
import fr.sas.hub.delegation.Delegations;
import fr.sas.hub.delegation.DirectorySubjects;
import fr.sas.hub.delegation.Permission;
import fr.sas.hub.delegation.Permission.Extent;
import fr.sas.hub.delegation.TypedText;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
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

/**
 * « Demandes de délégation »: what an account manager has to decide in their territory, oldest first (guide 004, V).
 */
@Controller
class RequestsPage {

    static final String PATH = "/espace/demandes";

    private static final String DECIDE = "/demandes/{delegation}";
    private static final int AT_ONCE = 50;

    private final Delegations delegations;
    private final DirectorySubjects subjects;
    private final DecisionMails mails;
    private final MessageSource messages;

    RequestsPage(Delegations delegations, DirectorySubjects subjects, DecisionMails mails, MessageSource messages) {
        this.mails = mails;
        this.messages = messages;
        this.delegations = delegations;
        this.subjects = subjects;
    }

    /** A pending request. @param action where the decision is sent */
    record Request(Delegation delegation, String asker, boolean ofCentre, String action) {}

    /** A decision that could not be accepted as it was entered. */
    record RefusedDecision(UUID delegation, String reason, String fault) {}

    @GetMapping(PATH)
    @RequiredPermission(Permission.DECISIONS)
    String list(@RequestParam(name = "apres", required = false) @Nullable UUID after, Model model) {
        return list(after, null, model);
    }

    /** Leads whoever reloads the page of a decision that was not accepted back to the list. */
    @GetMapping({SpaceGuard.PRACTITIONER + DECIDE, SpaceGuard.FACILITY + DECIDE})
    @RequiredPermission(Permission.DECISIONS)
    String reload() {
        return "redirect:" + PATH;
    }

    private String list(@Nullable UUID after, @Nullable RefusedDecision refused, Model model) {
        List<Delegation> found = delegations.list(Delegation.State.REQUESTED, null, after, AT_ONCE + 1);
        List<Delegation> shown = found.subList(0, Math.min(found.size(), AT_ONCE));
        model.addAttribute("requests", shown.stream().map(this::request).toList());
        model.addAttribute("next", found.size() > AT_ONCE ? shown.getLast().id() : null);
        model.addAttribute("after", after);
        model.addAttribute("refused", refused);
        model.addAttribute("forWhom", null); // the list has the requests of many, whoever the address names
        return "people/requests";
    }

    private Request request(Delegation delegation) {
        Subject subject = delegation.subject();
        return new Request(
                delegation,
                subjects.name(subject),
                subject instanceof StructureId,
                SpaceAddress.of(subject) + "/demandes/" + delegation.id());
    }

    /** @param after the last request of the previous page, so that a fault is shown on the page where it was made */
    @PostMapping({SpaceGuard.PRACTITIONER + DECIDE, SpaceGuard.FACILITY + DECIDE})
    @RequiredPermission(value = Permission.DECISIONS, extent = Extent.WRITE)
    String decide(
            Subject subject,
            @PathVariable UUID delegation,
            @RequestParam boolean accepted,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam long version,
            @RequestParam(name = "apres", required = false) @Nullable UUID after,
            Locale locale,
            RedirectAttributes next,
            Model model,
            HttpServletResponse response) {
        try {
            delegations.decide(subject, delegation, accepted ? null : reasonOf(reason), version);
            next.addFlashAttribute("done", done(subject, accepted));
        } catch (InvalidInput e) {
            Delegation now = delegations.delegation(subject, delegation);
            if (now.state() != Delegation.State.REQUESTED) {
                return tellOthersDecision(now, after, next);
            }
            String fault = FormFaults.of(e, "people.typed", messages, locale)
                    .values()
                    .iterator()
                    .next();
            response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
            return list(after, new RefusedDecision(delegation, reason, fault), model);
        } catch (StaleWrite e) {
            Delegation now = delegations.delegation(subject, delegation);
            if (now.state() == Delegation.State.REQUESTED && !accepted) {
                response.setStatus(HttpStatus.CONFLICT.value());
                String changed = messages.getMessage("people.requests.changed", null, locale);
                return list(after, new RefusedDecision(delegation, reason, changed), model);
            }
            if (!isOwn(now, accepted, reason)) {
                return tellOthersDecision(now, after, next);
            }
            next.addFlashAttribute("done", done(subject, accepted));
            next.addFlashAttribute("whose", name(now));
        }
        return backToList(after, next);
    }

    /** The request was decided or withdrawn by somebody else meanwhile, so that nothing typed here still matters. */
    private static String tellOthersDecision(Delegation now, @Nullable UUID after, RedirectAttributes next) {
        next.addFlashAttribute("done", "stale." + now.state());
        next.addFlashAttribute("whose", name(now));
        return backToList(after, next);
    }

    private static String name(Delegation delegation) {
        return delegation.delegate().given() + " " + delegation.delegate().family();
    }

    private static String backToList(@Nullable UUID after, RedirectAttributes next) {
        if (after != null) {
            next.addAttribute("apres", after);
        }
        return "redirect:" + PATH;
    }

    private String done(Subject subject, boolean accepted) {
        return (accepted ? "accepted" : "refused") + (mails.reachAsker(subject) ? "" : ".untold");
    }

    /** Whether this very decision was made by the person who sends it: they sent it twice. */
    private static boolean isOwn(Delegation now, boolean accepted, String reason) {
        return now.state() == (accepted ? Delegation.State.ACCEPTED : Delegation.State.REFUSED)
                && Objects.equals(now.reason(), accepted ? null : reasonOf(reason))
                && now.changed().by().equals(Authorship.current().toString());
    }

    private static String reasonOf(String typed) {
        TypedText text = new TypedText();
        String reason = text.reason("reason", typed);
        text.check();
        return reason;
    }
}
