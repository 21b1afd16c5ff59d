package fr.sas.hub.search;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.sas.hub.directory.PlaceZones;
import fr.sas.hub.fhir.FhirInstants;
import fr.sas.hub.fhir.OutcomeIssue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A searchset Bundle assembled from prepared entries by copying their bytes. */
final class BundleBytes {

    private static final Cache<String, Prefixes> PREFIXES =
            Caffeine.newBuilder().maximumSize(64).build();

    /** The bytes that precede each entry, for one base URL. */
    private record Prefixes(CompressedPiece first, CompressedPiece next) {
        static Prefixes of(String base) {
            String text = "{\"fullUrl\":\"" + escape(base) + "/";
            return new Prefixes(
                    new CompressedPiece(text.getBytes(StandardCharsets.UTF_8)),
                    new CompressedPiece(("," + text).getBytes(StandardCharsets.UTF_8)));
        }
    }

    private final Prefixes prefixes;
    private final AnswerBytes out;
    private boolean any;
    /** The position in the answer of the last prefix; negative if there is none. */
    private int lastPrefix = -1;
    /** The position at which the text of the last entry begins. */
    private int lastEntry;

    BundleBytes(String base, AnswerBytes out) {
        this.prefixes = PREFIXES.get(base, Prefixes::of);
        this.out = out;
    }

    /**
     * @param profile of the Bundle; null for none
     * @param next URL of the next page; null if there is none
     */
    void begin(Instant now, @Nullable String profile, int total, String self, @Nullable String next) {
        StringBuilder head = new StringBuilder(1024)
                .append("{\"resourceType\":\"Bundle\",\"id\":\"")
                .append(UUID.randomUUID())
                .append("\",\"meta\":{\"lastUpdated\":\"")
                .append(FhirInstants.write(now, PlaceZones.MAINLAND))
                .append(profile == null ? "\"" : "\",\"profile\":[\"" + profile + "\"]")
                .append("},\"type\":\"searchset\",\"total\":")
                .append(total)
                .append(",\"link\":[{\"relation\":\"self\",\"url\":\"")
                .append(escape(self))
                .append("\"}");
        if (next != null) {
            head.append(",{\"relation\":\"next\",\"url\":\"")
                    .append(escape(next))
                    .append("\"}");
        }
        out.put(head.append(']').toString().getBytes(StandardCharsets.UTF_8));
    }

    void put(BundleEntry entry) {
        prefix();
        out.put(entry.piece());
    }

    /** Writes a packed entry; one that refers to another must follow it. */
    void put(ShelvedSubject subject, ShelvedSubject.Text entry) {
        int previous = lastEntry;
        prefix();
        write(subject, entry, previous);
    }

    /**
     * Writes slots of one subject. Where the one before a slot is left out, the text that the slot refers to is missing.
     *
     * @param slots their numbers, rising; never empty
     */
    void putSlots(ShelvedSubject subject, int[] slots) {
        int first = slots[0];
        int last = slots[slots.length - 1];
        prefix();
        if (last - first == slots.length - 1 && out.putReady(subject, first, last, prefixes.next().plain)) {
            lastPrefix = -1;
            return;
        }
        int previous = lastEntry;
        for (int i = 0; i < slots.length; i++) {
            int slot = slots[i];
            if (i > 0) {
                previous = lastEntry;
                prefix();
            }
            if (slot == 0 || i > 0 && slots[i - 1] == slot - 1) {
                write(subject, subject.slot(slot), previous);
            } else {
                out.putAlone(subject.unpackedSlot(slot));
            }
        }
    }

    /** Writes a packed entry with bytes specific to this answer in the middle. */
    void put(ShelvedSubject subject, ShelvedSubject.Text before, byte[] middle, ShelvedSubject.Text after) {
        prefix();
        write(subject, before, 0);
        out.put(middle);
        write(subject, after, 0);
    }

    private void write(ShelvedSubject subject, ShelvedSubject.Text text, int previous) {
        PackedTexts.write(subject.packed(), text.from(), text.to(), out, previous);
    }

    private void prefix() {
        open();
        if (lastPrefix >= 0) {
            int at = out.position();
            out.repeat(lastPrefix, prefixes.next().plain.length);
            lastPrefix = at;
        } else if (any) {
            lastPrefix = out.position();
            out.put(prefixes.next().plain);
        } else {
            out.put(prefixes.first().plain);
        }
        any = true;
        lastEntry = out.position();
    }

    /** Writes nothing if there are no issues. */
    void putOutcome(List<OutcomeIssue> issues) {
        if (issues.isEmpty()) {
            return;
        }
        byte[] outcome = OutcomeIssue.bytes(issues);
        open();
        text((any ? "," : "") + "{\"fullUrl\":\"urn:uuid:" + UUID.nameUUIDFromBytes(outcome) + "\",\"resource\":");
        out.put(outcome);
        text(",\"search\":{\"mode\":\"outcome\"}}");
        any = true;
    }

    void end() {
        text(any ? "]}" : "}");
        out.end();
    }

    private void open() {
        if (!any) {
            text(",\"entry\":[");
        }
    }

    private void text(String text) {
        out.put(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String escape(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
    }
}
