package fr.sas.hub.index;

import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.StructureId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Puts an answer about one subject together: the one way, for searches as for explanations, for now as for the past. */
final class Assembly {

    final Ingredients from;
    final Descriptions descriptions;
    final Absences absences;
    final Set<Source> fresh = new HashSet<>();
    final List<SourceWord> words;
    private final Map<Source, Standing> standings = new HashMap<>();
    private final List<Standing> standingOfWords;

    Assembly(Ingredients from) {
        this.from = from;
        Map<Source, SourceWord> known = new TreeMap<>();
        from.asked().forEach(source -> known.put(source, new SourceWord(source, null, null, null)));
        from.words().forEach(row -> known.put(row.word().source(), row.word()));
        if (from.subject() instanceof StructureId && !from.commitment().isOfCentre(from.subject())) {
            known.remove(Source.AGENDA);
        }
        this.words = new ArrayList<>(known.size());
        this.standingOfWords = new ArrayList<>(known.size());
        for (SourceWord word : known.values()) {
            Standing standing = from.trust().of(word.source(), word.confirmedAt(), from.now());
            standings.put(word.source(), standing);
            if (standing == Standing.FRESH) {
                fresh.add(word.source());
            }
            if (standing != Standing.HIDDEN || from.asked().contains(word.source())) {
                words.add(word);
                standingOfWords.add(standing);
            }
        }
        this.descriptions = Descriptions.of(
                from.subject(),
                from.words().stream()
                        .filter(row -> standings.get(row.word().source()) != Standing.SILENT)
                        .toList());
        this.absences = Absences.of(from.said(), descriptions.places().values(), from.now());
    }

    /** Of a source that never said a word: hidden. */
    Standing standingOf(Source source) {
        return standings.getOrDefault(source, Standing.HIDDEN);
    }

    boolean isOffered(Source source) {
        Standing standing = standingOf(source);
        return standing == Standing.FRESH || standing == Standing.UNVERIFIED;
    }

    /** Who offers what is not shown because it was not confirmed for too long, by the ids under which it would be shown. */
    Map<String, Set<Source>> hidden() {
        List<IndexReader.SlotRow> rows = from.slots().stream()
                .filter(row -> standingOf(row.source()) == Standing.HIDDEN
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
                from.slots().stream().filter(row -> isOffered(row.source())).toList();
        return new Availability(
                from.subject(),
                descriptions.party(),
                from.commitment(),
                List.copyOf(words),
                standingOfWords,
                descriptions.places(),
                descriptions.information(from.said()),
                Merge.merge(absences.trim(offered), fresh),
                absences.nextChange());
    }
}
