package fr.sas.hub.push;

import static fr.sas.hub.testing.Transaction.aBatch;
import static fr.sas.hub.testing.Transaction.aTransaction;
import static fr.sas.hub.testing.VendorBundle.aBundle;
import static fr.sas.hub.testing.VendorBundle.aPlace;
import static fr.sas.hub.testing.VendorBundle.aPractitioner;
import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.Transaction;
import fr.sas.hub.testing.VendorPractitioner;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeTry;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestContextManager;

/**
 * Whatever a vendor says of a few slots, by every verb, dated or not, late or twice: the index holds what a vendor expects
 * who reads docs/decisions/0016.
 */
@HubTest
class WordsPropertiesTest {

    private static final String SYSTEM = "https://vendor.example/words";
    private static final int SLOTS = 4;
    private static final int PRACTITIONERS = 3_000;
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Instant FIRST = Instant.now().plus(Duration.ofHours(2)).truncatedTo(ChronoUnit.HOURS);
    private static final Instant YESTERDAY = FIRST.minus(Duration.ofDays(1));

    private static @Nullable Path folder;

    @Value("${hub.connectors}")
    Path connectors;

    @LocalServerPort
    int port;

    private Deliverer vendor = new Deliverer(0, "push-random");
    private String practitioner = "";

    enum Verb {
        PUT,
        PATCH,
        DELETE
    }

    /**
     * @param slot an odd one has no id of the vendor's: it is named by its identifier alone
     * @param named by its identifier, by the others too
     * @param date in seconds; null for no date
     */
    record Word(
            int slot, Verb verb, boolean named, @Nullable Integer date, int quarter, boolean busy) {

        Word dated(int at) {
            return new Word(slot, verb, named, at, quarter, busy);
        }

        boolean isNamed() {
            return named || slot % 2 == 1;
        }
    }

    /** What is believed of one slot. */
    record Belief(boolean there, @Nullable Integer date, int quarter, boolean busy) {

        static final Belief NOTHING = new Belief(false, null, 0, false);

        Belief after(Word word) {
            boolean late = date != null && word.date != null && (there ? word.date < date : word.date <= date);
            if (late || word.verb == Verb.PATCH && !there) {
                return this;
            }
            Integer newest = word.date == null ? date : word.date;
            return switch (word.verb) {
                case PUT -> new Belief(true, newest, word.quarter, word.busy);
                case PATCH -> new Belief(true, newest, quarter, word.busy);
                case DELETE -> new Belief(false, newest, 0, false);
            };
        }
    }

    private static String practitioner(int number) {
        return "8999712%05d".formatted(number % PRACTITIONERS);
    }

    @BeforeTry
    void a_vendor_with_an_agenda_delivers() throws Exception {
        new TestContextManager(getClass()).prepareTestInstance(this);
        vendor = new Deliverer(port, "push-random");
        if (folder == null) {
            folder = connectors;
            Descriptor.of("push-random")
                    .mode("push")
                    .roster(IntStream.range(0, PRACTITIONERS)
                            .mapToObj(WordsPropertiesTest::practitioner)
                            .toArray(String[]::new))
                    .dropInto(connectors);
            vendor.connected();
            await().until(this::mayBeSpokenOf);
        }
        practitioner = practitioner(NUMBER.incrementAndGet());
        vendor.send(aTransaction().putting(aBundle().with(who())));
    }

    /** Once the descriptor's long roster is in force. */
    private boolean mayBeSpokenOf() {
        practitioner = practitioner(0);
        vendor.send(
                aTransaction().putting(aBundle().with(who().slot(aVendorSlot().from(FIRST)))));
        return !vendor.found(practitioner).isEmpty();
    }

    @AfterContainer
    static void it_leaves() {
        if (folder != null) {
            Descriptor.of("push-random").removeFrom(folder);
        }
    }

