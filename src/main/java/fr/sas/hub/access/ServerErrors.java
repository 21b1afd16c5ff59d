package fr.sas.hub.access;

import fr.sas.hub.fhir.FhirMediaTypes;
import fr.sas.hub.fhir.OutcomeIssue;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.MappingMatch;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * Requests refused by the server itself before any room sees them (an unreadable address, an oversized header), and
 * errors that no room handled: an OperationOutcome below {@code /fhir}, a problem below {@code /api}, a plain page for a
 * browser elsewhere, never one of Tomcat's.
 */
@Configuration(proxyBeanMethods = false)
class ServerErrors {

    private static final Wording NOT_READ = new Wording(
            "The server refused this request: its address, a header or its method is not valid HTTP",
            "Le serveur n'a pas accepté cette requête : son adresse, un en-tête ou sa méthode n'est pas conforme à HTTP.");
    private static final Wording FAILED =
            new Wording("The hub failed; the incident is logged", "Le service a échoué ; l'incident est consigné.");

    /** For errors raised by the server itself, from filters and firewalls. */
    @Bean
    FilterRegistrationBean<jakarta.servlet.Filter> errorsInTheWordsOfTheirAddress(Refusals refusals) {
        var filter = new FilterRegistrationBean<jakarta.servlet.Filter>((request, response, chain) -> {
            if (!(request instanceof HttpServletRequest of
                    && response instanceof HttpServletResponse to
                    && of.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String address
                    && of.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status
                    && isForPrograms(address))) {
                chain.doFilter(request, response);
                return;
            }
            refusals.write(address, of, to, status(status), code(status), wording(status));
        });
        filter.setDispatcherTypes(DispatcherType.ERROR);
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
    }

    /**
     * Tomcat would append its error page to what has already been sent, for example when the reader of a stream has gone:
     * nobody is left to read it.
     */
    @Bean
    FilterRegistrationBean<jakarta.servlet.Filter> errorsAfterTheBeginningAreNotAddedToIt() {
        var filter = new FilterRegistrationBean<jakarta.servlet.Filter>((request, response, chain) -> {
            if (!response.isCommitted() || request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) == null) {
                chain.doFilter(request, response);
            }
        });
        filter.setDispatcherTypes(DispatcherType.INCLUDE, DispatcherType.ERROR);
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
    }

    /**
     * {@code /fhir;x=y/metadata}, {@code /fhi%72}: Tomcat maps them to {@code /fhir}, Spring does not, and fails before
     * its firewall refuses such addresses.
     */
    @Bean
    FilterRegistrationBean<jakarta.servlet.Filter> addressesSpeltAsTheyAre(Refusals refusals) {
        var filter = new FilterRegistrationBean<jakarta.servlet.Filter>((request, response, chain) -> {
            if (request instanceof HttpServletRequest of
                    && response instanceof HttpServletResponse to
                    && of.getHttpServletMapping().getMappingMatch() == MappingMatch.PATH
                    && !(of.getRequestURI() + "/").startsWith(of.getServletPath() + "/")) {
                refusals.write(of.getServletPath(), of, to, HttpStatus.BAD_REQUEST, "invalid", NOT_READ);
                return;
            }
            chain.doFilter(request, response);
        });
        filter.setDispatcherTypes(DispatcherType.REQUEST);
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
    }

    /**
     * The server shows error pages in place of others; opened at their own address, they are not found. Security comes first, so
     * that this answer has its headers too.
     */
    @Bean
    FilterRegistrationBean<jakarta.servlet.Filter> errorsHaveNoAddressOfTheirOwn(
            @Value("${server.error.path:/error}") String path) {
        var filter = new FilterRegistrationBean<jakarta.servlet.Filter>((request, response, chain) -> {
            if (response instanceof HttpServletResponse to) {
                to.sendError(HttpStatus.NOT_FOUND.value());
            }
        });
        filter.setDispatcherTypes(DispatcherType.REQUEST);
        filter.addUrlPatterns(path);
        filter.setOrder(SecurityProperties.DEFAULT_FILTER_ORDER + 1);
        return filter;
    }

    static boolean isForPrograms(String address) {
        return address.startsWith("/fhir") || address.startsWith("/api") || address.startsWith("/calendar");
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> noPageOfTomcats() {
        return server -> server.addContextCustomizers(
                context -> ((StandardHost) context.getParent()).setErrorReportValveClass(Report.class.getName()));
    }

    private static HttpStatus status(int status) {
        HttpStatus known = HttpStatus.resolve(status);
        return known == null ? HttpStatus.INTERNAL_SERVER_ERROR : known;
    }

    /** 501 and 505 concern the request too: an encoding or HTTP version that the server does not support. */
    private static Wording wording(int status) {
        return status < 500 || status == 501 || status == 505 ? NOT_READ : FAILED;
    }

    static String code(int status) {
        return switch (status) {
            case 401 -> "login";
            case 403 -> "forbidden";
            case 404 -> "not-found";
            case 405, 406, 415, 501, 505 -> "not-supported";
            case 408 -> "timeout";
            case 413, 414, 431 -> "too-long";
            case 429 -> "throttled";
            default -> status < 500 ? "invalid" : status == 503 ? "transient" : "exception";
        };
    }

    /** For requests whose address could not be read; instantiated by Tomcat, by class name. */
    public static final class Report extends ErrorReportValve {

        @Override
        protected void report(Request request, Response response, @Nullable Throwable thrown) {
            int status = response.getStatus();
            if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
                return;
            }
            try {
                String words = describe(request, response, status);
                response.setCharacterEncoding("utf-8");
                Writer out = response.getReporter();
                if (out != null) {
                    out.write(words);
                    response.finishResponse();
                }
            } catch (IOException | IllegalStateException e) {
                // the client has disconnected
            }
        }

        /** @return the body of an answer of the type that is set */
        private static String describe(Request request, Response response, int status) {
            String address = request.getRequestURI();
            if (address == null || address.isEmpty() || address.startsWith("/fhir")) {
                response.setContentType(FhirMediaTypes.JSON);
                return outcome(code(status), wording(status).english());
            }
            Locale language = Languages.spokenWith(request);
            if (PlainErrorPage.isFor(request)) {
                PlainErrorPage.describe(response);
                return PlainErrorPage.in(language, wording(status).equals(FAILED));
            }
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            return problem(status, wording(status).in(language));
        }

        private static String outcome(String code, String words) {
            return OutcomeIssue.outcome(List.of(OutcomeIssue.error(code, words)))
                    .toString();
        }

        private static String problem(int status, String words) {
            return "{\"type\":\"about:blank\",\"status\":" + status + ",\"detail\":\"" + words + "\"}";
        }
    }
}
