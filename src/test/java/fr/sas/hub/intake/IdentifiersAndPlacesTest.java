package fr.sas.hub.intake;

import static fr.sas.hub.intake.AliceDelivery.ALICE;
import static fr.sas.hub.testing.VendorBundle.aBundle;
import static fr.sas.hub.testing.VendorBundle.aPlace;
import static fr.sas.hub.testing.VendorBundle.aPractitioner;
import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.directory.DirectoryPlace;
import fr.sas.hub.directory.DirectoryPractitioner;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.testing.VendorPlace;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** By which identifiers and addresses practitioners and places are known, however vendors write them. */
class IdentifiersAndPlacesTest {

    @ParameterizedTest
    @ValueSource(strings = {"810001234567", "10001234567", " 10001234567 "})
    void a_practitioners_identifier_matches_with_or_without_prefix(String written) {
        Read read = Read.of(aBundle()
                        .with(aPractitioner(ALICE, "DURAND", "Alice")
                                .set("/identifier/0/value", written)
                                .at(aPlace("1750000001").slot(aVendorSlot()))))
                .asking(ALICE);

        assertThat(read.slot().subject().value()).isEqualTo(ALICE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "unknown", "8100012345", "DURAND"})
    void what_is_no_identifier_identifies_nobody(String written) {
        Read read = Read.of(aBundle()
                        .with(aPractitioner(ALICE, "DURAND", "Alice")
                                .set("/identifier/0/value", written)
                                .at(aPlace("1750000001").slot(aVendorSlot()))))
                .asking(ALICE);

        assertThat(read.slots()).isEmpty();
        assertThat(read.findings()).contains("NO_NATIONAL_ID at Bundle.entry[0].resource.schedule");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1750000001", "750000001"})
    void a_places_finess_matches_with_or_without_prefix(String written) {
        Read read = Read.of(aBundle()
                        .with(aPractitioner(ALICE, "DURAND", "Alice")
                                .at(aPlace(written).slot(aVendorSlot()))))
                .asking(ALICE);

        assertThat(read.place().structure()).hasToString("1750000001");
    }

    @Test
    void a_place_with_several_structure_ids_is_known_by_its_finess() {
        VendorPlace place = aPlace("312345678901234").slot(aVendorSlot());
        place.tamper(role -> ((ObjectNode) role.at("/contained/0"))
                .withArray("identifier")
                .addObject()
                .put("system", "urn:oid:1.2.250.1.71.4.2.2")
                .put("value", "1750000001"));
        Read read = Read.of(
                        aBundle().with(aPractitioner(ALICE, "DURAND", "Alice").at(place)))
                .asking(ALICE);

        assertThat(read.place().structure()).hasToString("1750000001");
    }

    @Test
    void a_place_without_any_structure_is_known_by_its_address_however_it_is_spelled() {
        String first = keyOf(aPlace("x").remove("/organization").address("1, rue des Tilleuls", "75001", "Paris"));
        String second = keyOf(aPlace("x").remove("/organization").address("1 RUE DES TILLEULS", "75001", "PARIS"));
        String other = keyOf(aPlace("x").remove("/organization").address("3 rue des Tilleuls", "75001", "PARIS"));

        assertThat(first).isEqualTo(second).isNotEqualTo(other);
    }

    /** 12 rue du Sacré-Cœur, with and without its ligature: one place, and an equal slot of two vendors is one slot. */
    @Test
    void the_same_address_is_one_place_with_a_ligature_or_without() {
        assertThat(placeAt("12 rue du Sacré-Cœur", "62290", "Nœux-les-Mines"))
                .isEqualTo(placeAt("12 RUE DU SACRE COEUR", "62290", "NOEUX LES MINES"))
                .isEqualTo(placeAt("12 rue du Sacre\u0301-C\u0152UR", "62290", "N\u0153ux les Mines"))
                .isNotEqualTo(placeAt("12 rue du Sacré-Cur", "62290", "Nœux-les-Mines"));
        assertThat(placeAt("1 place Lætitia", "20000", "Ajaccio"))
                .isEqualTo(placeAt("1 PLACE LAETITIA", "20000", "AJACCIO"));
    }

    /** The agenda, absences and other vendors know the place by the directory's id. */
    @ParameterizedTest
    @CsvSource({
        "12 bis avenue du Général Leclerc, 42000, Saint-Étienne",
        "12 BIS AV DU GAL LECLERC, 42000, ST ETIENNE",
        "'12B, av. du Général-Leclerc', 42000, St-Etienne CEDEX 2",
        "12 b ave du general leclerc , 42 000, SAINT ETIENNE"
    })
    void a_place_told_without_an_identifier_is_the_directorys_at_that_address(
            String line, String postalCode, String city) {
        assertThat(placeOfDurand(line, postalCode, city)).isEqualTo("1420000001");
    }

    @ParameterizedTest
    @CsvSource({
        "12 avenue du Général Leclerc, 42000, Saint-Étienne",
        "12 bis avenue du Général Leclerc, 42100, Saint-Étienne",
        "12 bis avenue du Général Leclerc, 42000, Saint-Priest",
        "112 bis avenue du Général Leclerc, 42000, Saint-Étienne",
        "3 rue des Deux Cabinets, 42000, Saint-Étienne"
    })
    void another_address_or_one_of_two_places_is_not_taken_for_it(String line, String postalCode, String city) {
        assertThat(placeOfDurand(line, postalCode, city)).startsWith("address-");
    }

    private static String keyOf(VendorPlace place) {
        return Read.of(aBundle().with(aPractitioner(ALICE, "DURAND", "Alice").at(place.slot(aVendorSlot()))))
                .asking(ALICE)
                .slot()
                .place();
    }

    private static String placeOfDurand(String line, String postalCode, String city) {
        return Read.of(aBundle()
                        .with(aPractitioner(ALICE, "DURAND", "Alice")
                                .at(aPlace("1750000001")
                                        .address(line, postalCode, city)
                                        .remove("/organization")
                                        .slot(aVendorSlot()))))
                .knowing(new DirectoryPractitioner(
                        new PractitionerId(ALICE),
                        "DURAND",
                        List.of("Alice"),
                        "10",
                        List.of(),
                        List.of(
                                listed("1420000001", "12 BIS Avenue DU GENERAL LECLERC"),
                                listed("1420000002", "3 RUE DES DEUX CABINETS"),
                                listed("1420000003", "3 RUE DES DEUX CABINETS"))))
                .asking(ALICE)
                .slot()
                .place();
    }

    private static DirectoryPlace listed(String structure, String line) {
        return new DirectoryPlace(
                structure,
                List.of(new StructureId(structure)),
                "CABINET",
                line,
                "42000",
                "ST ETIENNE",
                null,
                ZoneId.of("Europe/Paris"));
    }

    private static String placeAt(String line, String postalCode, String city) {
        return Read.of(aBundle()
                        .with(aPractitioner(ALICE, "DURAND", "Alice")
                                .at(aPlace("1750000001")
                                        .address(line, postalCode, city)
                                        .remove("/organization")
                                        .slot(aVendorSlot()))))
                .asking(ALICE)
                .slot()
                .place();
    }
}
