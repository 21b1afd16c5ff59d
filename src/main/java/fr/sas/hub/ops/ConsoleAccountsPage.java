package fr.sas.hub.ops;

import fr.sas.hub.account.AccountAdministration;
import fr.sas.hub.account.AccountView;
import fr.sas.hub.outbox.OutboxLevers;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * {@code /ops/comptes}: who has an account, who accepted the terms, and the state of mail delivery (guides 002 and 003,
 * 1.1).
 */
@Controller
@RequestMapping("/ops/comptes")
class ConsoleAccountsPage {

    private static final int MOST_AT_ONCE = 100;
    private static final String MAIL = "mail";

    private final AccountAdministration accounts;
    private final OutboxLevers levers;

    ConsoleAccountsPage(AccountAdministration accounts, OutboxLevers levers) {
        this.accounts = accounts;
        this.levers = levers;
    }

    @GetMapping
    String list(
            @RequestParam(defaultValue = "") String text,
            @RequestParam(required = false) @Nullable UUID after,
            Model model) {
        List<AccountView> found = accounts.list(text.isBlank() ? null : text, after, MOST_AT_ONCE);
        model.addAttribute("text", text);
        model.addAttribute("accounts", found);
        model.addAttribute("next", found.size() < MOST_AT_ONCE ? null : next(text, found.getLast()));
        model.addAttribute(
                "mail",
                levers.statuses().stream()
                        .filter(status -> status.destination().equals(MAIL))
                        .findFirst()
                        .orElse(null));
        return "ops/accounts";
    }

    private static String next(String text, AccountView last) {
        return UriComponentsBuilder.fromPath("/ops/comptes")
                .queryParam("text", text)
                .queryParam("after", last.id())
                .encode()
                .toUriString();
    }
}
