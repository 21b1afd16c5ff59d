package fr.sas.hub.search;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** Closes a request's connection in the middle of its answer: the servlet API cannot do this, Tomcat can. */
@Component
class ClosingConnections implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private static final String CLOSING = ClosingConnections.class.getName();

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addContextValves(new Valve());
    }

    /** Null if the server is not Tomcat. For an asynchronous request, valid only until the request completes. */
    static @Nullable Runnable of(ServletRequest request) {
        return request.getAttribute(CLOSING) instanceof Runnable closing ? closing : null;
    }

    private static final class Valve extends ValveBase {

        Valve() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            request.setAttribute(CLOSING, (Runnable) () -> response.getCoyoteResponse()
                    .action(ActionCode.CLOSE_NOW, new IOException("The client does not read the answer")));
            getNext().invoke(request, response);
        }
    }
}
