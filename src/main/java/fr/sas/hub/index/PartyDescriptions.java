package fr.sas.hub.index;

import fr.sas.hub.agenda.place.PlaceNotice;
import fr.sas.hub.directory.DirectoryPlace;
import fr.sas.hub.slot.NamedSubject;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.Subject;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Parties and places: vendors' descriptions first, by name, the agenda's last; each may fill what earlier ones omit.
 */
record PartyDescriptions(@Nullable NamedSubject party, Map<String, PracticeLocation> places) {

    static PartyDescriptions of(Subject subject, List<IndexReader.SourceStatusRow> rows) {
        List<IndexReader.SourceStatusRow> inOrder = rows.stream()
                .filter(row -> row.offer() != null)
                .sorted(Comparator.comparing((IndexReader.SourceStatusRow row) ->
                                row.status().source().isAgenda())
                        .thenComparing(row -> row.status().source()))
                .toList();
        NamedSubject party = null;
        Map<String, PracticeLocation> places = new LinkedHashMap<>();
        for (IndexReader.SourceStatusRow row : inOrder) {
            OfferContent offer = row.offer();
            if (offer == null) {
                continue;
            }
            if (party == null || party.family() == null) {
                party = offer.party(subject);
            }
            for (PracticeLocation place : offer.places()) {
                places.merge(place.key(), place, PartyDescriptions::filled);
            }
        }
        return new PartyDescriptions(party, places);
    }

    /**
     * Adds what the directory knows: parties that no source named, places that no source reported, and details that
     * sources omitted.
     */
    PartyDescriptions and(@Nullable NamedSubject known, List<DirectoryPlace> registered) {
        Map<String, PracticeLocation> all = filledIn(places, registered);
        for (DirectoryPlace place : registered) {
            if (places.values().stream().noneMatch(place::isMeantBy)) {
                all.putIfAbsent(place.id(), place.shown());
            }
        }
        return new PartyDescriptions(party == null || party.family() == null && known != null ? known : party, all);
    }

    /** The same places, with omitted details filled in from the directory. */
    static Map<String, PracticeLocation> filledIn(
            Map<String, PracticeLocation> places, List<DirectoryPlace> registered) {
        Map<String, PracticeLocation> all = new LinkedHashMap<>(places);
        for (DirectoryPlace place : registered) {
            all.replaceAll((key, told) -> place.isMeantBy(told) ? filled(told, place.shown()) : told);
        }
        return all;
    }

    Map<String, String> information(List<PlaceNotice> said) {
        Map<String, String> information = new HashMap<>();
        for (PlaceNotice notice : said) {
            String text = notice.information();
            for (PracticeLocation place : text == null ? List.<PracticeLocation>of() : places.values()) {
                if (notice.isAbout(place)) {
                    information.put(place.key(), Objects.requireNonNull(text));
                }
            }
        }
        return information;
    }

    private static PracticeLocation filled(PracticeLocation first, PracticeLocation second) {
        if (first.phone() != null && first.structure() != null && first.line() != null) {
            return first;
        }
        return new PracticeLocation(
                first.key(),
                first.structure() == null ? second.structure() : first.structure(),
                first.name() == null ? second.name() : first.name(),
                first.localId() == null ? second.localId() : first.localId(),
                first.line() == null ? second.line() : first.line(),
                first.postalCode() == null ? second.postalCode() : first.postalCode(),
                first.city() == null ? second.city() : first.city(),
                first.phone() == null ? second.phone() : first.phone(),
                first.zone(),
                first.hours().isEmpty() ? second.hours() : first.hours());
    }
}
