package fr.sas.hub.help;

import fr.sas.hub.access.NotFound;
import java.util.Locale;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** {@code /aide}: frequent questions, by theme (guides 002 and 003, 3.1). */
@Controller
class HelpPage {

    static final String PATH = "/aide";

    private final HelpTexts texts;

    HelpPage(HelpTexts texts) {
        this.texts = texts;
    }

    @GetMapping(PATH)
    String list(Model model, Locale language) {
        model.addAttribute("themes", texts.themes(language));
        model.addAttribute("pages", texts.pages(language));
        model.addAttribute("unreadable", !texts.isFolderReadable());
        return "people/help";
    }

    @GetMapping(PATH + "/{slug:[a-z0-9-]+}")
    String one(@PathVariable String slug, Model model, Locale language) {
        model.addAttribute(
                "article",
                texts.find(slug, language)
                        .orElseThrow(
                                () -> new NotFound("There is no such text", "Il n'y a pas de page à cette adresse.")));
        model.addAttribute("back", PATH);
        return "people/help-article";
    }
}
