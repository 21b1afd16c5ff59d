package fr.sas.hub.index;

import fr.sas.hub.agenda.place.Absence;
import fr.sas.hub.agenda.place.PlaceNotice;
import fr.sas.hub.index.freshness.SourceFreshnessPolicy;
import fr.sas.hub.index.freshness.SourceStatus;
import fr.sas.hub.participation.Commitment;
import fr.sas.hub.slot.Offer;
import fr.sas.hub.slot.Slot;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A subject and what sources have reported about it: the answer of any instant is assembled from it as from the index. */
public final class HeardSubject {

    private final Subject subject;
    private final Commitment commitment;
    private final Map<Source, IndexReader.SourceStatusRow> words = new TreeMap<>();
    private final Set<Source> asked = new HashSet<>();
    private final List<IndexReader.SlotRow> slots = new ArrayList<>();
    private final List<PlaceNotice> notices = new ArrayList<>();

    public HeardSubject(Subject subject, Commitment commitment) {
        this.subject = subject;
        this.commitment = commitment;
    }

    public Subject subject() {
        return subject;
    }

    public Commitment commitment() {
        return commitment;
    }

    /** @param isAsked whether the source is still polled for this subject */
    public void hear(SourceStatus status, Offer offer, boolean isAsked) {
        OfferContent content =
                new OfferContent(offer.party().family(), offer.party().given(), offer.places());
        words.put(status.source(), new IndexReader.SourceStatusRow(status, content));
        if (isAsked) {
            asked.add(status.source());
        }
    }

    /** @param heardInPartAt when a partial answer last contained it; null if none did */
    public void offer(Source source, Slot slot, @Nullable Instant heardInPartAt) {
        slots.add(new IndexReader.SlotRow(source, slot, slot.start().minusSeconds(3_600), heardInPartAt));
        slots.sort(Comparator.comparing((IndexReader.SlotRow row) -> row.slot().start())
                .thenComparing(row -> row.slot().end())
                .thenComparing(row -> row.slot().place())
                .thenComparing(IndexReader.SlotRow::source)
                .thenComparing(row -> row.slot().reference()));
    }

    public void note(PlaceNotice notice) {
        notices.add(notice);
    }

    public void confirm(Source source, Instant at) {
        words.computeIfPresent(
                source,
                (same, row) -> new IndexReader.SourceStatusRow(row.status().confirmed(at), row.offer()));
    }

    public Set<Source> sources() {
        return words.keySet();
    }

    /** As a search finds it then. */
    public Availability at(Instant now, SourceFreshnessPolicy freshness) {
        return new AnswerAssembly(new AnswerInputs(
                        subject,
                        commitment,
                        List.copyOf(words.values()),
                        asked,
                        slots.stream()
                                .filter(row -> row.slot().end().isAfter(now))
                                .toList(),
                        notices,
                        freshness,
                        now))
                .availability();
    }

    /** When time alone may change what is found. */
    public Set<Instant> turningPoints() {
        Set<Instant> points = new TreeSet<>();
        words.values().forEach(row -> addAgeing(points, row.status().confirmedAt()));
        slots.forEach(row -> {
            points.add(row.slot().end());
            addAgeing(points, row.heardInPartAt());
        });
        notices.stream().flatMap(notice -> notice.absences().stream()).forEach((Absence absence) -> {
            points.add(absence.from());
            points.add(Objects.requireNonNullElse(absence.until(), absence.from()));
        });
        return points;
    }

    private static void addAgeing(Set<Instant> points, @Nullable Instant heardAt) {
        if (heardAt != null) {
            points.add(heardAt.plus(DeclaredVendors.UNVERIFIED_AFTER));
            points.add(heardAt.plus(DeclaredVendors.HIDDEN_AFTER));
        }
    }
}
