package fr.sas.hub.search;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.sas.hub.index.freshness.SourceStatus;
import fr.sas.hub.slot.Subject;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * The slots of the subjects that gzip answers contain most often, kept deflated, so that such an answer copies them
 * (docs/decisions/0100). A run belongs to the packed bytes it was made from, and goes with them; if a run is missing, the
 * slots are written one by one and the run is made a little later, in a small share of the time.
 */
@Component
class DeflatedRuns {

    private static final int WAITING = 1024;
    private static final int OVERHEAD = 160;
    /** Of a tenth of a second. */
    private static final Duration WORK = Duration.ofMillis(15);

    private final Cache<byte[], Run> runs;
    private final ArrayBlockingQueue<WantedRun> wanted = new ArrayBlockingQueue<>(WAITING);

    @Autowired
    DeflatedRuns(SearchSettings settings) {
        this(settings.deflatedMemory());
    }

    DeflatedRuns(DataSize most) {
        this.runs = Caffeine.newBuilder()
                .weakKeys()
                .maximumWeight(most.toBytes())
                .weigher((byte[] packed, Run run) -> OVERHEAD + run.deflated.length)
                .build();
    }

    /**
     * Consecutive slots of one subject.
     *
     * @param between the bytes between two entries
     * @param deflated refers to nothing before itself, and ends on a byte boundary
     * @param length of the plain bytes
     * @param shift {@link Crc#shift} of the length
     */
    record Run(int first, int last, byte[] between, byte[] deflated, int length, int crc, int shift) {

        private boolean is(int from, int to, byte[] separator) {
            return first == from && last == to && Arrays.equals(between, separator);
        }
    }

    /** @param packed the subject's, which is opened anew: an opened one belongs to its answer */
    private record WantedRun(Subject subject, byte[] packed, int first, int last, byte[] between) {

        ShelvedSubject open() {
            return new ShelvedSubject(subject, packed, new SourceStatus[0], List.of());
        }
    }

    /** @return null if it is not ready: then it will be, unless much else is wanted */
    @Nullable
    Run find(ShelvedSubject subject, int first, int last, byte[] between) {
        Run run = runs.getIfPresent(subject.packed());
        if (run != null && run.is(first, last, between)) {
            return run;
        }
        wanted.offer(new WantedRun(subject.subject, subject.packed(), first, last, between));
        return null;
    }

    @Scheduled(fixedDelay = 100)
    void makeWhatIsWanted() {
        long until = System.nanoTime() + WORK.toNanos();
        for (WantedRun next = wanted.poll(); next != null; next = wanted.poll()) {
            make(next);
            if (System.nanoTime() - until > 0) {
                return;
            }
        }
    }

    private void make(WantedRun next) {
        Run known = runs.getIfPresent(next.packed);
        if (known == null || !known.is(next.first, next.last, next.between)) {
            runs.put(next.packed, made(next));
        }
    }

    private static Run made(WantedRun next) {
        ShelvedSubject subject = next.open();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int slot = next.first; slot <= next.last; slot++) {
            if (slot > next.first) {
                all.writeBytes(next.between);
            }
            all.writeBytes(subject.unpackedSlot(slot));
        }
        byte[] plain = all.toByteArray();
        CRC32 crc = new CRC32();
        crc.update(plain);
        return new Run(
                next.first,
                next.last,
                next.between,
                DeflateBlocks.of(plain, Deflater.FULL_FLUSH),
                plain.length,
                (int) crc.getValue(),
                Crc.shift(plain.length));
    }
}
