package fr.sas.hub.testing;

import com.github.tomakehurst.wiremock.http.Request;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One question as a fake vendor heard it.
 *
 * @param asked identifiers without their system, prefix as the hub wrote it
 * @param self the address asked, for the answer's link
 */
public record VendorQuestion(Instant at, Flow flow, List<String> asked, Instant from, Instant to, String self) {

    public enum Flow {
        INDIVIDUAL,
        CPTS,
        SOS
    }

    /** The question lacks something that the guide demands. */
    static final class Incomplete extends RuntimeException {
        Incomplete(String parameter) {
            super("Parameter missing or unreadable: " + parameter);
        }
    }

    static VendorQuestion of(Request request, Instant at) {
        boolean sos = request.getUrl().startsWith("/Schedule");
        Flow flow = sos
                ? Flow.SOS
                : values(request, "_include").contains("Slot:service-type-reference") ? Flow.CPTS : Flow.INDIVIDUAL;
        String start = sos ? "_has:Slot:schedule:start" : "start";
        require(request, sos ? "_has:Slot:schedule:status" : "status");
        return new VendorQuestion(
                at,
                flow,
                identifiers(
                        request,
                        sos ? "actor:Location.organization.identifier" : "schedule.actor:Practitioner.identifier"),
                bound(request, start, "ge"),
                bound(request, start, "le"),
                request.getAbsoluteUrl());
    }

    private static List<String> identifiers(Request request, String parameter) {
        return require(request, parameter).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(token -> token.substring(token.indexOf('|') + 1))
                .toList();
    }

    private static Instant bound(Request request, String parameter, String prefix) {
        return require(request, parameter).stream()
                .filter(value -> value.startsWith(prefix))
                .findFirst()
                .map(value ->
                        OffsetDateTime.parse(value.substring(prefix.length())).toInstant())
                .orElseThrow(() -> new Incomplete(parameter + "=" + prefix + "…"));
    }

    private static List<String> require(Request request, String parameter) {
        List<String> values = values(request, parameter);
        if (values.isEmpty()) {
            throw new Incomplete(parameter);
        }
        return values;
    }

    private static List<String> values(Request request, String parameter) {
        var found = request.queryParameter(parameter);
        return found.isPresent() ? found.values() : List.of();
    }

    /** One line of a vendor's log. */
    @Override
    public String toString() {
        return at + " " + flow + " " + asked.stream().sorted().collect(Collectors.joining(" "));
    }
}
