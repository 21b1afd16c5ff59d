package fr.sas.hub.ops;

import java.security.Principal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Attributes common to every page of the console: formats, language, and the signed-in user. */
@ControllerAdvice(basePackageClasses = PageWords.class)
class PageWords {

    @ModelAttribute
    void add(Model model, Locale language, @Nullable Principal reader) {
        model.addAttribute("say", ViewFormats.in(language));
        model.addAttribute("language", language.getLanguage());
        model.addAttribute("reader", reader == null ? "" : reader.getName());
    }
}
