package fr.sas.hub.testing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.fhir.FhirVocabulary;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A Slot as a vendor sends it: 15 minutes, for the general public, at the practice, until told otherwise. */
public final class VendorSlot extends VendorPart<VendorSlot> {

    private static final DateTimeFormatter WIRE = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx");

    private String id;
    private Instant from = Instant.parse("2026-06-12T07:00:00Z");
    private Duration length = Duration.ofMinutes(15);
    private ZoneId zone = ZoneId.of("Europe/Paris");
    private List<String> audiences = List.of("PUBLIC");
    private List<String> modes = List.of("AMB");
    private final List<String> reasons = new ArrayList<>();
    private final List<String> specialties = new ArrayList<>();
    private final List<VendorCommunity> communities = new ArrayList<>();
    private String appointmentType = "ROUTINE";
    private String bookingPage;

    VendorSlot() {}

    /** The vendor's own id; otherwise made of schedule and start. */
    public VendorSlot id(String id) {
        this.id = id;
        return this;
    }

    public VendorSlot from(Instant from) {
        this.from = from;
        return this;
    }

    public VendorSlot lasting(long amount, ChronoUnit unit) {
        this.length = Duration.of(amount, unit);
        return this;
    }

    /** The zone whose offset is written; Europe/Paris otherwise. */
    public VendorSlot writtenIn(ZoneId zone) {
        this.zone = zone;
        return this;
    }

    /** Codes of TRE_R314; none: reserved to the practice's own patients. */
    public VendorSlot audience(String... codes) {
        this.audiences = List.of(codes);
        return this;
    }

    /** AMB, HH, VR. */
    public VendorSlot mode(String... codes) {
        this.modes = List.of(codes);
        return this;
    }

    public VendorSlot reason(String text) {
        reasons.add(text);
        return this;
    }

    /** A code of TRE_R38 such as SM54. */
    public VendorSlot specialty(String code) {
        specialties.add(code);
        return this;
    }

    /** ROUTINE or WALKIN. */
    public VendorSlot appointmentType(String code) {
        this.appointmentType = code;
        return this;
    }

    public VendorSlot bookableAt(String url) {
        this.bookingPage = url;
        return this;
    }

    /** The slot belongs to this CPTS too; its HealthcareService and Organization come along in the bundle. */
    public VendorSlot of(VendorCommunity community) {
        communities.add(community);
        return this;
    }

    Stream<VendorCommunity> communities() {
        return communities.stream();
    }

    ObjectNode render(String scheduleId, String profile) {
        ObjectNode slot =
                resource("Slot", id != null ? id : "slot-" + scheduleId + "-" + from.getEpochSecond() / 60, profile);
        if (!audiences.isEmpty()) {
            ArrayNode security = ((ObjectNode) slot.get("meta")).putArray("security");
            audiences.forEach(code ->
                    security.addObject().put("system", FhirVocabulary.AUDIENCES).put("code", code));
        }
        ArrayNode serviceTypes = JSON.createArrayNode();
        modes.forEach(code -> coding(serviceTypes, FhirVocabulary.CONSULTATION_MODES, code));
        communities.forEach(community -> community.renderServiceType(serviceTypes));
        reasons.forEach(text -> serviceTypes.addObject().put("text", text));
        if (!serviceTypes.isEmpty()) {
            slot.set("serviceType", serviceTypes);
        }
        if (!specialties.isEmpty()) {
            ArrayNode concepts = slot.putArray("specialty");
            specialties.forEach(code -> coding(concepts, FhirVocabulary.SPECIALTIES, code));
        }
        slot.putObject("appointmentType")
                .putArray("coding")
                .addObject()
                .put("system", FhirVocabulary.APPOINTMENT_TYPES)
                .put("code", appointmentType);
        slot.putObject("schedule").put("reference", "Schedule/" + scheduleId);
        slot.put("status", "free");
        slot.put("start", WIRE.format(from.atZone(zone)));
        slot.put("end", WIRE.format(from.plus(length).atZone(zone)));
        if (bookingPage != null) {
            slot.put("comment", bookingPage);
        }
        return spoil(slot);
    }
}
