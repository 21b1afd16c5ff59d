package fr.sas.hub.space;

import fr.sas.hub.account.ProviderAccount;
import fr.sas.hub.account.Visitor;
import fr.sas.hub.account.Visitors;
import fr.sas.hub.directory.PlaceZones;
import java.net.URI;
import java.time.LocalDate;
import java.util.Locale;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * « Vos identifiants de connexion » (guides 002 and 003, 1.3): the data of the account; the provider keeps the
 * password.
 */
@Controller
class AccountPage {

    private final ProviderAccount provider;
    private final Visitors visitors;

    AccountPage(ProviderAccount provider, Visitors visitors) {
        this.visitors = visitors;
        this.provider = provider;
    }

    @GetMapping("/espace/compte")
    @OwnPage
    String show(Visitor visitor, Locale locale, Model model) {
        model.addAttribute("name", visitor.name());
        model.addAttribute("email", visitor.email());
        model.addAttribute(
                "changeAddress", provider.address().map(URI::toString).orElse(null));
        model.addAttribute(
                "changePassword", provider.password().map(URI::toString).orElse(null));
        visitors.termsOf(visitor).ifPresent(terms -> {
            model.addAttribute("termsVersion", DayWords.of(LocalDate.parse(terms.version()), "d MMMM yyyy", locale));
            model.addAttribute(
                    "termsAccepted",
                    DayWords.of(LocalDate.ofInstant(terms.acceptedAt(), PlaceZones.MAINLAND), "d MMMM yyyy", locale));
        });
        return "people/own-account";
    }
}
