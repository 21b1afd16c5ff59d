package fr.sas.hub.access;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import org.apache.catalina.Globals;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Tomcat's RemoteIpValve applies the forwarding headers of trusted proxies ({@code hub.access.trusted-proxies}) but
 * loses the port of {@code X-Forwarded-Host: sas.example:8443}; this class restores it. Forwarding headers from others
 * are ignored (docs/decisions/0035).
 */
@Component
public class ForwardedPorts implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private static final int HIGHEST = 65_535;

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addContextValves(new Valve());
    }

    /** Whether a trusted proxy supplied the request's host. */
    public static boolean isForwarded(ServletRequest request) {
        return Boolean.TRUE.equals(request.getAttribute(ForwardedPorts.class.getName()));
    }

    private static final class Valve extends ValveBase {

        Valve() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            String host = request.getHeader("X-Forwarded-Host");
            if (host != null && Boolean.TRUE.equals(request.getAttribute(Globals.REQUEST_FORWARDED_ATTRIBUTE))) {
                request.setAttribute(ForwardedPorts.class.getName(), Boolean.TRUE);
                int port = port(host);
                if (port > 0 && request.getHeader("X-Forwarded-Port") == null) {
                    request.setServerPort(port);
                }
            }
            getNext().invoke(request, response);
        }

        /** 0 when there is none. */
        private static int port(String host) {
            int colon = host.lastIndexOf(':');
            if (colon <= 0 || colon < host.lastIndexOf(']') || host.length() - colon > 6) {
                return 0;
            }
            int port = 0;
            for (int i = colon + 1; i < host.length(); i++) {
                char digit = host.charAt(i);
                if (digit < '0' || digit > '9') {
                    return 0;
                }
                port = port * 10 + digit - '0';
            }
            return port <= HIGHEST ? port : 0;
        }
    }
}
