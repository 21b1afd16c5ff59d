package fr.sas.hub.intake;

import fr.sas.hub.delivery.Delivery;
import fr.sas.hub.directory.DirectoryPractitioner;
import fr.sas.hub.rule.Finding;
import fr.sas.hub.rule.Rule;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.Offer;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Quirk;
import fr.sas.hub.slot.Slot;
import fr.sas.hub.slot.SlotBatch;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.slot.Window;
import fr.sas.hub.testing.VendorBundle;
import fr.sas.hub.vendor.Flow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A delivery as it is read, in tests: who was asked, when, with which tolerances; then what came of it in words. */
final class Read {

    private final List<byte[]> pages = new ArrayList<>();
    private final Set<Subject> asked = new LinkedHashSet<>();
    private final Set<Quirk> quirks = EnumSet.noneOf(Quirk.class);
    private final Map<PractitionerId, DirectoryPractitioner> known = new HashMap<>();
    private Flow flow = Flow.INDIVIDUAL;
    private Answer answer = Answer.COMPLETE;
    private Instant now = Instant.parse("2026-06-12T06:00:00Z");
    private Duration window = Duration.ofHours(72);
    private DeliveryReader.@Nullable Reading reading;

    static Read of(VendorBundle... pages) {
        Read read = new Read();
        Stream.of(pages).map(VendorBundle::toBytes).forEach(read.pages::add);
        return read;
    }

    static Read of(String body) {
        Read read = new Read();
        read.pages.add(body.getBytes(StandardCharsets.UTF_8));
        return read;
    }

    Read asking(String... practitioners) {
        Stream.of(practitioners).map(PractitionerId::new).forEach(asked::add);
        return this;
    }

    Read askingAssociations(String... structures) {
        Stream.of(structures).map(StructureId::new).forEach(asked::add);
        flow = Flow.SOS;
        return this;
    }

    Read as(Flow flow) {
        this.flow = flow;
        return this;
    }

    Read at(String now) {
        this.now = Instant.parse(now);
        return this;
    }

    Read within(Duration window) {
        this.window = window;
        return this;
    }

    Read tolerating(Quirk quirk) {
        quirks.add(quirk);
        return this;
    }

    Read knowing(DirectoryPractitioner practitioner) {
        known.put(practitioner.id(), practitioner);
        return this;
    }

    Read answered(Answer answer) {
        this.answer = answer;
        return this;
    }

    private DeliveryReader.Reading reading() {
        if (reading == null) {
            Delivery delivery = new Delivery(
                    UUID.fromString("01920000-0000-7000-8000-000000000000"),
                    new Source("agenda-soleil"),
                    flow,
                    asked,
                    new Window(now, now.plus(window)),
                    now,
                    Duration.ofMillis(10),
                    answer,
                    pages,
                    quirks,
                    false);
            reading = new DeliveryReader(200).read(delivery, known, now);
        }
        return reading;
    }

    SlotBatch batch() {
        return reading().batch();
    }

    Answer answer() {
        return batch().answer();
    }

    /** Null when nothing of this practitioner or association is offered. */
    @Nullable
    Offer offerOf(Subject subject) {
        return batch().offers().get(subject);
    }

    @Nullable
    Offer offerOf(String practitioner) {
        return offerOf(new PractitionerId(practitioner));
    }

    List<Slot> slots() {
        return batch().offers().values().stream()
                .flatMap(offer -> offer.slots().stream())
                .sorted(java.util.Comparator.comparing(Slot::start).thenComparing(Slot::reference))
                .toList();
    }

    /** The only one. */
    Slot slot() {
        if (slots().size() != 1) {
            throw new AssertionError(slots().size() + " slots; findings: " + findings());
        }
        return slots().getFirst();
    }

    /** The place of the only slot. */
    PracticeLocation place() {
        return batch().offers().values().iterator().next().places().getFirst();
    }

    /** {@code start/end}, in order. */
    String times() {
        return slots().stream().map(slot -> slot.start() + "/" + slot.end()).collect(Collectors.joining(" "));
    }

    /** {@code CODE at path}, in the order found. */
    List<String> findings() {
        return reading().findings().retained().stream()
                .map(found -> found.rule() + " at " + found.path())
                .toList();
    }

    /** How often each rule was broken. */
    Map<Rule, Integer> counts() {
        return reading().findings().counts();
    }

    List<Finding> rejections() {
        return reading().findings().retained();
    }

    int accepted() {
        return reading().accepted();
    }

    int withheld() {
        return reading().withheld();
    }

    int rejected() {
        return reading().rejected();
    }
}
