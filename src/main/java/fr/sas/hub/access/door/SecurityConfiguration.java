package fr.sas.hub.access.door;

import static org.springframework.http.HttpStatus.FORBIDDEN;
import static org.springframework.http.HttpStatus.UNAUTHORIZED;
import static org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher.withDefaults;

import fr.sas.hub.access.AccessSettings;
import fr.sas.hub.access.Refusals;
import fr.sas.hub.access.Wording;
import jakarta.servlet.DispatcherType;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Which role may access which path (DESIGN §2). Anything not listed is denied. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    private static final Wording NEEDS_A_TOKEN =
            new Wording("A bearer token of a known client is required", "Il faut le jeton d'un client connu.");
    private static final Wording WRONG_ROLE =
            new Wording("Your role does not give access here", "Votre rôle n'ouvre pas cette porte.");

    @Bean
    SecurityFilterChain guardedDoors(
            HttpSecurity http,
            KnownCallers callers,
            OwnToken own,
            Refusals refusals,
            UnknownTokens guesses,
            MachineTokens tokens,
            RevokedCertificates revoked,
            ConsoleVisitors visitors,
            ClosedPersons closed,
            AccessSettings settings,
            @Value("${hub.open-api-docs:false}") boolean docsAreOpen)
            throws Exception {
        return http.csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                // console users are identified by their session, and parallel requests keep its id
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS)
                        .sessionFixation(fixation -> fixation.none()))
                .addFilterBefore(
                        new CallerFilter(
                                callers,
                                own,
                                refusals,
                                guesses,
                                tokens,
                                revoked,
                                visitors,
                                closed,
                                settings.consoleTokens()),
                        AnonymousAuthenticationFilter.class)
                .authorizeHttpRequests(doors -> {
                    // completes an asynchronous response: the original request has been authorised
                    doors.dispatcherTypeMatchers(DispatcherType.ASYNC).permitAll();
                    doors.requestMatchers(
                                    at("/favicon.ico"),
                                    at("/error"),
                                    at("/fhir/metadata"),
                                    get("/calendar/*"),
                                    at("/actuator/health/**"),
                                    at("/ops/login"),
                                    at("/ops/assets/**"),
                                    at("/assets/**"),
                                    at("/webjars/**"))
                            .permitAll();
                    doors.requestMatchers(at("/ops"), at("/ops/**")).hasRole("OPS");
                    if (docsAreOpen) {
                        doors.requestMatchers(at("/v3/api-docs/**"), at("/swagger-ui/**"), at("/swagger-ui.html"))
                                .permitAll();
                    }
                    doors.requestMatchers(at("/v3/api-docs/**"), at("/swagger-ui/**"), at("/swagger-ui.html"))
                            .authenticated();
                    doors.requestMatchers(at("/fhir/$validate"), at("/fhir/*/$validate"))
                            .authenticated();
                    doors.requestMatchers(at("/fhir/**"), at("/fhir")).hasAnyRole("SEARCH", "OPS", "VENDOR");
                    doors.requestMatchers(get("/api/v1/practitioners/**"), get("/api/v1/facilities/**"))
                            .hasAnyRole("PORTAL", "OPS");
                    doors.requestMatchers(get("/api/v1/delegations"), get("/api/v1/managers"), get("/api/v1/vendors"))
                            .hasAnyRole("PORTAL", "OPS");
                    doors.requestMatchers(at("/api/v1/account-managers/**"), at("/api/v1/accounts/**"))
                            .hasAnyRole("PORTAL", "OPS");
                    doors.requestMatchers(at("/api/v1/regulators/**")).hasAnyRole("PORTAL", "OPS");
                    doors.requestMatchers(at("/api/v1/practitioners/*"), at("/api/v1/facilities/*"))
                            .hasAnyRole("PORTAL", "OPS");
                    doors.requestMatchers(at("/api/v1/practitioners/**"), at("/api/v1/facilities/**"))
                            .hasRole("PORTAL");
                    doors.requestMatchers(
                                    get("/api/v1/connectors/{vendor}/rejections"),
                                    get("/api/v1/connectors/{vendor}/scorecard"),
                                    at("/api/v1/connectors/{vendor}/check"))
                            .access((authentication, context) -> OwnVendor.decide(
                                    authentication.get(), context.getVariables().get("vendor")));
                    doors.requestMatchers(at("/api/v1/**"), at("/actuator/**")).hasRole("OPS");
                    doors.anyRequest().denyAll();
                })
                .exceptionHandling(refused -> refused.authenticationEntryPoint((request, response, e) -> {
                            if (ConsoleCookie.isOfConsole(request)) {
                                ConsoleCookie.sendToLogin(request, response);
                                return;
                            }
                            response.setHeader("WWW-Authenticate", "Bearer");
                            refusals.writeOrShow(request, response, UNAUTHORIZED, "login", NEEDS_A_TOKEN);
                        })
                        .accessDeniedHandler((request, response, e) ->
                                refusals.writeOrShow(request, response, FORBIDDEN, "forbidden", WRONG_ROLE)))
                .build();
    }

    private static RequestMatcher at(String path) {
        return withDefaults().matcher(path);
    }

    /** GET and, since whoever may read may ask for the length, HEAD. */
    private static RequestMatcher get(String path) {
        return new OrRequestMatcher(
                withDefaults().matcher(HttpMethod.GET, path), withDefaults().matcher(HttpMethod.HEAD, path));
    }

    /** There are no passwords: this stops Spring Boot from generating one. */
    @Bean
    UserDetailsService nobodyByPassword() {
        return name -> {
            throw new UsernameNotFoundException(name);
        };
    }

    /**
     * Every path here is matched by its pattern, so there is no need to ask which controller would handle a request: without
     * this, Spring Security looks that up before each request, which took a sixth of a search's time in Java
     * (docs/decisions/0094).
     */
    @Bean
    static BeanDefinitionRegistryPostProcessor noLookUpOfHandlers() {
        return new HandlersNotLookedUp();
    }

    private static final class HandlersNotLookedUp implements BeanDefinitionRegistryPostProcessor, Ordered {

        private static final String INTROSPECTOR = "mvcHandlerMappingIntrospector";

        @Override
        public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
            if (registry.containsBeanDefinition(INTROSPECTOR)) {
                registry.removeBeanDefinition(INTROSPECTOR);
            }
        }

        /** Before Spring Security's own, which has no order. */
        @Override
        public int getOrder() {
            return Ordered.HIGHEST_PRECEDENCE;
        }
    }

    /** No span or timer for each filter: a request's own says how long it took. */
    @Bean
    static SecurityObservationSettings noObservationOfFilters() {
        return SecurityObservationSettings.noObservations();
    }
}
