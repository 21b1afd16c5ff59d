package fr.sas.hub.index;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import fr.sas.hub.slot.NamedSubject;
import fr.sas.hub.slot.Offer;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.Subject;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Parties and places as a source last described them: the part of an {@link Offer} stored beside its slots. */
record OfferContent(@Nullable String family, List<String> given, List<PracticeLocation> places) {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            // a node running a newer hub may have written it
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .build();

    OfferContent {
        given = given == null ? List.of() : given;
        places = places == null ? List.of() : places;
    }

    static String write(Offer offer) {
        List<PracticeLocation> inOrder = offer.places().stream()
                .sorted(Comparator.comparing(PracticeLocation::key))
                .toList();
        return new OfferContent(offer.party().family(), offer.party().given(), inOrder).write();
    }

    String write() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An offer can always be serialized", e);
        }
    }

    /** Fills what this omits from what was known before. */
    OfferContent orElse(OfferContent before) {
        Map<String, PracticeLocation> all = new TreeMap<>();
        before.places.forEach(place -> all.put(place.key(), place));
        places.forEach(place -> all.put(place.key(), place));
        return new OfferContent(
                family == null ? before.family : family,
                family == null ? before.given : given,
                List.copyOf(all.values()));
    }

    static OfferContent read(String text) {
        try {
            return JSON.readValue(text, OfferContent.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored offer can always be parsed", e);
        }
    }

    NamedSubject party(Subject subject) {
        return new NamedSubject(subject, family, given);
    }
}
