package fr.sas.hub.bench;

import static fr.sas.hub.testing.FakeVendor.aFakeVendor;

import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.FakeVendor;
import fr.sas.hub.testing.VendorBook;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How long a good vendor's answers take to be indexed, alone and beside one that never answers, in rounds that alternate, so that a noisy machine
 * spoils neither: some fifty deliveries of five practitioners a second.
 */
final class HungVendor {

    static final String GOOD = "bench-good";
    private static final String HUNG = "bench-hung";

    private static final int PRACTITIONERS = 250;
    private static final int ROUNDS = 5;
    /** After a vendor joins or leaves. */
    private static final Duration SETTLING = Duration.ofSeconds(3);

    private static final Duration WATCHED = Duration.ofSeconds(10);
    /** How often the samples are drawn again to learn how sure the ratio is. */
    private static final int REDRAWN = 1_000;

    private final Path connectors;
    private final IndexingTimes times;
    private final VendorBook book;

    /** @param first number of the first practitioner whom no other vendor knows */
    HungVendor(Path connectors, IndexingTimes times, int first) {
        this.connectors = connectors;
        this.times = times;
        this.book = VendorBook.of(IntStream.range(0, PRACTITIONERS)
                .mapToObj(i -> new VendorBook.Doctor(
                        Generator.nationalId(first + i),
                        "NOM" + i,
                        "Camille",
                        List.of("SM54"),
                        List.of(new VendorBook.Office(
                                List.of("175%07d".formatted(i)), "1 rue des Lilas", "75011", "PARIS", ""))))
                .toList());
    }

    void measure() throws InterruptedException {
        List<Double> alone = new ArrayList<>();
        List<Double> beside = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        try (FakeVendor good = aFakeVendor(GOOD, book).start();
                FakeVendor hung = aFakeVendor(HUNG, book).start()) {
            hung.hang();
            connect(good);
            Thread.sleep(WATCHED);
            for (int round = 0; round < ROUNDS; round++) {
                List<Double> without = watched();
                connect(hung);
                List<Double> with = watched();
                Descriptor.of(HUNG).removeFrom(connectors);
                ratios.add(p95(with) / p95(without));
                alone.addAll(without);
                beside.addAll(with);
            }
            Descriptor.of(GOOD).removeFrom(connectors);
            Thread.sleep(SETTLING);
        }
        System.out.printf(
                Locale.ROOT,
                "delivery to index, p95: alone %.1f ms, beside a hung vendor %.1f ms (%d and %d deliveries); ratio %.2f, 9 times of 10 between %s; each round %s%n",
                p95(alone),
                p95(beside),
                alone.size(),
                beside.size(),
                p95(beside) / p95(alone),
                between(alone, beside),
                ratios.stream().map("%.2f"::formatted).collect(Collectors.joining(" ")));
    }

    private List<Double> watched() throws InterruptedException {
        Thread.sleep(SETTLING);
        times.take();
        Thread.sleep(WATCHED);
        return times.take();
    }

    private void connect(FakeVendor vendor) {
        Descriptor.of(vendor.id())
                .at(vendor.baseUrl())
                .roster(book.doctors().keySet().toArray(String[]::new))
                .poll("every: 1s")
                .poll("idleEvery: 1s")
                .poll("practitionersPerCall: 5")
                .poll("maxRequestsPerSecond: 60")
                .dropInto(connectors);
    }

    /** The 5th and the 95th percentile of the ratio, by drawing the same number of samples again. */
    private static String between(List<Double> alone, List<Double> beside) {
        Random dice = new Random(1);
        List<Double> ratios = IntStream.range(0, REDRAWN)
                .mapToObj(i -> p95(redrawn(beside, dice)) / p95(redrawn(alone, dice)))
                .sorted()
                .toList();
        return "%.2f and %.2f".formatted(ratios.get(REDRAWN / 20), ratios.get(REDRAWN - REDRAWN / 20 - 1));
    }

    private static List<Double> redrawn(List<Double> samples, Random dice) {
        return dice.ints(samples.size(), 0, samples.size())
                .mapToObj(samples::get)
                .toList();
    }

    private static double p95(List<Double> samples) {
        return samples.stream()
                .sorted()
                .skip(samples.size() * 95L / 100)
                .findFirst()
                .orElse(Double.NaN);
    }
}
