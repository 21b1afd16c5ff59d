package fr.sas.hub.asking;

import com.github.f4b6a3.uuid.UuidCreator;
import fr.sas.hub.delivery.Deliveries;
import fr.sas.hub.delivery.Delivery;
import fr.sas.hub.line.AnswerOutcomes;
import fr.sas.hub.line.GuideSearches;
import fr.sas.hub.line.GuideSearches.Question;
import fr.sas.hub.line.VendorClients;
import fr.sas.hub.line.VendorHttp;
import fr.sas.hub.line.VendorLine;
import fr.sas.hub.line.VendorLines;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.SlotBatch;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.slot.Window;
import fr.sas.hub.vendor.ConnectorSettings;
import fr.sas.hub.vendor.Flow;
import fr.sas.hub.vendor.VendorDescriptor;
import fr.sas.hub.vendor.Vendors;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The steps of the route {@code fetch-slots-from-a-vendor}: claim a question, ask it, release the claim. */
@Component
public class VendorPolling {

    /** How often a vendor without due subjects is checked, unless woken earlier. */
    private static final Duration IDLE_LOOK = Duration.ofSeconds(1);

    /** A few chosen buckets rather than hundreds: each vendor and outcome has a histogram; 7 s is the guide's limit. */
    private static final Duration[] LATENCIES = Stream.of(10, 50, 100, 250, 500, 1000, 2000, 3000, 5000, 7000, 15_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final Vendors vendors;
    private final VendorLines lines;
    private final VendorClients clients;
    private final PollTargets targets;
    private final Deliveries deliveries;
    private final PollSignal pollSignal;
    private final DeliveryTracker deliveryTracker;
    private final MeterRegistry meters;
    private final ConnectorSettings settings;
    private final Clock clock;
    private final Map<Source, IdleSince> idle = new ConcurrentHashMap<>();

    VendorPolling(
            Vendors vendors,
            VendorLines lines,
            VendorClients clients,
            PollTargets targets,
            Deliveries deliveries,
            PollSignal pollSignal,
            DeliveryTracker deliveryTracker,
            MeterRegistry meters,
            ConnectorSettings settings,
            Clock clock) {
        this.vendors = vendors;
        this.lines = lines;
        this.clients = clients;
        this.targets = targets;
        this.deliveries = deliveries;
        this.pollSignal = pollSignal;
        this.deliveryTracker = deliveryTracker;
        this.meters = meters;
        this.settings = settings;
        this.clock = clock;
    }

    /** When a check found nothing due, and the wake-up count at that time. */
    private record IdleSince(Instant since, long calls) {}

    /** The next question for a vendor; null if nothing is due or the vendor must not be asked now. */
    public @Nullable Question claim(String vendor) {
        Source source = new Source(vendor);
        VendorLine line = lines.find(source).orElse(null);
        Instant now = clock.instant();
        long calls = pollSignal.calls();
        IdleSince before = idle.get(source);
        if (line == null
                || (before != null && before.calls == calls && now.isBefore(before.since.plus(IDLE_LOOK)))
                || !line.isTurnSoon()
                || !line.acquire()) {
            return null;
        }
        try {
            Question question = claim(line.descriptor(), now);
            vendors.looked(source, false);
            if (question != null) {
                idle.remove(source);
                return question;
            }
        } catch (RuntimeException e) {
            vendors.looked(source, true);
            line.release();
            throw e;
        }
        idle.put(source, new IdleSince(now, calls));
        line.release();
        return null;
    }

    private @Nullable Question claim(VendorDescriptor descriptor, Instant now) {
        VendorDescriptor.Poll poll = descriptor.poll();
        Instant until = now.plus(poll.timeout()).plus(settings.claimMargin());
        Window window = new Window(now, now.plus(poll.horizon()));
        if (descriptor.serves(Flow.INDIVIDUAL) || descriptor.serves(Flow.CPTS)) {
            Set<Subject> practitioners =
                    targets.claim(descriptor.source(), true, poll.practitionersPerCall(), now, until);
            if (!practitioners.isEmpty()) {
                Flow flow = descriptor.serves(Flow.CPTS) ? Flow.CPTS : Flow.INDIVIDUAL;
                return new Question(descriptor.source(), flow, practitioners, window, now);
            }
        }
        if (descriptor.serves(Flow.SOS)) {
            Set<Subject> associations =
                    targets.claim(descriptor.source(), false, poll.associationsPerCall(), now, until);
            if (!associations.isEmpty()) {
                return new Question(descriptor.source(), Flow.SOS, associations, window, now);
            }
        }
        return null;
    }

    /** Asks, and stores the answer as received before anything reads it. */
    public Delivery ask(@Body Question question, Exchange exchange) {
        UUID id = UuidCreator.getTimeOrderedEpoch(question.at());
        deliveryTracker.begin(exchange, id, question.source(), question.at());
        Instant began = clock.instant();
        VendorLine line = lines.find(question.source())
                .orElseThrow(() -> new IllegalStateException(question.source() + " left in the meantime"));
        VendorDescriptor descriptor = line.descriptor();
        VendorHttp.VendorAnswer asked = new VendorHttp.VendorAnswer(
                new Answer.Failed(new Answer.Trouble(Answer.Kind.HUB_FAILED, "the hub could not ask")),
                java.util.List.of(),
                null);
        Duration took = Duration.ZERO;
        try {
            asked = clients.to(line)
                    .ask(
                            GuideSearches.address(descriptor.baseUrl(), question),
                            descriptor.poll().timeout());
        } finally {
            took = Duration.between(began, clock.instant());
            line.complete(asked.answer(), asked.retryAfter(), took, id);
        }
        Delivery delivery = new Delivery(
                id,
                question.source(),
                question.flow(),
                question.asked(),
                question.window(),
                question.at(),
                took,
                asked.answer(),
                asked.pages(),
                descriptor.quirks(),
                !descriptor.shown());
        Timer.builder("hub.vendor.requests")
                .description("Questions to vendors, all pages of one answer together")
                .tag("vendor", question.source().name())
                .tag("outcome", AnswerOutcomes.of(asked.answer()))
                .serviceLevelObjectives(LATENCIES)
                .register(meters)
                .record(took);
        deliveries.save(delivery);
        return delivery;
    }

    /** What the index records of an answer that the hub could not process: it arrived, and the fault is ours. */
    public SlotBatch notTaken(Delivery delivery) {
        return new SlotBatch(
                delivery.source(),
                delivery.trial() ? Set.of() : delivery.asked(),
                delivery.window(),
                delivery.fetchedAt(),
                new Answer.Failed(new Answer.Trouble(Answer.Kind.HUB_FAILED, "its answer could not be processed")),
                Map.of(),
                delivery.id());
    }

    /** The delivery is indexed: its subjects become due again as the descriptor specifies. */
    public void release(Delivery delivery) {
        Timer.builder("hub.delivery.indexing")
                .description("From receiving a vendor's answer to its slots being indexed")
                .tag("vendor", delivery.source().name())
                .serviceLevelObjectives(LATENCIES)
                .register(meters)
                .record(Duration.between(delivery.fetchedAt().plus(delivery.took()), clock.instant()));
        vendors.descriptor(delivery.source())
                .ifPresent(descriptor -> targets.release(
                        delivery.source(),
                        delivery.asked(),
                        delivery.fetchedAt(),
                        delivery.answer() instanceof Answer.Failed ? Duration.ZERO : descriptor.every(),
                        delivery.answer() instanceof Answer.Failed
                                ? Duration.ZERO
                                : descriptor.poll().idleEvery(),
                        clock.instant()));
    }
}
