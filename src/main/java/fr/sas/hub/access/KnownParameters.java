package fr.sas.hub.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.util.UriUtils;

/** A parameter that an operation of {@code /api/v1} does not know is refused: a typing error must not widen a query. */
@Component
class KnownParameters implements HandlerInterceptor, WebMvcConfigurer {

    private final Map<HandlerMethod, Set<String>> known = new ConcurrentHashMap<>();

    /** Tells which, and which there are. */
    static final class Unknown extends RuntimeException {

        private final String name;
        private final Wording rule;

        Unknown(String name, Set<String> known) {
            super(name, null, false, false);
            this.name = name;
            this.rule = known.isEmpty()
                    ? new Wording("is not a parameter here; there are none", "Cette adresse n'a pas de paramètre.")
                    : new Wording(
                            "is not a parameter here; the parameters are: " + String.join(", ", known),
                            "Ce paramètre n'existe pas ici ; les paramètres sont : " + String.join(", ", known) + ".");
        }

        InvalidInput.Fault fault() {
            return new InvalidInput.Fault(name, rule);
        }
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/api/v1/**").order(1);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        String query = request.getQueryString();
        if (query != null && handler instanceof HandlerMethod operation) {
            Set<String> names = known.computeIfAbsent(operation, KnownParameters::of);
            for (String part : query.split("&")) {
                String name = name(part);
                if (!name.isEmpty() && !names.contains(name)) {
                    throw new Unknown(name, names);
                }
            }
        }
        return true;
    }

    private static String name(String part) {
        String name = part.substring(0, part.indexOf('=') < 0 ? part.length() : part.indexOf('='));
        try {
            return UriUtils.decode(name, "UTF-8");
        } catch (IllegalArgumentException e) {
            return name;
        }
    }

    private static Set<String> of(HandlerMethod operation) {
        Set<String> names = new TreeSet<>();
        Stream.of(operation.getMethodParameters()).forEach(parameter -> {
            RequestParam asked = parameter.getParameterAnnotation(RequestParam.class);
            if (asked != null) {
                names.add(named(asked, parameter));
            }
        });
        return names;
    }

    private static String named(RequestParam asked, MethodParameter parameter) {
        String said = asked.name().isEmpty() ? asked.value() : asked.name();
        return said.isEmpty() ? parameter.getParameter().getName() : said;
    }
}
