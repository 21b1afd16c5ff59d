package fr.sas.hub.testing;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * A method and an address, as the application itself lists them: a new one is among them.
 *
 * @param path such as {@code /espace/effecteurs/{practitioner}}
 */
public record MappedAddress(String method, String path, HandlerMethod handler) {

    public static Stream<MappedAddress> all(Collection<RequestMappingHandlerMapping> mappings) {
        return mappings.stream()
                .flatMap(mapping -> mapping.getHandlerMethods().entrySet().stream())
                .flatMap(each -> each.getKey().getPatternValues().stream()
                        .flatMap(path -> methods(
                                        each.getKey().getMethodsCondition().getMethods())
                                .map(method -> new MappedAddress(method.name(), path, each.getValue()))));
    }

    /** A handler that names none takes all. */
    private static Stream<RequestMethod> methods(Set<RequestMethod> named) {
        return named.isEmpty() ? Stream.of(RequestMethod.GET, RequestMethod.POST) : named.stream();
    }

    public boolean isBelow(String start) {
        return path.equals(start) || path.startsWith(start + "/");
    }

    /** Such as {@code GET /espace}. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
