package fr.sas.hub.space;

import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.SentForm;
import fr.sas.hub.access.StaleWrite;
import fr.sas.hub.access.TooOften;
import fr.sas.hub.account.AccountAdministration;
import fr.sas.hub.account.AccountInput;
import fr.sas.hub.account.AccountView;
import fr.sas.hub.delegation.Permission;
import fr.sas.hub.delegation.Permission.Extent;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
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

/**
 * « Comptes »: account managers create, find, change and close those of their territory (guides 002 and 003, 1.1 and
 * 1.2).
 */
@Controller
class AccountsPage {

    private static final String PATH = "/espace/comptes";
    private static final String NEW = PATH + "/nouveau";
    private static final String ONE = PATH + "/{account}";
    private static final int AT_ONCE = 50;

    private final AccountAdministration accounts;
    private final LastChange lastChange;
    private final MessageSource messages;

    AccountsPage(AccountAdministration accounts, LastChange lastChange, MessageSource messages) {
        this.lastChange = lastChange;
        this.messages = messages;
        this.accounts = accounts;
    }

    /**
     * What was entered in the form, kept if something is wrong with it.
     *
     * @param territories départements, comma-separated
     */
    record AccountForm(String family, String given, String email, boolean regulator, String territories) {

        AccountInput input(List<String> otherRoles, boolean needsRole) {
            List<String> roles = regulator
                    ? Stream.concat(otherRoles.stream(), Stream.of("regulator")).toList()
                    : otherRoles;
            List<String> where = Arrays.stream(territories.split("[,;\\s]+"))
                    .filter(code -> !code.isEmpty())
                    .toList();
            return AccountInput.of(email, family, given, roles, where, needsRole);
        }

        /** @param before the account as it was, whose other roles stay */
        AccountInput input(AccountView before) {
            List<String> otherRoles = before.roles().stream()
                    .filter(role -> !role.equals("regulator"))
                    .toList();
            return input(otherRoles, before.hasOnlyRoles());
        }

        static AccountForm of(AccountView kept) {
            return new AccountForm(
                    kept.family(),
                    kept.given(),
                    Objects.requireNonNullElse(kept.email(), ""),
                    kept.roles().contains("regulator"),
                    String.join(", ", kept.territories()));
        }
    }

    /** What someone else has saved in the meantime, and what was entered. */
    record Difference(String label, String kept, String typed) {}

    @GetMapping(PATH)
    @RequiredPermission(Permission.ACCOUNTS)
    String list(
            @RequestParam(name = "recherche", defaultValue = "") String text,
            @RequestParam(name = "apres", required = false) @Nullable UUID after,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        model.addAttribute("text", text);
        model.addAttribute("faults", Map.of());
        try {
            List<AccountView> found = accounts.list(text.isBlank() ? null : text, after, AT_ONCE + 1);
            List<AccountView> shown = found.subList(0, Math.min(found.size(), AT_ONCE));
            model.addAttribute("accounts", shown);
            model.addAttribute("next", found.size() > AT_ONCE ? shown.getLast().id() : null);
        } catch (InvalidInput e) {
            response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
            model.addAttribute("faults", FormFaults.of(e, "people.typed", messages, locale));
        }
        return "people/accounts";
    }

    @GetMapping(NEW)
    @RequiredPermission(value = Permission.ACCOUNTS, extent = Extent.WRITE)
    String form(Model model) {
        return form(null, 0, new AccountForm("", "", "", false, ""), Map.of(), model);
    }

    /**
     * @param account null for a new one
     * @param revision the one shown to the person who filled in the form
     */
    private String form(
            @Nullable AccountView account, long revision, AccountForm typed, Map<String, String> faults, Model model) {
        model.addAttribute("back", PATH);
        model.addAttribute("account", account);
        model.addAttribute("revision", revision);
        model.addAttribute(
                "welcomed",
                account == null ? null : accounts.lastWelcomeMail(account).orElse(Instant.EPOCH));
        model.addAttribute("own", account != null && accounts.isOwn(account));
        model.addAttribute("typed", typed);
        model.addAttribute("faults", faults);
        return "people/account";
    }

