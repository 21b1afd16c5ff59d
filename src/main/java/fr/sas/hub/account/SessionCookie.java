package fr.sas.hub.account;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;

/**
 * The cookie of people's sessions. It is written as the last release writes and reads it, so that nodes of both serve whoever signed in at the
 * other; the plain id, which is enough once no such node is left, is read too. Anything else is used as sent: decoding a foreign
 * cookie could yield text that the database rejects.
 */
final class SessionCookie implements CookieSerializer {

    private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");

    private final CookieSerializer plain;

    private SessionCookie(DefaultCookieSerializer plain) {
        plain.setUseBase64Encoding(false);
        this.plain = plain;
    }

    /** Name and attributes are those of {@code server.servlet.session.cookie}. */
    @Configuration(proxyBeanMethods = false)
    static class Writing {

        @Bean
        static BeanPostProcessor sessionIdsOfBothReleases() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof DefaultCookieSerializer cookies ? new SessionCookie(cookies) : bean;
                }
            };
        }
    }

    @Override
    public void writeCookieValue(CookieValue cookie) {
        String id = cookie.getCookieValue();
        plain.writeCookieValue(
                id.isEmpty() ? cookie : new CookieValue(cookie.getRequest(), cookie.getResponse(), encoded(id)));
    }

    @Override
    public List<String> readCookieValues(HttpServletRequest request) {
        return plain.readCookieValues(request).stream()
                .map(SessionCookie::decoded)
                .toList();
    }

    private static String encoded(String id) {
        return Base64.getEncoder().encodeToString(id.getBytes(StandardCharsets.US_ASCII));
    }

    private static String decoded(String value) {
        try {
            String id = new String(Base64.getDecoder().decode(value), StandardCharsets.US_ASCII);
            return ID.matcher(id).matches() ? id : value;
        } catch (IllegalArgumentException notEncoded) {
            return value;
        }
    }
}
