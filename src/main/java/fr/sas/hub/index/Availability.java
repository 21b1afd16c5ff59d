package fr.sas.hub.index;

import fr.sas.hub.index.freshness.SourceFreshness;
import fr.sas.hub.index.freshness.SourceStatus;
import fr.sas.hub.participation.Commitment;
import fr.sas.hub.participation.Settings;
import fr.sas.hub.slot.NamedSubject;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything known about one subject, merged according to the freshness of its sources.
 *
 * @param party null if no source has named the subject yet
 * @param commitment how they participate: by their own settings or through a health centre
 * @param statuses one per source that is asked or has reported, by name; without those no longer asked whose data is
 *     too old to count
 * @param freshness freshness of {@code words}, in the same order: what {@code slots} was merged with
 * @param places by key, as the best source describes them
 * @param information what a regulator should know about a place, by its key; plain text
 * @param slots by start, without those removed by absences; may contain past ones, which the reader drops
 * @param until when time alone changes this because an absence begins or ends; null for never
 */
public record Availability(
        Subject subject,
        @Nullable NamedSubject party,
        Commitment commitment,
        List<SourceStatus> statuses,
        List<SourceFreshness> freshness,
        Map<String, PracticeLocation> places,
        Map<String, String> information,
        List<MergedSlot> slots,
        @Nullable Instant until) {

    /** Whether a place with slots has no phone. */
    boolean lacksAPhone() {
        return !slots.isEmpty() && places.values().stream().anyMatch(place -> place.phone() == null);
    }

    Availability at(Map<String, PracticeLocation> known) {
        return new Availability(subject, party, commitment, statuses, freshness, known, information, slots, until);
    }

    /** The practitioner's own; the defaults for a structure. */
    public Settings settings() {
        return commitment.settings();
    }

    /** Whether it is stored under the id of a health centre: only then is its agenda shown. */
    public boolean isCentre() {
        return commitment.isOfCentre(subject);
    }

    /** Other subjects whose slots a search for this one also returns: the health centre of a salaried doctor. */
    public List<StructureId> centres() {
        return commitment.centres().stream()
                .map(Commitment.AtCentre::centre)
                .filter(centre -> !centre.equals(subject))
                .toList();
    }

    /** A short, stable, URL-safe name derived from a text. */
    public static String idOf(String text) {
        return ContentDigests.idOf(text);
    }
}
