package fr.sas.hub.space;

import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.StaleWrite;
import fr.sas.hub.access.TooOften;
import fr.sas.hub.account.AccountAdministration;
import fr.sas.hub.account.AccountInput;
import fr.sas.hub.account.AccountView;
import fr.sas.hub.delegation.Matter;
import fr.sas.hub.delegation.Matter.Extent;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
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

/** « Comptes »: an account manager makes, finds, changes, closes those of their territory (guides 002 and 003, 1.1 and 1.2). */
@Controller
class AccountsPage {

    private static final String PATH = "/espace/comptes";
    private static final String NEW = PATH + "/nouveau";
    private static final String ONE = PATH + "/{account}";
    private static final int AT_ONCE = 50;

    private final AccountAdministration accounts;
    private final MessageSource messages;

    AccountsPage(AccountAdministration accounts, MessageSource messages) {
        this.messages = messages;
        this.accounts = accounts;
    }

    /** What was typed into the form, kept when something is wrong with it. @param territories départements, by commas */
    record Typed(String family, String given, String email, boolean regulator, String territories) {

        AccountInput input(List<String> otherRoles) {
            List<String> roles = regulator
                    ? Stream.concat(otherRoles.stream(), Stream.of("regulator")).toList()
                    : otherRoles;
            List<String> where = Arrays.stream(territories.split("[,;\\s]+"))
                    .filter(code -> !code.isEmpty())
                    .toList();
            return AccountInput.of(email, family, given, roles, where);
        }

        static Typed of(AccountView kept) {
            return new Typed(
                    kept.family(),
                    kept.given(),
                    Objects.requireNonNullElse(kept.email(), ""),
                    kept.roles().contains("regulator"),
                    String.join(", ", kept.territories()));
        }
    }

    /** What somebody else kept meanwhile, and what was typed instead. */
    record Difference(String label, String kept, String typed) {}

    @GetMapping(PATH)
    @Right(Matter.ACCOUNTS)
    String list(
            @RequestParam(name = "recherche", defaultValue = "") String text,
            @RequestParam(name = "apres", required = false) @Nullable UUID after,
            Model model) {
        List<AccountView> found = accounts.list(text.isBlank() ? null : text, after, AT_ONCE + 1);
        List<AccountView> shown = found.subList(0, Math.min(found.size(), AT_ONCE));
        model.addAttribute("text", text);
        model.addAttribute("accounts", shown);
        model.addAttribute("next", found.size() > AT_ONCE ? shown.getLast().id() : null);
        return "people/accounts";
    }

    @GetMapping(NEW)
    @Right(value = Matter.ACCOUNTS, extent = Extent.WRITE)
    String form(Model model) {
        return form(null, new Typed("", "", "", false, ""), Map.of(), model);
    }

    /** @param account null for a new one */
    private String form(@Nullable AccountView account, Typed typed, Map<String, String> faults, Model model) {
        model.addAttribute("back", PATH);
        model.addAttribute("account", account);
        model.addAttribute("own", account != null && accounts.isOwn(account));
        model.addAttribute("typed", typed);
        model.addAttribute("faults", faults);
        return "people/account";
    }

