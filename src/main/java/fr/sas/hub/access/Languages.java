package fr.sas.hub.access;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.i18n.AcceptHeaderLocaleResolver;
import org.springframework.web.util.WebUtils;

/**
 * French or English: as a person chose on a page, else as Accept-Language asks (RFC 9110 §12.5.4, looked up by RFC 4647
 * §3.4); French when neither is asked for.
 */
@Configuration(proxyBeanMethods = false)
public class Languages {

    /** The cookie that holds the language chosen on a page: {@code fr} or {@code en}. */
    public static final String CHOSEN = "hub-langue";

    @Bean
    LocaleResolver localeResolver() {
        return new AcceptHeaderLocaleResolver() {
            @Override
            public Locale resolveLocale(HttpServletRequest request) {
                return spokenWith(request);
            }
        };
    }

    /** Independent of the machine's locale. */
    static Locale spokenWith(HttpServletRequest request) {
        Cookie chosen = WebUtils.getCookie(request, CHOSEN);
        if (chosen != null) {
            for (Locale language : Wording.LANGUAGES) {
                if (language.getLanguage().equals(chosen.getValue())) {
                    return language;
                }
            }
        }
        String asked = request.getHeader(HttpHeaders.ACCEPT_LANGUAGE);
        try {
            Locale spoken = asked == null ? null : Locale.lookup(Locale.LanguageRange.parse(asked), Wording.LANGUAGES);
            return spoken == null ? Locale.FRENCH : spoken;
        } catch (IllegalArgumentException e) {
            return Locale.FRENCH;
        }
    }
}
