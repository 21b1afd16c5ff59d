package fr.sas.hub.intake;

import static fr.sas.hub.testing.VendorBundle.aCommunity;
import static fr.sas.hub.testing.VendorBundle.aCptsBundle;
import static fr.sas.hub.testing.VendorBundle.aPlace;
import static fr.sas.hub.testing.VendorBundle.aPractitioner;
import static fr.sas.hub.testing.VendorBundle.aSite;
import static fr.sas.hub.testing.VendorBundle.aSosBundle;
import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static fr.sas.hub.testing.VendorBundle.anAssociation;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.slot.Audience;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.testing.VendorBundle;
import fr.sas.hub.vendor.Flow;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;

/** The slots of CPTS (INT_R04) and of SOS Médecins' consultation sites. */
class CommunitiesAndAssociationsTest {

    private static final String ALICE = "810001234567";
    private static final String SOS = "334173748400020";

    @Test
    void a_slot_belongs_to_each_cpts_its_service_types_lead_to() {
        Read read = Read.of(aCptsBundle()
                        .with(aPractitioner(ALICE, "DURAND", "Alice")
                                .at(aPlace("1750000001")
                                        .slot(aVendorSlot()
                                                .audience("CPTS", "SNP")
                                                .of(aCommunity("1950047225", "CPTS DES TILLEULS"))
                                                .of(aCommunity("1950047233", "CPTS DE LA VALLÉE"))))))
                .as(Flow.CPTS)
                .asking(ALICE);

        assertThat(read.slot().communities())
                .extracting(community -> community.id().value())
                .containsExactly("1950047225", "1950047233");
        assertThat(read.findings()).isEmpty();
    }

    @Test
    void a_cpts_that_cannot_be_read_is_left_out_and_the_slot_stays_for_the_other_audiences() {
        Read read = Read.of(aCptsBundle()
                        .with(aPractitioner(ALICE, "DURAND", "Alice")
                                .at(aPlace("1750000001")
                                        .slot(aVendorSlot()
                                                .audience("CPTS", "SNP")
                                                .of(aCommunity("unknown", "CPTS SANS NUMÉRO"))))))
                .as(Flow.CPTS)
                .asking(ALICE);

        assertThat(read.slot().audiences()).containsExactly(Audience.UNSCHEDULED_CARE);
        assertThat(read.findings()).containsExactly("CPTS_LEFT_OUT at Bundle.entry[0].resource.serviceType[1]");
    }

    @Test
    void a_slot_for_an_unreadable_cpts_only_is_rejected() {
        Read read = Read.of(aCptsBundle()
                        .with(aPractitioner(ALICE, "DURAND", "Alice")
                                .at(aPlace("1750000001")
                                        .slot(aVendorSlot()
                                                .audience("CPTS")
                                                .of(aCommunity("unknown", "CPTS SANS NUMÉRO"))))))
                .as(Flow.CPTS)
                .asking(ALICE);

        assertThat(read.slots()).isEmpty();
        assertThat(read.findings()).contains("CPTS_UNREADABLE at Bundle.entry[0].resource.serviceType");
    }

    @Test
    void whoever_was_not_asked_for_its_cpts_need_not_tell_them_and_the_slot_stays_for_its_audience() {
        Read read = Read.of(withoutServices(aCptsBundle()
                        .with(aPractitioner(ALICE, "DURAND", "Alice")
                                .at(aPlace("1750000001")
                                        .slot(aVendorSlot()
                                                .audience("CPTS")
                                                .of(aCommunity("1590000014", "CPTS DU NORD")))))))
                .as(Flow.INDIVIDUAL)
                .asking(ALICE);

        assertThat(read.slot().audiences()).containsExactly(Audience.COMMUNITY);
        assertThat(read.findings()).isEmpty();
    }

    @Test
    void a_consultation_site_belongs_to_its_association_with_its_hours() {
        Read read = Read.of(aSosBundle()
                        .with(anAssociation(SOS, "SOS MÉDECINS VILAINE")
                                .at(aSite("1", "Centre")
                                        .hours("08:00:00", "20:00:00", "mon", "sat")
                                        .slot(aVendorSlot().audience("PUBLIC", "SNP")))))
                .askingAssociations(SOS);

        PracticeLocation site = read.place();
        assertThat(site.name()).isEqualTo("Centre");
        assertThat(site.structure()).isEqualTo(new StructureId(SOS));
        assertThat(site.hours().getFirst().opens()).isEqualTo(LocalTime.of(8, 0));
        assertThat(read.slots()).hasSize(1);
        assertThat(read.findings()).isEmpty();
    }

    @Test
    void a_site_of_an_association_nobody_asked_for_is_rejected() {
        Read read = Read.of(aSosBundle()
                        .with(anAssociation(SOS, "SOS MÉDECINS VILAINE")
                                .at(aSite("1", "Centre").slot(aVendorSlot()))))
                .askingAssociations("334173748400099");

        assertThat(read.findings()).containsExactly("NOT_ASKED_FOR at Bundle.entry[3].resource.schedule");
    }

    @Test
    void an_association_without_organization_is_rejected_at_the_slot() {
        Read read = Read.of(aSosBundle()
                        .with(anAssociation(SOS, "SOS MÉDECINS VILAINE")
                                .at(aSite("1", "Centre")
                                        .set("/managingOrganization/reference", "Organization/none")
                                        .slot(aVendorSlot()))))
                .askingAssociations(SOS);

        assertThat(read.findings()).containsExactly("ORPHAN_ORGANIZATION at Bundle.entry[3].resource.schedule");
    }

    @Test
    void the_total_of_the_sos_search_counts_schedules_and_that_is_right() {
        Read read = Read.of(aSosBundle()
                        .with(anAssociation(SOS, "SOS MÉDECINS VILAINE")
                                .at(aSite("1", "Centre")
                                        .slot(aVendorSlot().id("a"))
                                        .slot(aVendorSlot().id("b"))))
                        .total(1))
                .askingAssociations(SOS);

        assertThat(read.answer()).isEqualTo(fr.sas.hub.slot.Answer.COMPLETE);
    }

    private static String withoutServices(VendorBundle bundle) {
        ObjectNode json = bundle.toNode();
        ArrayNode entries = (ArrayNode) json.get("entry");
        for (int i = entries.size() - 1; i >= 0; i--) {
            String type = entries.at("/" + i + "/resource/resourceType").asText();
            if (type.equals("HealthcareService") || type.equals("Organization")) {
                entries.remove(i);
            }
        }
        return json.toString();
    }
}
