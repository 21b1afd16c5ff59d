package fr.sas.hub.index;

import fr.sas.hub.participation.Commitment;
import fr.sas.hub.participation.Settings;
import fr.sas.hub.slot.Party;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything known about one subject, merged, under the standings its sources have.
 *
 * @param party null when no source named the subject yet
 * @param commitment how they take part: by settings of their own, or through a health centre
 * @param words one per source that is asked or spoke, by name; without those that nobody asks any more and whose word is
 *     too old to count
 * @param standings of {@code words}, in their order: what {@code slots} was merged with
 * @param places by key, as the best source describes them
 * @param information what a regulator should know of a place, by its key; plain text
 * @param slots by start, without what nobody is available for; past ones may be among them, the reader drops them
 * @param until when time alone changes this: somebody leaves or comes back; null for never
 */
public record Availability(
        Subject subject,
        @Nullable Party party,
        Commitment commitment,
        List<SourceStatus> words,
        List<SourceFreshness> standings,
        Map<String, PracticeLocation> places,
        Map<String, String> information,
        List<MergedSlot> slots,
        @Nullable Instant until) {

    /** Whether a place is told with slots and without a phone. */
    boolean lacksAPhone() {
        return !slots.isEmpty() && places.values().stream().anyMatch(place -> place.phone() == null);
    }

    Availability at(Map<String, PracticeLocation> known) {
        return new Availability(subject, party, commitment, words, standings, known, information, slots, until);
    }

    /** The practitioner's own; the defaults for a structure. */
    public Settings settings() {
        return commitment.settings();
    }

    /** Whether it is a health centre, by the id it is kept under: only then its agenda is shown. */
    public boolean isCentre() {
        return commitment.isOfCentre(subject);
    }

    /** Other subjects whose slots concern whoever asks for this one: the health centre of a salaried doctor. */
    public List<StructureId> centres() {
        return commitment.centres().stream()
                .map(Commitment.AtCentre::centre)
                .filter(centre -> !centre.equals(subject))
                .toList();
    }

    /** A short, stable, URL-safe name for a text. */
    public static String idOf(String text) {
        return Digests.idOf(text);
    }
}
