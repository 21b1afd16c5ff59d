package fr.sas.hub.space;

import fr.sas.hub.access.NotFound;
import fr.sas.hub.agenda.AgendaEdits;
import fr.sas.hub.agenda.entry.AgendaEntry;
import fr.sas.hub.slot.Subject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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

/**
 * What {@code {entry}/{date}} in an address refers to, for a handler that takes an {@link AgendaEntry.OccurrenceName}. Something that
 * cannot exist, or that belongs to somebody else's agenda, is not found (404); of what has been deleted in the meantime the
 * handler says more.
 */
@Component
class OccurrencesInAddresses implements HandlerMethodArgumentResolver, WebMvcConfigurer {

    private final AgendaEdits edits;

    OccurrencesInAddresses(AgendaEdits edits) {
        this.edits = edits;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(this);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == AgendaEntry.OccurrenceName.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        Map<?, ?> steps =
                request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, RequestAttributes.SCOPE_REQUEST)
                                instanceof Map<?, ?> named
                        ? named
                        : Map.of();
        AgendaEntry.OccurrenceName name = new AgendaEntry.OccurrenceName(
                entry(String.valueOf(steps.get("entry"))),
                IsoWeek.day(String.valueOf(steps.get("date"))).orElseThrow(OccurrencesInAddresses::nothing));
        if (request.getAttribute(SpaceGuard.SUBJECT, RequestAttributes.SCOPE_REQUEST) instanceof Subject subject
                && edits.isOfAnother(subject, name.entry())) {
            throw nothing();
        }
        return name;
    }

    private static UUID entry(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw nothing();
        }
    }

    private static NotFound nothing() {
        return new NotFound("There is no such entry", "Cette disponibilité n'existe pas.");
    }
}
