package fr.sas.hub.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.fhir.FhirVocabulary;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a vendor answers, as JSON in the shape of the guide's examples: the searchset of INT_R01, INT_R04 (CPTS) or of the
 * SOS search. Everything is right by default; each part takes faults ({@link #set}, {@link #remove}, {@link #tamper}).
 *
 * <pre>{@code
 * aBundle().with(aPractitioner("810001234567", "DURAND", "Alice")
 *         .at(aPlace("1750000001").address("1 rue des Tilleuls", "75001", "PARIS").phone("+33199001122"))
 *         .slot(aVendorSlot().from(instant).lasting(15, MINUTES).audience("PUBLIC").mode("AMB")))
 *     .toJson()
 * }</pre>
 */
public final class VendorBundle extends VendorPart<VendorBundle> {

    private enum Shape {
        INDIVIDUAL,
        CPTS,
        SOS
    }

    private final Shape shape;
    private final List<VendorPractitioner> practitioners = new ArrayList<>();
    private final List<VendorAssociation> associations = new ArrayList<>();
    private final List<ObjectNode> extras = new ArrayList<>();
    private String base = "https://fhir.vendor.example/r4";
    private String self;
    private String next;

    private VendorBundle(Shape shape) {
        this.shape = shape;
    }

    /** INT_R01. */
    public static VendorBundle aBundle() {
        return new VendorBundle(Shape.INDIVIDUAL);
    }

    /** INT_R04: slots may belong to CPTS. */
    public static VendorBundle aCptsBundle() {
        return new VendorBundle(Shape.CPTS);
    }

    /** Schedules of consultation sites. */
    public static VendorBundle aSosBundle() {
        return new VendorBundle(Shape.SOS);
    }

    public static VendorPractitioner aPractitioner(String nationalId, String family, String given) {
        return new VendorPractitioner(nationalId, family, given);
    }

    /** A place of practice by the structure id the vendor sends, in whatever form it sends it. */
    public static VendorPlace aPlace(String structure) {
        return new VendorPlace(structure);
    }

    public static VendorSlot aVendorSlot() {
        return new VendorSlot();
    }

    public static VendorCommunity aCommunity(String structure, String name) {
        return new VendorCommunity(structure, name);
    }

    public static VendorAssociation anAssociation(String structure, String name) {
        return new VendorAssociation(structure, name);
    }

    public static VendorAssociation.Site aSite(String localId, String name) {
        return new VendorAssociation.Site(localId, name);
    }

    /** What a vendor answers instead of slots when it fails, or adds as an entry: {@code severity} error, warning… */
    public static ObjectNode anOutcome(String severity, String code, String diagnostics) {
        ObjectNode outcome = JSON.createObjectNode().put("resourceType", "OperationOutcome");
        outcome.putArray("issue")
                .addObject()
                .put("severity", severity)
                .put("code", code)
                .put("diagnostics", diagnostics);
        return outcome;
    }

    public VendorBundle with(VendorPractitioner practitioner) {
        practitioners.add(practitioner);
        return this;
    }

    public VendorBundle with(VendorAssociation association) {
        associations.add(association);
        return this;
    }

    /** One more entry, after the others; an OperationOutcome becomes {@code search.mode} outcome. */
    public VendorBundle with(ObjectNode resource) {
        extras.add(resource);
        return this;
    }

    /** The vendor's address in every fullUrl, without slash at the end. */
    public VendorBundle base(String base) {
        this.base = base;
        return this;
    }

    public VendorBundle self(String url) {
        this.self = url;
        return this;
    }

    public VendorBundle next(String url) {
        this.next = url;
        return this;
    }

    public VendorBundle total(int total) {
        return set("/total", total);
    }

    /** How many Slots are in it. */
    public int slotCount() {
        return (int) slots().count();
    }

    private Stream<VendorSlot> slots() {
        return Stream.concat(
                practitioners.stream().flatMap(p -> p.places().stream()).flatMap(p -> p.slots().stream()),
                associations.stream().flatMap(a -> a.sites().stream()).flatMap(s -> s.slots().stream()));
    }

    public ObjectNode toNode() {
        String profile = switch (shape) {
            case INDIVIDUAL -> FhirVocabulary.BUNDLE;
            case CPTS -> FhirVocabulary.CPTS_BUNDLE;
            case SOS -> FhirVocabulary.SOS_BUNDLE;
        };
        String slotProfile = shape == Shape.CPTS ? FhirVocabulary.CPTS_SLOT : FhirVocabulary.SLOT;
        ObjectNode bundle = resource("Bundle", "answer", profile);
        bundle.put("type", "searchset").put("total", slotCount());
        ArrayNode links = bundle.putArray("link");
        links.addObject()
                .put("relation", "self")
                .put("url", self != null ? self : base + (shape == Shape.SOS ? "/Schedule" : "/Slot"));
        if (next != null) {
            links.addObject().put("relation", "next").put("url", next);
        }
        List<ObjectNode> matches = new ArrayList<>();
        List<ObjectNode> includes = new ArrayList<>();
        practitioners.forEach(p -> p.render(slotProfile, matches::add, includes::add));
        associations.forEach(a -> a.render(matches::add, includes::add));
        slots().flatMap(VendorSlot::communities).distinct().forEach(c -> c.render(includes::add));
        List<ObjectNode> entries = new ArrayList<>();
        matches.forEach(resource -> entries.add(entry(resource, "match")));
        includes.forEach(resource -> entries.add(entry(resource, "include")));
        extras.forEach(resource -> entries.add(entry(
                resource, resource.path("resourceType").asText().equals("OperationOutcome") ? "outcome" : "include")));
        if (!entries.isEmpty()) {
            bundle.putArray("entry").addAll(entries);
        }
        return spoil(bundle);
    }

    private ObjectNode entry(ObjectNode resource, String mode) {
        ObjectNode entry = JSON.createObjectNode();
        if (resource.has("id")) {
            entry.put(
                    "fullUrl",
                    base + "/" + resource.path("resourceType").asText() + "/"
                            + resource.path("id").asText());
        }
        entry.set("resource", resource);
        entry.putObject("search").put("mode", mode);
        return entry;
    }

    public String toJson() {
        try {
            return JSON.writeValueAsString(toNode());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    public byte[] toBytes() {
        return toJson().getBytes(StandardCharsets.UTF_8);
    }
}
