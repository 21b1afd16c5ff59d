package fr.sas.hub.agenda;

import fr.sas.hub.slot.Subject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Reads {@link SubjectInPath} from the address. */
@Component
class SubjectInPathResolver implements HandlerMethodArgumentResolver, WebMvcConfigurer {

    private final AgendaOwners owners;

    SubjectInPathResolver(AgendaOwners owners) {
        this.owners = owners;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(this);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.hasParameterAnnotation(SubjectInPath.class);
    }

    @Override
    public Subject resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        String pattern = Objects.requireNonNull(attribute(request, HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE))
                .toString();
        Map<?, ?> variables =
                (Map<?, ?>) Objects.requireNonNull(attribute(request, HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE));
        String id = String.valueOf(variables.get(SubjectInPath.VARIABLE));
        return pattern.startsWith(SubjectInPath.CENTRE) ? owners.centre(id) : AgendaPathVariables.practitioner(id);
    }

    private static @Nullable Object attribute(NativeWebRequest request, String name) {
        return request.getAttribute(name, RequestAttributes.SCOPE_REQUEST);
    }
}
