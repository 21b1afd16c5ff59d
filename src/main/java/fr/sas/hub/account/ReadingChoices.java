package fr.sas.hub.account;

import fr.sas.hub.access.Languages;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.WebUtils;

/**
 * The reader's language and text size (« A+ A- »). A link with one of them stores it in a cookie for a year and opens
 * the same page again; no script is needed.
 */
@Component
class ReadingChoices implements HandlerInterceptor, WebMvcConfigurer {

    static final String LANGUAGE = "langue";
    static final String SIZE = "taille";

    /** Smallest first. */
    static final List<String> SIZES = List.of("normale", "grande", "tres-grande");

    private static final String SIZE_CHOSEN = "hub-taille";
    private static final Duration KEPT = Duration.ofDays(365);
    private static final Map<String, String> COOKIES = Map.of(LANGUAGE, Languages.CHOSEN, SIZE, SIZE_CHOSEN);
    private static final Map<String, List<String>> CHOICES = Map.of(LANGUAGE, List.of("fr", "en"), SIZE, SIZES);

    /** The size chosen by the sender of this request. */
    static String size(HttpServletRequest request) {
        Cookie chosen = WebUtils.getCookie(request, SIZE_CHOSEN);
        return chosen != null && SIZES.contains(chosen.getValue()) ? chosen.getValue() : SIZES.getFirst();
    }

    /** The address of the present page, or of the start page after a form was sent, with one more choice. */
    static String here(HttpServletRequest request, String choice, String value) {
        return addressed(request).queryParam(choice, value).build().toUriString();
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        if (!request.getMethod().equals("GET")
                || request.getQueryString() == null
                || !PageSecurity.isOfPages(request)) {
            return true;
        }
        boolean chosen = false;
        for (Map.Entry<String, List<String>> choice : CHOICES.entrySet()) {
            String value = request.getParameter(choice.getKey());
            if (value != null && choice.getValue().contains(value)) {
                keep(COOKIES.getOrDefault(choice.getKey(), ""), value, request, response);
                chosen = true;
            }
        }
        if (chosen) {
            response.sendRedirect(addressed(request).build().toUriString());
        }
        return !chosen;
    }

    private static void keep(String name, String value, HttpServletRequest request, HttpServletResponse response) {
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(name, value)
                        .path("/")
                        .maxAge(KEPT)
                        .httpOnly(true)
                        .secure(request.isSecure())
                        .sameSite("Lax")
                        .build()
                        .toString());
    }

    private static ServletUriComponentsBuilder addressed(HttpServletRequest request) {
        ServletUriComponentsBuilder address = ServletUriComponentsBuilder.fromRequest(request);
        address.scheme(null).host(null).port(null);
        if (!request.getMethod().equals("GET")) {
            address.replacePath(request.getUserPrincipal() == null ? FrontPage.PATH : PageSecurity.SPACE);
        } else if (request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String failed) {
            address.replacePath(failed);
        }
        COOKIES.keySet().forEach(address::replaceQueryParam);
        return address;
    }
}
