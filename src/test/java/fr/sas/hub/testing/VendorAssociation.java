package fr.sas.hub.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.fhir.FhirVocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** An SOS Médecins association with its consultation sites. Faults go into the Organization. */
public final class VendorAssociation extends VendorPart<VendorAssociation> {

    private final String structure;
    private final String name;
    private final List<Site> sites = new ArrayList<>();

    VendorAssociation(String structure, String name) {
        this.structure = structure;
        this.name = name;
    }

    public VendorAssociation at(Site site) {
        sites.add(site);
        return this;
    }

    List<Site> sites() {
        return sites;
    }

    void render(Consumer<ObjectNode> match, Consumer<ObjectNode> include) {
        String id = "sos-" + structure;
        ObjectNode organization = resource("Organization", id, FhirVocabulary.SOS_ORGANIZATION);
        organization
                .putArray("identifier")
                .add(identifier(
                        FhirVocabulary.LOCATION_IDENTIFIER_TYPES,
                        FhirVocabulary.NATIONAL_STRUCTURE,
                        FhirVocabulary.STRUCTURE_IDS,
                        structure));
        include.accept(spoil(organization.put("name", name)));
        sites.forEach(site -> site.render(id, match, include));
    }

    /** A fixed consultation site: a Location with one Schedule. Faults go into the Location. */
    public static final class Site extends VendorPart<Site> {

        private final String localId;
        private final String name;
        private final List<VendorSlot> slots = new ArrayList<>();
        private String line = "12 place du Marché";
        private String postalCode = "35000";
        private String city = "RENNES";
        private String phone = "+33199001122";
        private String opens = "08:00:00";
        private String closes = "19:00:00";
        private List<String> days = List.of("mon", "tue", "wed", "thu", "fri");

        Site(String localId, String name) {
            this.localId = localId;
            this.name = name;
        }

        public Site address(String line, String postalCode, String city) {
            this.line = line;
            this.postalCode = postalCode;
            this.city = city;
            return this;
        }

        public Site phone(String phone) {
            this.phone = phone;
            return this;
        }

        /** Times such as {@code 08:00:00}; days such as {@code mon}. */
        public Site hours(String opens, String closes, String... days) {
            this.opens = opens;
            this.closes = closes;
            this.days = List.of(days);
            return this;
        }

        public Site slot(VendorSlot slot) {
            slots.add(slot);
            return this;
        }

        List<VendorSlot> slots() {
            return slots;
        }

        void render(String organizationId, Consumer<ObjectNode> match, Consumer<ObjectNode> include) {
            ObjectNode location = resource("Location", "site-" + localId, FhirVocabulary.SOS_LOCATION);
            location.putArray("identifier")
                    .add(identifier(
                            FhirVocabulary.LOCATION_IDENTIFIER_TYPES,
                            FhirVocabulary.INTERNAL,
                            "https://vendor.example/sites",
                            localId));
            location.put("name", name);
            phone(location, phone);
            address(location, line, postalCode, city);
            location.putObject("managingOrganization").put("reference", "Organization/" + organizationId);
            ObjectNode hours = location.putArray("hoursOfOperation").addObject();
            days.forEach(hours.putArray("daysOfWeek")::add);
            hours.put("openingTime", opens).put("closingTime", closes);
            String scheduleId = "agenda-" + localId;
            ObjectNode schedule = resource("Schedule", scheduleId, FhirVocabulary.SOS_SCHEDULE);
            schedule.putArray("actor")
                    .addObject()
                    .put("reference", "Location/" + location.path("id").asText());
            match.accept(schedule);
            include.accept(spoil(location));
            slots.forEach(slot -> include.accept(slot.render(scheduleId, FhirVocabulary.SOS_SLOT)));
        }
    }
}
