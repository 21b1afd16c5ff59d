package fr.sas.hub.index;

import fr.sas.hub.slot.Audience;
import fr.sas.hub.slot.Community;
import fr.sas.hub.slot.ConsultationMode;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Slot;
import fr.sas.hub.slot.Source;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A slot as its source tells it: a quarter of an hour, here, not bookable, until said otherwise. */
record ToldSlot(
        Source source,
        Instant start,
        Instant end,
        String place,
        String reference,
        Set<Audience> audiences,
        Set<ConsultationMode> modes,
        List<String> reasons,
        List<Community> communities,
        @Nullable URI page,
        Instant changedAt) {

    static final Instant TEN = Instant.parse("2026-06-12T10:00:00Z");

    private static final PractitionerId ALICE = new PractitionerId("810001234567");

    ToldSlot(Source source, Instant start, String reference) {
        this(
                source,
                start,
                start.plus(Duration.ofMinutes(15)),
                "here",
                reference,
                Set.of(Audience.PUBLIC),
                Set.of(ConsultationMode.AT_PRACTICE),
                List.of(),
                List.of(),
                null,
                TEN);
    }

    static ToldSlot a(Source source, int minutesAfterTen) {
        return new ToldSlot(source, TEN.plus(Duration.ofMinutes(minutesAfterTen)), "r" + minutesAfterTen);
    }

    static List<IndexReader.SlotRow> rows(ToldSlot... slots) {
        return Stream.of(slots).map(ToldSlot::row).toList();
    }

    ToldSlot lasting(int minutes) {
        return until(start.plus(Duration.ofMinutes(minutes)));
    }

    ToldSlot until(Instant end) {
        return new ToldSlot(
                source, start, end, place, reference, audiences, modes, reasons, communities, page, changedAt);
    }

    ToldSlot at(String place) {
        return new ToldSlot(
                source, start, end, place, reference, audiences, modes, reasons, communities, page, changedAt);
    }

    ToldSlot bookable() {
        URI url = URI.create("https://" + source + ".example/" + reference);
        return new ToldSlot(
                source, start, end, place, reference, audiences, modes, reasons, communities, url, changedAt);
    }

    ToldSlot audience(Audience audience) {
        return new ToldSlot(
                source, start, end, place, reference, Set.of(audience), modes, reasons, communities, page, changedAt);
    }

    ToldSlot mode(ConsultationMode mode) {
        return new ToldSlot(
                source, start, end, place, reference, audiences, Set.of(mode), reasons, communities, page, changedAt);
    }

    ToldSlot reason(String reason) {
        return new ToldSlot(
                source, start, end, place, reference, audiences, modes, List.of(reason), communities, page, changedAt);
    }

    ToldSlot of(Community community) {
        return new ToldSlot(
                source, start, end, place, reference, audiences, modes, reasons, List.of(community), page, changedAt);
    }

    ToldSlot changed(Instant at) {
        return new ToldSlot(source, start, end, place, reference, audiences, modes, reasons, communities, page, at);
    }

    IndexReader.SlotRow row() {
        Slot slot = new Slot(
                ALICE, place, start, end, audiences, modes, reasons, List.of(), null, page, communities, 1, reference);
        return new IndexReader.SlotRow(source, slot, changedAt);
    }
}