    @Provide
    Arbitrary<Word> words() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, SLOTS - 1),
                        Arbitraries.frequencyOf(
                                Tuple.of(4, Arbitraries.just(Verb.PUT)),
                                Tuple.of(2, Arbitraries.just(Verb.PATCH)),
                                Tuple.of(2, Arbitraries.just(Verb.DELETE))),
                        Arbitraries.of(false, true),
                        Arbitraries.integers().between(0, 9).injectNull(0.3),
                        Arbitraries.integers().between(0, 1),
                        Arbitraries.of(false, true))
                .as(Word::new);
    }

    @Provide
    Arbitrary<List<Word>> histories() {
        return words().list().ofMinSize(1).ofMaxSize(14);
    }

    /** Moments in the order in which they come, many twice; each has its place in the vendor's own order as its date. */
    @Provide
    Arbitrary<List<List<Word>>> replays() {
        Arbitrary<List<Word>> moment = words().filter(word -> word.verb != Verb.PATCH)
                .list()
                .ofMinSize(1)
                .ofMaxSize(SLOTS)
                .uniqueElements(Word::slot);
        return moment.list().ofMinSize(1).ofMaxSize(8).flatMap(moments -> {
            List<List<Word>> dated = new ArrayList<>();
            for (int i = 0; i < moments.size(); i++) {
                int date = i;
                dated.add(moments.get(i).stream().map(word -> word.dated(date)).toList());
            }
            List<List<Word>> twice = new ArrayList<>(dated);
            twice.addAll(dated.subList(0, dated.size() / 2));
            return Arbitraries.shuffle(twice);
        });
    }

    @Property(tries = 100)
    void words_of_every_kind_end_in_what_the_vendor_meant(@ForAll("histories") List<Word> history) {
        Map<Integer, Belief> believed = new TreeMap<>();
        for (Word word : history) {
            HttpResponse<String> answer = say(word);
            assertThat(answer.statusCode()).as("%s: %s", word, answer.body()).isIn(200, 201, 204, 404, 409, 410);
            believed.merge(word.slot, Belief.NOTHING.after(word), (before, first) -> before.after(word));
        }

        assertThat(vendor.found(practitioner)).isEqualTo(free(believed));
    }

    @Property(tries = 50)
    void moments_shuffled_and_repeated_end_in_the_same_index(@ForAll("replays") List<List<Word>> arriving) {
        arriving.forEach(moment -> vendor.send(batch(moment)));

        Map<Integer, Belief> believed = new TreeMap<>();
        arriving.stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparing(Word::date))
                .forEach(word ->
                        believed.merge(word.slot, Belief.NOTHING.after(word), (before, first) -> before.after(word)));
        assertThat(vendor.found(practitioner)).isEqualTo(free(believed));
    }

    private static List<Instant> free(Map<Integer, Belief> believed) {
        List<Instant> starts = new ArrayList<>();
        believed.forEach((slot, belief) -> {
            if (belief.there && !belief.busy) {
                starts.add(start(slot, belief.quarter));
            }
        });
        return starts;
    }

    private static Instant start(int slot, int quarter) {
        return FIRST.plus(Duration.ofMinutes(60L * slot + 15L * quarter));
    }

    private HttpResponse<String> say(Word word) {
        return switch (word.verb) {
            case PUT -> vendor.send("PUT", "/" + address(word), resource(word).toString());
            case PATCH ->
                vendor.send("PATCH", "/" + address(word), patch(word), "Content-Type", "application/json-patch+json");
            case DELETE ->
                word.date == null
                        ? vendor.send("DELETE", "/" + address(word), null)
                        : vendor.send("POST", "", transaction(List.of(word)).toJson());
        };
    }

    private Transaction transaction(List<Word> moment) {
        return saying(aTransaction(), moment);
    }

    /** Each word for itself: one that comes too late is a conflict, and no reason to lose the others. */
    private Transaction batch(List<Word> moment) {
        return saying(aBatch(), moment);
    }

    private Transaction saying(Transaction transaction, List<Word> moment) {
        for (Word word : moment) {
            if (word.date != null) {
                transaction.saidAt(YESTERDAY.plusSeconds(word.date));
            }
            if (word.verb == Verb.DELETE) {
                transaction.delete(address(word));
            } else {
                transaction.with("PUT", address(word), resource(word));
            }
        }
        return transaction;
    }

    private String address(Word word) {
        return word.isNamed() ? "Slot?identifier=" + SYSTEM + "%7C" + id(word) : "Slot/" + id(word);
    }

    private String id(Word word) {
        return practitioner + "-" + word.slot;
    }

    private VendorPractitioner who() {
        return aPractitioner(practitioner, "NOM", "Dominique")
                .at(aPlace("1750000024").address("4 rue des Tilleuls", "75004", "PARIS"));
    }

    private ObjectNode resource(Word word) {
        ObjectNode slot = (ObjectNode) aBundle()
                .with(who().slot(aVendorSlot().id(id(word)).from(start(word.slot, word.quarter))))
                .toNode()
                .at("/entry/0/resource");
        slot.putArray("identifier").addObject().put("system", SYSTEM).put("value", id(word));
        slot.put("status", word.busy ? "busy" : "free");
        if (word.slot % 2 == 1) {
            slot.remove("id");
        }
        if (word.date != null) {
            slot.withObject("/meta")
                    .put("lastUpdated", YESTERDAY.plusSeconds(word.date).toString());
        }
        return slot;
    }

    private static String patch(Word word) {
        String busy = "{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"" + (word.busy ? "busy" : "free") + "\"}";
        return word.date == null
                ? "[" + busy + "]"
                : "[" + busy + ",{\"op\":\"add\",\"path\":\"/meta/lastUpdated\",\"value\":\""
                        + YESTERDAY.plusSeconds(word.date) + "\"}]";
    }
}
