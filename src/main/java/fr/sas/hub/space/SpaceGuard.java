package fr.sas.hub.space;

import fr.sas.hub.access.Caller;
import fr.sas.hub.access.MissingRight;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.access.Person;
import fr.sas.hub.account.Visitor;
import fr.sas.hub.account.Visitors;
import fr.sas.hub.delegation.Rights;
import fr.sas.hub.directory.Directory;
import fr.sas.hub.directory.Facility;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpMethod;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Checks every request to {@code /espace} against the same table of rights as {@code /api/v1}. A subject for whom the
 * visitor may not act does not exist for them (404). Visitors who may act in several capacities act in the one they
 * chose if it has the right, otherwise in the first that has it. What the page then writes is recorded for that person.
 *
 * <p>A handler may take the {@link Visitor}, the {@link Person} as whom they act, and the {@link Subject} in its
 * address ({@code {practitioner}} or {@code {facility}}).
 */
@Component
class SpaceGuard implements HandlerInterceptor, HandlerMethodArgumentResolver, WebMvcConfigurer {

    /** The address of pages about practitioners. */
    static final String PRACTITIONER = "/espace/effecteurs/{practitioner}";

    /** The address of pages about health centres and other structures. */
    static final String FACILITY = "/espace/structures/{facility}";

    /** Request attribute with the visitor, also read by the page layout. */
    static final String VISITOR = Visitors.VISITOR;

    static final String PERSON = "person";
    static final String SUBJECT = "subject";

    private final Visitors visitors;
    private final Rights rights;
    private final Directory directory;

    SpaceGuard(Visitors visitors, Rights rights, Directory directory) {
        this.visitors = visitors;
        this.rights = rights;
        this.directory = directory;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/espace", "/espace/**");
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod page) || HttpMethod.OPTIONS.matches(request.getMethod())) {
            return true; // Spring itself answers OPTIONS, with the methods only
        }
        if (!(request.getUserPrincipal() instanceof Authentication signedIn)) {
            throw new IllegalStateException("Only people who are signed in should get here");
        }
        Visitor visitor = visitors.of(signedIn, request.getSession());
        request.setAttribute(VISITOR, visitor);
        RequiredPermission right = page.getMethodAnnotation(RequiredPermission.class);
        if (right == null && !page.hasMethodAnnotation(OwnPage.class)) {
            throw new IllegalStateException(page + " does not declare which right it requires");
        }
        Subject subject = subject(request).orElse(null);
        Person person = right == null ? visitor.acting() : allowed(visitor, right, subject);
        if (subject != null) {
            request.setAttribute(SUBJECT, subject);
        }
        if (person != null) {
            request.setAttribute(PERSON, person);
            Caller.actFor(request, person);
        }
        return true;
    }

    private Person allowed(Visitor visitor, RequiredPermission right, @Nullable Subject subject) {
        return visitor.personsChosenFirst().stream()
                .filter(person -> may(person, right, subject))
                .findFirst()
                .orElseThrow(() -> new NotFound(
                        "There is nothing here for this person",
                        "Cette page n'existe pas, ou ne vous est pas ouverte."));
    }

    private boolean may(Person person, RequiredPermission right, @Nullable Subject subject) {
        try {
            rights.check(person, right.value(), right.extent(), subject);
            return true;
        } catch (MissingRight e) {
            return false;
        }
    }

    private Optional<Subject> subject(HttpServletRequest request) {
        Map<?, ?> named = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> map
                ? map
                : Map.of();
        if (named.get("practitioner") instanceof String practitioner) {
            return Optional.of(PractitionerId.parse(practitioner).orElseThrow(SpaceGuard::nobody));
        }
        if (named.get("facility") instanceof String facility) {
            StructureId id = StructureId.parse(facility).orElseThrow(SpaceGuard::nobody);
            return Optional.of(directory.facility(id).map(Facility::id).orElse(id));
        }
        return Optional.empty();
    }

    private static NotFound nobody() {
        return new NotFound("There is nobody with this id", "Cette page n'existe pas, ou ne vous est pas ouverte.");
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        Class<?> type = parameter.getParameterType();
        return parameter.getContainingClass().getPackage().equals(SpaceGuard.class.getPackage())
                && (type == Visitor.class || type == Person.class || type == Subject.class);
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        Class<?> type = parameter.getParameterType();
        String name = type == Visitor.class ? VISITOR : type == Person.class ? PERSON : SUBJECT;
        return Objects.requireNonNull(
                request.getAttribute(name, RequestAttributes.SCOPE_REQUEST),
                () -> parameter + " is not available at this address");
    }
}