    @PostMapping(NEW)
    @RequiredPermission(value = Permission.ACCOUNTS, extent = Extent.WRITE)
    String make(
            @RequestParam(defaultValue = "") String family,
            @RequestParam(defaultValue = "") String given,
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "false") boolean regulator,
            @RequestParam(defaultValue = "") String territories,
            @RequestParam(required = false) @Nullable UUID cle,
            Locale locale,
            RedirectAttributes next,
            Model model,
            HttpServletResponse response) {
        AccountForm typed = new AccountForm(family, given, email, regulator, territories);
        try {
            AccountView made = accounts.make(typed.input(List.of(), true), new SentForm(cle));
            next.addFlashAttribute("done", "made");
            return "redirect:" + PATH + "/" + made.id();
        } catch (InvalidInput e) {
            response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
            return form(null, 0, typed, FormFaults.of(e, "people.typed", messages, locale), model);
        } catch (TooOften e) {
            response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
            return form(null, 0, typed, FormFaults.of(e, "email", locale), model);
        }
    }

    @GetMapping(ONE)
    @RequiredPermission(Permission.ACCOUNTS)
    String open(@PathVariable UUID account, Model model) {
        AccountView view = accounts.account(account);
        return form(view, view.revision(), AccountForm.of(view), Map.of(), model);
    }

    /** @param adresse the e-mail address that was shown with the form, empty if there was none; null if it is not sent */
    @PostMapping(ONE)
    @RequiredPermission(value = Permission.ACCOUNTS, extent = Extent.WRITE)
    String change(
            @PathVariable UUID account,
            @RequestParam(defaultValue = "") String family,
            @RequestParam(defaultValue = "") String given,
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "false") boolean regulator,
            @RequestParam(defaultValue = "") String territories,
            @RequestParam long revision,
            @RequestParam(required = false) @Nullable String adresse,
            Locale locale,
            RedirectAttributes next,
            Model model,
            HttpServletResponse response) {
        AccountForm typed = new AccountForm(family, given, email, regulator, territories);
        AccountView before = accounts.account(account);
        String former = adresse == null ? before.email() : adresse;
        String done = email.strip().equalsIgnoreCase(former) ? "changed" : "moved";
        try {
            accounts.change(account, typed.input(before), revision);
            next.addFlashAttribute("done", done);
        } catch (InvalidInput e) {
            response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
            return form(before, revision, typed, FormFaults.of(e, "people.typed", messages, locale), model);
        } catch (TooOften e) {
            response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
            return form(before, revision, typed, FormFaults.of(e, "email", locale), model);
        } catch (StaleWrite e) {
            AccountView now = accounts.account(account);
            if (accounts.isAlready(account, typed.input(before))) { // sent twice, or somebody else has entered the same
                next.addFlashAttribute("done", done);
                return "redirect:" + PATH + "/" + account;
            }
            response.setStatus(HttpStatus.CONFLICT.value());
            model.addAttribute("lastChange", lastChange.ofAccount(now.changedAt(), now.changedBy(), locale));
            model.addAttribute("overtaken", differences(AccountForm.of(now), typed, locale));
            return form(now, now.revision(), typed, Map.of(), model);
        }
        return "redirect:" + PATH + "/" + account;
    }

    private List<Difference> differences(AccountForm kept, AccountForm typed, Locale locale) {
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
        return new Difference(message(label, locale), orNone(kept, locale), orNone(typed, locale));
    }

    private String orNone(String text, Locale locale) {
        return text.isBlank() ? message("people.none", locale) : text.strip();
    }

    private String yes(boolean said, Locale locale) {
        return message(said ? "people.yes" : "people.no", locale);
    }

    private String message(String key, Locale locale) {
        return messages.getMessage(key, null, locale);
    }

    @PostMapping(ONE + "/fermeture")
    @RequiredPermission(value = Permission.ACCOUNTS, extent = Extent.WRITE)
    String close(@PathVariable UUID account, @RequestParam long revision, RedirectAttributes next) {
        return perform(account, "closed", next, () -> accounts.close(account, revision), now -> now.closedAt() != null);
    }

    @PostMapping(ONE + "/reouverture")
    @RequiredPermission(value = Permission.ACCOUNTS, extent = Extent.WRITE)
    String reopen(@PathVariable UUID account, @RequestParam long revision, RedirectAttributes next) {
        return perform(
                account, "reopened", next, () -> accounts.reopen(account, revision), now -> now.closedAt() == null);
    }

    /** @param dernier when the address had got the last one when the page was opened, in 1970 if it had got none lately */
    @PostMapping(ONE + "/mail-de-bienvenue")
    @RequiredPermission(value = Permission.ACCOUNTS, extent = Extent.WRITE)
    String welcome(
            @PathVariable UUID account,
            @RequestParam(required = false) @Nullable Instant dernier,
            RedirectAttributes next) {
        return perform(account, "welcomed", next, () -> accounts.sendWelcomeMail(account, dernier), now -> false);
    }

    /**
     * If someone else was quicker, the page says that the action is no longer possible and shows the present state.
     *
     * @param isSo whether the account is already as the action makes it, as after a form that was sent twice
     */
    private String perform(
            UUID account, String done, RedirectAttributes next, Runnable action, Predicate<AccountView> isSo) {
        try {
            action.run();
            next.addFlashAttribute("done", done);
        } catch (TooOften e) {
            next.addFlashAttribute("done", "too-often");
        } catch (StaleWrite | InvalidInput e) {
            next.addFlashAttribute("done", isSo.test(accounts.account(account)) ? done : "stale");
        }
        return "redirect:" + PATH + "/" + account;
    }
}
