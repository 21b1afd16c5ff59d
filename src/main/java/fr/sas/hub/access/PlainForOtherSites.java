package fr.sas.hub.access;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Set;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Nothing is compressed for a request that another site's page made a browser send: it could choose a part of the
 * answer, and learn the rest from its length (docs/decisions/0092).
 */
@Component
class PlainForOtherSites implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    /** What a browser says of its own pages, and of an address that its user typed (Fetch Metadata, §2.3). */
    private static final Set<String> OWN = Set.of("same-origin", "none");

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addContextValves(new Valve());
    }

    private static final class Valve extends ValveBase {

        Valve() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            String site = request.getHeader("Sec-Fetch-Site");
            if (site != null && !OWN.contains(site)) {
                request.getCoyoteRequest().getMimeHeaders().removeHeader("Accept-Encoding");
            }
            getNext().invoke(request, response);
        }
    }
}
