package fr.sas.hub.account;

import static org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher.withDefaults;

import fr.sas.hub.access.OwnHosts;
import fr.sas.hub.access.door.ConsoleVisitors;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.catalina.Globals;
import org.apache.tomcat.util.http.Parameters.FailReason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.session.jdbc.PostgreSqlJdbcIndexedSessionRepositoryCustomizer;
import org.springframework.web.client.RestClient;

/**
 * Security of the pages for people (DESIGN §10): OpenID Connect with code, PKCE and nonce; a session in the database,
 * renewed at sign-in; a CSRF token with every write. For machines see {@code access}.
 */
@Configuration(proxyBeanMethods = false)
class PageSecurity {

    private static final Logger log = LoggerFactory.getLogger(PageSecurity.class);

    /** The personal space. */
    static final String SPACE = "/espace";

    static final String SIGN_OUT = "/deconnexion";

    /** The page that was requested before signing in, or before accepting the terms: kept in the session. */
    static final RequestCache ASKED_FOR = pageThatWasAskedFor();

    private static final String AUTHORIZE = "/oauth2/authorization";

    /** The first path segment of the addresses that require signing in. */
    private static final Set<String> PAGES = Set.of(
            SignInPage.PATH, TermsPage.PATH, SPACE, SIGN_OUT, ConsoleVisitors.DOOR, "/oauth2", "/login", "/logout");

    /** The first path segment of those open to everyone: what the service is, help and training, the legal pages. */
    private static final Set<String> OPEN = Set.of(
            FrontPage.PATH,
            "/aide",
            "/formation",
            "/developpeurs",
            "/credits",
            "/cookies",
            "/mentions-legales",
            "/accessibilite");

    /** The error codes with which a provider says that it is unavailable (RFC 6749 §4.1.2.1). */
    private static final Set<String> UNABLE = Set.of("server_error", "temporarily_unavailable");

    private static final String CONTENT_POLICY =
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; media-src 'self'; font-src 'self';"
                    + " connect-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

