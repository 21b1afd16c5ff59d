package fr.sas.hub.access;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.MappingMatch;
import java.io.IOException;
import java.io.Writer;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;

/**
 * Requests refused by the server itself before any room sees them (an unreadable address, an oversized header), and
 * errors that no room handled: an OperationOutcome below {@code /fhir}, a problem below {@code /api}, never one of
 * Tomcat's pages.
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
            refusals.write(address, of, to, status(status), code(status), words(status));
        });
        filter.setDispatcherTypes(DispatcherType.ERROR);
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
    private static Wording words(int status) {
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
            String address = request.getRequestURI();
            boolean fhir = address == null || address.isEmpty() || address.startsWith("/fhir");
            String words = words(status).english();
            try {
                response.setContentType(fhir ? "application/fhir+json" : "application/problem+json");
                response.setCharacterEncoding("utf-8");
                Writer out = response.getReporter();
                if (out != null) {
                    out.write(fhir ? outcome(code(status), words) : problem(status, words));
                    response.finishResponse();
                }
            } catch (IOException | IllegalStateException e) {
                // the client has disconnected
            }
        }

        private static String outcome(String code, String words) {
            return "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"code\":\"" + code
                    + "\",\"diagnostics\":\"" + words + "\"}]}";
        }

        private static String problem(int status, String words) {
            return "{\"type\":\"about:blank\",\"status\":" + status + ",\"detail\":\"" + words + "\"}";
        }
    }
}
