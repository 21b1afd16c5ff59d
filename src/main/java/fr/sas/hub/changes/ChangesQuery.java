package fr.sas.hub.changes;

import fr.sas.hub.access.interaction.FhirRefusal;
import fr.sas.hub.access.interaction.FhirRequest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * A request for changes.
 *
 * @param since null to ask where to begin
 * @param count maximum number of entries on a page
 * @param waiting how long to wait for changes if there are none yet
 */
record ChangesQuery(@Nullable Position since, int count, Duration waiting) {

    static final String SINCE = "since";
    private static final String COUNT = "_count";
    private static final String WAIT = "wait";
    private static final Set<String> KNOWN = Set.of(SINCE, COUNT, WAIT, "_format", "_pretty");

    static final int USUAL_COUNT = 1_000;
    private static final int MOST = 5_000;

    static ChangesQuery of(FhirRequest request, Duration longestWait) {
        MultiValueMap<String, String> parameters = UriComponentsBuilder.newInstance()
                .query(request.query())
                .build()
                .getQueryParams();
        parameters.keySet().stream()
                .filter(name -> !KNOWN.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new FhirRefusal(
                            400,
                            "not-supported",
                            "Unknown parameter " + name + "; $changes supports since, _count and wait");
                });
        String since = single(parameters, SINCE);
        Duration waiting = Duration.ofSeconds(number(parameters, WAIT, 0, 0));
        return new ChangesQuery(
                since == null ? null : position(since),
                (int) Math.min(MOST, number(parameters, COUNT, USUAL_COUNT, 1)),
                waiting.compareTo(longestWait) > 0 ? longestWait : waiting);
    }

    static Position position(String text) {
        return Position.parse(text)
                .orElseThrow(
                        () -> FhirRefusal.malformed(SINCE, "not a position given by this hub: " + shortened(text)));
    }

    /** The parameters of the next page, apart from the position. */
    String otherParameters() {
        return (count == USUAL_COUNT ? "" : "&" + COUNT + "=" + count)
                + (waiting.isZero() ? "" : "&" + WAIT + "=" + waiting.toSeconds());
    }

    private static long number(MultiValueMap<String, String> parameters, String name, long otherwise, long least) {
        String text = single(parameters, name);
        if (text == null) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw FhirRefusal.malformed(name, "not a number: " + shortened(text));
        }
        throw FhirRefusal.malformed(name, "must be at least " + least + ", not " + text);
    }

    private static @Nullable String single(MultiValueMap<String, String> parameters, String name) {
        List<String> values = parameters.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw FhirRefusal.malformed(name, "may be given only once");
        }
        return values.isEmpty() ? null : values.getFirst();
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