    @Bean
    @Order(1)
    SecurityFilterChain guardedPages(
            HttpSecurity http,
            IdentityProvider provider,
            SigningIn signingIn,
            SignIns signIns,
            SessionLife life,
            ProviderSessions sessions,
            WayOut wayOut,
            SignInSettings settings,
            OwnHosts hosts)
            throws Exception {
        http.securityMatcher(request -> isOfPages(request) || isErrorsOwn(request))
                .authorizeHttpRequests(doors -> doors.requestMatchers(
                                at(SignInPage.PATH), at(SignInPage.PATH + "/**"), at(AUTHORIZE + "/**"))
                        .permitAll()
                        .requestMatchers(PageSecurity::isOpenToAll)
                        .permitAll()
                        .requestMatchers(PageSecurity::isErrorsOwn)
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .requestCache(cache -> cache.requestCache(ASKED_FOR))
                .addFilterAfter(new HostGate(hosts), HeaderWriterFilter.class)
                .addFilterAfter(new AccountGate(signIns, life), AuthorizationFilter.class)
                .exceptionHandling(refused -> refused.authenticationEntryPoint(signingInFirst())
                        .accessDeniedHandler((request, response, e) -> {
                            if (e instanceof CsrfException && isSignedOutAlready(request)) {
                                response.sendRedirect(SignInPage.PATH);
                            } else if (e instanceof CsrfException && isTooLong(request)) {
                                PeopleErrors.refuse(request, response, HttpStatus.PAYLOAD_TOO_LARGE);
                            } else if (e instanceof CsrfException) {
                                PeopleErrors.refuseLate(request, response);
                            } else {
                                PeopleErrors.refuse(request, response, HttpStatus.FORBIDDEN);
                            }
                        }))
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY)))
                .logout(leaving -> leaving.logoutUrl(SIGN_OUT).logoutSuccessHandler(wayOut));
        if (provider.isSetUp()) {
            http.oauth2Login(login -> login.withObjectPostProcessor(showingSilence())
                            .clientRegistrationRepository(provider)
                            .authorizedClientRepository(new NoTokensKept())
                            .oidcSessionRegistry(sessions)
                            .loginPage(SignInPage.PATH)
                            .defaultSuccessUrl(SPACE)
                            .failureHandler(showReason())
                            .authorizationEndpoint(
                                    redirect -> redirect.authorizationRequestResolver(asking(provider, settings)))
                            .tokenEndpoint(code -> code.accessTokenResponseClient(codes()))
                            .userInfoEndpoint(userInfo -> userInfo.oidcUserService(signingIn)))
                    .addFilterBefore(new BackChannelLogout(provider, sessions), CsrfFilter.class);
        }
        return http.build();
    }

    /** From a page that was still open in another window: where signing out leads, they are. */
    private static boolean isSignedOutAlready(HttpServletRequest request) {
        return request.getRequestURI().equals(SIGN_OUT) && !PeopleErrors.isSignedIn();
    }

    /** Of a form beyond the server's limit nothing is read, not even its token. */
    private static boolean isTooLong(HttpServletRequest request) {
        return request.getAttribute(Globals.PARAMETER_PARSE_FAILED_REASON_ATTR) == FailReason.POST_TOO_LARGE;
    }

    /** Later opened at its plain address, without a marker parameter; fragments fetched by a script are not pages. */
    private static HttpSessionRequestCache pageThatWasAskedFor() {
        var cache = new HttpSessionRequestCache();
        cache.setMatchingRequestParameterName(null);
        cache.setRequestMatcher(request -> request.getMethod().equals("GET")
                && !isFetched(request)
                && !"empty".equals(request.getHeader("Sec-Fetch-Dest")));
        return cache;
    }

    private static boolean isFetched(HttpServletRequest request) {
        return request.getHeader("HX-Request") != null;
    }

    /** A script would insert the sign-in page as the fragment it fetched: the browser is sent there instead. */
    private static AuthenticationEntryPoint signingInFirst() {
        var page = new LoginUrlAuthenticationEntryPoint(SignInPage.PATH);
        return (request, response, e) -> {
            if (isFetched(request)) {
                response.setHeader("HX-Redirect", SignInPage.PATH);
                response.setStatus(HttpStatus.UNAUTHORIZED.value());
            } else {
                page.commence(request, response, e);
            }
        };
    }

    /**
     * The hub's own refusals are shown with their reason; any failure of the provider or the code flow with the same
     * text.
     */
    private static AuthenticationFailureHandler showReason() {
        return (request, response, failure) -> {
            String word = refusalCode(failure);
            if (word.equals(SignInPage.FAILED) || word.equals(SignInPage.SILENT)) {
                log.warn("A sign-in failed: {}", failure.getMessage());
            }
            response.sendRedirect(SignInPage.refused(word));
        };
    }

    private static String refusalCode(AuthenticationException failure) {
        String code = failure instanceof OAuth2AuthenticationException e
                ? e.getError().getErrorCode()
                : "";
        if (UNABLE.contains(code) || isSilence(failure)) {
            return SignInPage.SILENT;
        }
        return Arrays.stream(SignIns.Refusal.values())
                        .anyMatch(refusal -> refusal.code().equals(code))
                ? code
                : SignInPage.FAILED;
    }

    private static boolean isSilence(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException || cause instanceof IdentityProvider.Silence) {
                return true;
            }
        }
        return false;
    }

    /** Shows the reason also to people who open the address that redirects to the provider directly. */
    private static ObjectPostProcessor<OAuth2AuthorizationRequestRedirectFilter> showingSilence() {
        return new ObjectPostProcessor<>() {
            @Override
            public <O extends OAuth2AuthorizationRequestRedirectFilter> O postProcess(O filter) {
                filter.setAuthenticationFailureHandler(showReason());
                return filter;
            }
        };
    }

    /** Exchanges codes for tokens as Spring Security does, but never waits long. */
    private static RestClientAuthorizationCodeTokenResponseClient codes() {
        var codes = new RestClientAuthorizationCodeTokenResponseClient();
        codes.setRestClient(RestClient.builder()
                .requestFactory(IdentityProvider.line())
                .messageConverters(converters -> {
                    converters.clear();
                    converters.add(new FormHttpMessageConverter());
                    converters.add(new OAuth2AccessTokenResponseHttpMessageConverter());
                })
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build());
        return codes;
    }

    private static OAuth2AuthorizationRequestResolver asking(IdentityProvider provider, SignInSettings settings) {
        var asking = new DefaultOAuth2AuthorizationRequestResolver(provider, AUTHORIZE);
        Consumer<OAuth2AuthorizationRequest.Builder> asked = OAuth2AuthorizationRequestCustomizers.withPkce();
        String acrValues = settings.acrValues();
        if (acrValues != null) {
            asked = asked.andThen(request -> request.additionalParameters(more -> more.put("acr_values", acrValues)));
        }
        asking.setAuthorizationRequestCustomizer(asked);
        String hint = settings.proSanteConnectHint();
        return new OnlyKnown(hint == null ? asking : new BrokerHint(asking, hint));
    }

    /**
     * Sessions exist only for the pages for people: requests of machines are not even checked for one.
     */
    @Bean
    static BeanPostProcessor sessionsOfPages() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (name.equals("sessionRepositoryFilterRegistration")
                        && bean instanceof DelegatingFilterProxyRegistrationBean filter) {
                    Set<String> patterns = patterns();
                    patterns.addAll(List.of("/ops", "/ops/*")); // the console needs to know who is signed in
                    filter.setUrlPatterns(patterns);
                }
                return bean;
            }
        };
    }

    /**
     * A set lookup, because every search passes here; any other spelling is handled as a machine's request and refused.
     */
    static boolean isOfPages(HttpServletRequest request) {
        return isOfPages(request.getRequestURI());
    }

    static boolean isOfPages(String path) {
        String first = firstSegment(path);
        return PAGES.contains(first) || OPEN.contains(first);
    }

    /**
     * What can be read without signing in, including the terms of use, which only people who are signed in can accept.
     */
    static boolean isOpenToAll(HttpServletRequest request) {
        return OPEN.contains(firstSegment(request.getRequestURI()))
                || (request.getRequestURI().equals(TermsPage.PATH)
                        && (request.getMethod().equals("GET")
                                || request.getMethod().equals("HEAD")));
    }

    /** The headers of pages, unless the answer has them. */
    static void secure(HttpServletResponse response) {
        Map.of(
                        "Content-Security-Policy", CONTENT_POLICY,
                        "X-Content-Type-Options", "nosniff",
                        "X-Frame-Options", "DENY")
                .forEach((header, value) -> {
                    if (!response.containsHeader(header)) {
                        response.setHeader(header, value);
                    }
                });
    }

    /** The address of the error pages, secured like that of any page, so that they are sent with the same headers. */
    private static boolean isErrorsOwn(HttpServletRequest request) {
        return request.getDispatcherType() == DispatcherType.REQUEST
                && request.getRequestURI().equals("/error")
                && (request.getMethod().equals("GET") || request.getMethod().equals("HEAD"));
    }

    /** Servlet patterns of all pages for people, and of nothing else. */
    static Set<String> patterns() {
        Set<String> patterns = new TreeSet<>();
        for (String page : Stream.concat(PAGES.stream(), OPEN.stream()).toList()) {
            patterns.add(page);
            if (!page.equals(FrontPage.PATH)) {
                patterns.add(page + "/*");
            }
        }
        return patterns;
    }

    private static String firstSegment(String path) {
        int second = path.indexOf('/', 1);
        return second <= 1 ? path : path.substring(0, second);
    }

    private static RequestMatcher at(String path) {
        return withDefaults().matcher(path);
    }

    /** There is only one provider: an address that names another is not a page, which is not an error of the hub. */
    private record OnlyKnown(OAuth2AuthorizationRequestResolver asking) implements OAuth2AuthorizationRequestResolver {

        @Override
        public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request) {
            return request.getRequestURI().equals(AUTHORIZE + "/" + IdentityProvider.ID)
                    ? asking.resolve(request)
                    : null;
        }

        @Override
        public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request, String registration) {
            return asking.resolve(request, registration);
        }
    }

    /** The hub makes no requests to the provider on a person's behalf, so the tokens for that are not kept. */
    private static final class NoTokensKept implements OAuth2AuthorizedClientRepository {
        @Override
        public <T extends OAuth2AuthorizedClient> @Nullable T loadAuthorizedClient(
                String provider, Authentication person, HttpServletRequest request) {
            return null;
        }

        @Override
        public void saveAuthorizedClient(
                OAuth2AuthorizedClient client,
                Authentication person,
                HttpServletRequest request,
                HttpServletResponse response) {}

        @Override
        public void removeAuthorizedClient(
                String provider, Authentication person, HttpServletRequest request, HttpServletResponse response) {}
    }

    /** Two requests of one session may store the same attribute at once, such as the notice of what was saved, without either failing. */
    @Bean
    PostgreSqlJdbcIndexedSessionRepositoryCustomizer sessionsOfPostgresql() {
        return new PostgreSqlJdbcIndexedSessionRepositoryCustomizer();
    }
}
