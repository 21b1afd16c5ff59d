package fr.sas.hub.bench;

import fr.sas.hub.index.news.IndexChanged;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;

/** The yardstick: the same server, the same doors, sending an array it was given; gzipped on the way when asked. */
class ReadyArray {

    @Bean
    ServletRegistrationBean<HttpServlet> readyArraySender() {
        return new ServletRegistrationBean<>(new Sender(), "/api/v1/bench/ready");
    }

    /** A {@code PUT} makes the node forget everything that it holds in memory, as when it lost the connection it hears others by. */
    @Bean
    ServletRegistrationBean<HttpServlet> readyArrayForgetting(ApplicationEventPublisher events) {
        return new ServletRegistrationBean<>(
                new HttpServlet() {
                    @Override
                    protected void doPut(HttpServletRequest request, HttpServletResponse response) {
                        events.publishEvent(new IndexChanged.Everything());
                    }
                },
                "/api/v1/bench/forget");
    }

    private static final class Sender extends HttpServlet {

        private transient byte[] ready = new byte[0];

        @Override
        protected void doPut(HttpServletRequest request, HttpServletResponse response) throws IOException {
            ready = request.getInputStream().readAllBytes();
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("application/fhir+json;charset=UTF-8");
            String encoding = request.getHeader("Accept-Encoding");
            if (encoding != null && encoding.contains("gzip")) {
                response.setHeader("Content-Encoding", "gzip");
                try (OutputStream out = new GZIPOutputStream(response.getOutputStream())) {
                    out.write(ready);
                }
            } else {
                response.setContentLength(ready.length);
                response.getOutputStream().write(ready);
            }
        }
    }
}
