package fr.sas.hub.bench;

import ca.uhn.fhir.context.FhirContext;
import fr.sas.hub.testing.HubClient;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Slot;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;

/**
 * What one would write without this hub, for comparison: the same answers put together from HAPI's objects, all in memory, and
 * written with HAPI's parser, as HAPI's plain server does it; its own work around that is left out. A {@code PUT} takes the
 * hub's answers for so many practitioners.
 */
class Peer {

    @Bean
    ServletRegistrationBean<HttpServlet> fromObjects() {
        return new ServletRegistrationBean<>(new FromObjects(), "/api/v1/bench/peer");
    }

    private static final class FromObjects extends HttpServlet {

        private final transient FhirContext fhir = FhirContext.forR4Cached();
        private final transient Map<String, List<Bundle.BundleEntryComponent>> byPractitioner =
                new ConcurrentHashMap<>();

        @Override
        protected void doPut(HttpServletRequest request, HttpServletResponse response) {
            HubClient hub = HubClient.at(request.getLocalPort()).as("bench-search");
            Instant from = Instant.parse(request.getParameter("from"));
            Instant to = Instant.parse(request.getParameter("to"));
            IntStream.range(0, Integer.parseInt(request.getParameter("practitioners")))
                    .mapToObj(Generator::nationalId)
                    .forEach(id -> {
                        String answer = hub.get(HubClient.slotsOf(from, to, id)).body();
                        Bundle bundle = fhir.newJsonParser().parseResource(Bundle.class, answer);
                        byPractitioner.put(id, List.copyOf(bundle.getEntry()));
                    });
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            Bundle found = new Bundle().setType(Bundle.BundleType.SEARCHSET);
            for (String id : request.getParameter("identifier").split(",", -1)) {
                byPractitioner.getOrDefault(id, List.of()).forEach(found::addEntry);
            }
            found.setTotal((int) found.getEntry().stream()
                    .filter(entry -> entry.getResource() instanceof Slot)
                    .count());
            response.setContentType("application/fhir+json;charset=UTF-8");
            response.getOutputStream()
                    .write(fhir.newJsonParser().encodeResourceToString(found).getBytes(StandardCharsets.UTF_8));
        }
    }
}
