package fr.sas.hub.delegation;

import fr.sas.hub.access.Caller;
import fr.sas.hub.access.MissingRight;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.access.Person;
import fr.sas.hub.access.Wording;
import fr.sas.hub.delegation.Permission.Extent;
import fr.sas.hub.directory.Directory;
import fr.sas.hub.directory.Facility;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Intercepts every request to {@code /api/v1} that names a person, and consults {@link Rights}. Addresses that are not
 * listed are closed to persons. A client that names nobody acts for itself, as far as its role allows.
 */
@Component
class RightsGuard implements HandlerInterceptor, WebMvcConfigurer {

    private static final String API = "/api/v1";
    private static final String PRACTITIONER = "practitioner";
    private static final String FACILITY = "facility";
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    /** The first match applies. */
    private static final List<Place> PLACES = List.of(
            at("/practitioners/{practitioner}", Permission.DIRECTORY),
            at("/practitioners/{practitioner}/settings", Permission.SETTINGS),
            at("/practitioners/{practitioner}/settings/history", Permission.HISTORY),
            at("/practitioners/{practitioner}/agenda/places/{place}/unavailability", Permission.UNAVAILABILITY),
            at("/practitioners/{practitioner}/agenda/places/{place}/information", Permission.INFORMATION),
            at("/practitioners/{practitioner}/agenda/feed", Permission.FEED),
            at("/practitioners/{practitioner}/agenda/**", Permission.AGENDA),
            at("/practitioners/{practitioner}/hours", Permission.HOURS),
            at("/practitioners/{practitioner}/appointments", Permission.APPOINTMENTS),
            at("/practitioners/{practitioner}/delegations/{delegation}/decision", Permission.DECISIONS),
            at("/practitioners/{practitioner}/delegations/**", Permission.DELEGATIONS),
            at("/practitioners/{practitioner}/history", Permission.HISTORY),
            at("/facilities", Permission.DIRECTORY),
            at("/vendors", Permission.DIRECTORY),
            at("/facilities/{facility}", Permission.DIRECTORY),
            at("/facilities/{facility}/settings", Permission.SETTINGS),
            at("/facilities/{facility}/agenda/places/{place}/unavailability", Permission.UNAVAILABILITY),
            at("/facilities/{facility}/agenda/places/{place}/information", Permission.INFORMATION),
            at("/facilities/{facility}/agenda/feed", Permission.FEED),
            at("/facilities/{facility}/agenda/**", Permission.AGENDA),
            at("/facilities/{facility}/hours", Permission.HOURS),
            at("/facilities/{facility}/appointments", Permission.APPOINTMENTS),
            at("/facilities/{facility}/managers/**", Permission.MANAGERS),
            at("/facilities/{facility}/delegations/{delegation}/decision", Permission.DECISIONS),
            at("/facilities/{facility}/delegations/**", Permission.DELEGATIONS),
            at("/facilities/{facility}/settings/history", Permission.HISTORY),
            at("/facilities/{facility}/history", Permission.HISTORY),
            at("/accounts/**", Permission.ACCOUNTS),
            at("/delegations", Permission.ALL_DELEGATIONS),
            at("/managers", Permission.ALL_MANAGERS));

    private final Rights rights;
    private final Directory directory;

    RightsGuard(Rights rights, Directory directory) {
        this.rights = rights;
        this.directory = directory;
    }

    private record Place(PathPattern path, Permission matter) {}

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns(API + "/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Caller.current().map(Caller::person).ifPresent(person -> check(person, request));
        return true;
    }

    private void check(Person person, HttpServletRequest request) {
        PathContainer path =
                ServletRequestPathUtils.getParsedRequestPath(request).pathWithinApplication();
        Extent extent = READING.contains(request.getMethod()) ? Extent.READ : Extent.WRITE;
        for (Place place : PLACES) {
            PathPattern.PathMatchInfo found = place.path.matchAndExtract(path);
            if (found != null) {
                rights.check(person, place.matter, extent, subject(found.getUriVariables()));
                return;
            }
        }
        throw new MissingRight(
                "none",
                new Wording(
                        "This address is open only to the platform, not to persons",
                        "Cette adresse n'est ouverte qu'à la plateforme, pas aux personnes."));
    }

    private @Nullable Subject subject(Map<String, String> named) {
        String practitioner = named.get(PRACTITIONER);
        if (practitioner != null) {
            return PractitionerId.parse(practitioner)
                    .orElseThrow(() ->
                            new NotFound("There is no practitioner " + practitioner, "Ce professionnel n'existe pas."));
        }
        String facility = named.get(FACILITY);
        if (facility != null) {
            StructureId id = StructureId.parse(facility)
                    .orElseThrow(
                            () -> new NotFound("There is no facility " + facility, "Cette structure n'existe pas."));
            return directory.facility(id).map(Facility::id).orElse(id);
        }
        return null;
    }

    private static Place at(String path, Permission matter) {
        return new Place(PathPatternParser.defaultInstance.parse(API + path), matter);
    }
}
