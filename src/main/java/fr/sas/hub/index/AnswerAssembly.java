package fr.sas.hub.index;

import fr.sas.hub.index.freshness.SourceFreshness;
import fr.sas.hub.index.freshness.SourceStatus;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.StructureId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Assembles the answer about one subject: the only way to do so, for searches and explanations, for now and the past.
 */
final class AnswerAssembly {

    final AnswerInputs from;
    final PartyDescriptions descriptions;
    final AbsenceFilter absences;
    final Set<Source> fresh = new HashSet<>();
    final List<SourceStatus> statuses;
    private final Map<Source, SourceFreshness> freshnessBySource = new HashMap<>();
    private final List<SourceFreshness> freshnessOfStatuses;

    AnswerAssembly(AnswerInputs from) {
        this.from = from;
        Map<Source, SourceStatus> known = new TreeMap<>();
        from.asked().forEach(source -> known.put(source, new SourceStatus(source, null, null, null)));
        from.statuses().forEach(row -> known.put(row.status().source(), row.status()));
        if (from.subject() instanceof StructureId && !from.commitment().isOfCentre(from.subject())) {
            known.remove(Source.AGENDA);
        }
        known.values()
                .forEach(status -> freshnessBySource.put(
                        status.source(), from.trust().of(status.source(), status.confirmedAt(), from.now())));
        Set<Source> inPart = new HashSet<>();
        from.slots().stream()
                .filter(this::isKnownInPart)
                .map(IndexReader.SlotRow::source)
                .forEach(source -> {
                    inPart.add(source);
                    known.computeIfAbsent(source, silent -> new SourceStatus(silent, null, null, null));
                });
        this.statuses = new ArrayList<>(known.size());
        this.freshnessOfStatuses = new ArrayList<>(known.size());
        for (SourceStatus status : known.values()) {
            SourceFreshness freshness = freshnessOf(status.source());
            if (freshness == SourceFreshness.FRESH) {
                fresh.add(status.source());
            }
            // every source with a slot in the answer must be listed in it
            if (freshness != SourceFreshness.HIDDEN
                    || from.asked().contains(status.source())
                    || inPart.contains(status.source())) {
                statuses.add(status);
                freshnessOfStatuses.add(freshness);
            }
        }
        this.descriptions = PartyDescriptions.of(
                from.subject(),
                from.statuses().stream()
                        .filter(row -> freshnessBySource.get(row.status().source()) != SourceFreshness.SILENT)
                        .toList());
        this.absences = AbsenceFilter.of(from.said(), descriptions.places().values(), from.now());
    }

    /** A source that has never reported anything is hidden. */
    SourceFreshness freshnessOf(Source source) {
        return freshnessBySource.getOrDefault(source, SourceFreshness.HIDDEN);
    }

    boolean isOffered(Source source) {
        SourceFreshness freshness = freshnessOf(source);
        return freshness == SourceFreshness.FRESH || freshness == SourceFreshness.UNVERIFIED;
    }

    /** Whether its source is trusted, or recently reported this slot in an answer of which a part was lost. */
    boolean isOffered(IndexReader.SlotRow row) {
        return isOffered(row.source()) || isKnownInPart(row);
    }

    private boolean isKnownInPart(IndexReader.SlotRow row) {
        if (row.heardInPartAt() == null || freshnessOf(row.source()) != SourceFreshness.HIDDEN) {
            return false;
        }
        SourceFreshness freshness = from.trust().of(row.source(), row.heardInPartAt(), from.now());
        return freshness == SourceFreshness.FRESH || freshness == SourceFreshness.UNVERIFIED;
    }

    /** When time alone changes which slots are offered; null for never. */
    private @Nullable Instant nextChange(List<IndexReader.SlotRow> offered) {
        return Stream.concat(
                        Stream.ofNullable(absences.nextChange()),
                        offered.stream().filter(this::isKnownInPart).flatMap(this::endsOfPart))
                .min(Instant::compareTo)
                .orElse(null);
    }

    /** A source that is no longer asked is listed only as long as it has such a slot. */
    private Stream<Instant> endsOfPart(IndexReader.SlotRow row) {
        Instant hidden = from.trust().hiddenFrom(Objects.requireNonNull(row.heardInPartAt()));
        return from.asked().contains(row.source())
                ? Stream.of(hidden)
                : Stream.of(hidden, row.slot().end());
    }

    /**
     * The sources of slots that are not shown because they have been unconfirmed for too long, by the id under which each
     * would be shown.
     */
    Map<String, Set<Source>> hidden() {
        List<IndexReader.SlotRow> rows = from.slots().stream()
                .filter(row -> freshnessOf(row.source()) == SourceFreshness.HIDDEN
                        && !isKnownInPart(row)
                        && !row.slot().isPastAt(from.now()))
                .toList();
        Map<String, Set<Source>> hidden = new HashMap<>();
        Merge.byId(absences.trim(rows))
                .forEach((id, same) -> hidden.put(
                        id, same.stream().map(IndexReader.SlotRow::source).collect(Collectors.toSet())));
        return hidden;
    }

    Availability availability() {
        List<IndexReader.SlotRow> offered =
                from.slots().stream().filter(this::isOffered).toList();
        return new Availability(
                from.subject(),
                descriptions.party(),
                from.commitment(),
                List.copyOf(statuses),
                freshnessOfStatuses,
                descriptions.places(),
                descriptions.information(from.said()),
                Merge.merge(absences.trim(offered), fresh),
                nextChange(offered));
    }
}