    @PostMapping(NEW)
    @Right(value = Matter.ACCOUNTS, extent = Extent.WRITE)
    String make(
            @RequestParam(defaultValue = "") String family,
            @RequestParam(defaultValue = "") String given,
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "false") boolean regulator,
            @RequestParam(defaultValue = "") String territories,
            Locale locale,
            RedirectAttributes next,
            Model model,
            HttpServletResponse response) {
        Typed typed = new Typed(family, given, email, regulator, territories);
        try {
            AccountView made = accounts.make(typed.input(List.of()));
            next.addFlashAttribute("done", "made");
            return "redirect:" + PATH + "/" + made.id();
        } catch (InvalidInput e) {
            response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
            return form(null, typed, FormFaults.of(e, "people.typed", messages, locale), model);
        }
    }

    @GetMapping(ONE)
    @Right(Matter.ACCOUNTS)
    String open(@PathVariable UUID account, Model model) {
        AccountView view = accounts.account(account);
        return form(view, Typed.of(view), Map.of(), model);
    }

    @PostMapping(ONE)
    @Right(value = Matter.ACCOUNTS, extent = Extent.WRITE)
    String change(
            @PathVariable UUID account,
            @RequestParam(defaultValue = "") String family,
            @RequestParam(defaultValue = "") String given,
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "false") boolean regulator,
            @RequestParam(defaultValue = "") String territories,
            @RequestParam long revision,
            Locale locale,
            RedirectAttributes next,
            Model model,
            HttpServletResponse response) {
        Typed typed = new Typed(family, given, email, regulator, territories);
        AccountView before = accounts.account(account);
        try {
            List<String> otherRoles = before.roles().stream()
                    .filter(role -> !role.equals("regulator"))
                    .toList();
            accounts.change(account, typed.input(otherRoles), revision);
            next.addFlashAttribute("done", email.strip().equalsIgnoreCase(before.email()) ? "changed" : "moved");
        } catch (InvalidInput e) {
            response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
            return form(before, typed, FormFaults.of(e, "people.typed", messages, locale), model);
        } catch (TooOften e) {
            next.addFlashAttribute("done", "too-often");
        } catch (StaleWrite e) {
            response.setStatus(HttpStatus.CONFLICT.value());
            AccountView now = accounts.account(account);
            model.addAttribute("overtaken", differences(Typed.of(now), typed, locale));
            return form(now, typed, Map.of(), model);
        }
        return "redirect:" + PATH + "/" + account;
    }

    private List<Difference> differences(Typed kept, Typed typed, Locale locale) {
        return Stream.of(
                        difference("people.contact.family", kept.family(), typed.family(), locale),
                        difference("people.contact.given", kept.given(), typed.given(), locale),
                        difference("people.accounts.email", kept.email(), typed.email(), locale),
                        difference("people.account.territories", kept.territories(), typed.territories(), locale),
                        difference(
                                "people.account.regulator",
                                yes(kept.regulator(), locale),
                                yes(typed.regulator(), locale),
                                locale))
                .filter(each -> !each.kept().equals(each.typed()))
                .toList();
    }

    private Difference difference(String label, String kept, String typed, Locale locale) {
        return new Difference(said(label, locale), orNone(kept, locale), orNone(typed, locale));
    }

    private String orNone(String text, Locale locale) {
        return text.isBlank() ? said("people.none", locale) : text.strip();
    }

    private String yes(boolean said, Locale locale) {
        return said(said ? "people.yes" : "people.no", locale);
    }

    private String said(String key, Locale locale) {
        return messages.getMessage(key, null, locale);
    }

    @PostMapping(ONE + "/fermeture")
    @Right(value = Matter.ACCOUNTS, extent = Extent.WRITE)
    String close(@PathVariable UUID account, @RequestParam long revision, RedirectAttributes next) {
        return act(account, "closed", next, () -> accounts.close(account, revision));
    }

    @PostMapping(ONE + "/reouverture")
    @Right(value = Matter.ACCOUNTS, extent = Extent.WRITE)
    String reopen(@PathVariable UUID account, @RequestParam long revision, RedirectAttributes next) {
        return act(account, "reopened", next, () -> accounts.reopen(account, revision));
    }

    @PostMapping(ONE + "/mail-de-bienvenue")
    @Right(value = Matter.ACCOUNTS, extent = Extent.WRITE)
    String welcome(@PathVariable UUID account, RedirectAttributes next) {
        return act(account, "welcomed", next, () -> accounts.sendWelcomeMail(account));
    }

    /** What cannot be done any more, because somebody was quicker, is said on the page, which shows what is so now. */
    private static String act(UUID account, String done, RedirectAttributes next, Runnable action) {
        try {
            action.run();
            next.addFlashAttribute("done", done);
        } catch (TooOften e) {
            next.addFlashAttribute("done", "too-often");
        } catch (StaleWrite | InvalidInput e) {
            next.addFlashAttribute("done", "stale");
        }
        return "redirect:" + PATH + "/" + account;
    }
}
