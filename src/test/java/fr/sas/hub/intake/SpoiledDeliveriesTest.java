package fr.sas.hub.intake;

import static fr.sas.hub.testing.VendorBundle.aBundle;
import static fr.sas.hub.testing.VendorBundle.aPlace;
import static fr.sas.hub.testing.VendorBundle.aPractitioner;
import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever a vendor does to some of its entries, the others are read. */
class SpoiledDeliveriesTest {

    private static final String ALICE = "810001234567";
    private static final String BASILE = "810007654321";

    @Property(tries = 300)
    void one_practitioners_garbage_never_spoils_anothers_slots(
            @ForAll Random random, @ForAll @IntRange(min = 1, max = 8) int faults) {
        Read read = Read.of(aBundle()
                        .with(aPractitioner(ALICE, "DURAND", "Alice")
                                .at(aPlace("1750000001")
                                        .slot(aVendorSlot().id("good-1"))
                                        .slot(aVendorSlot().id("good-2"))))
                        .with(aPractitioner(BASILE, "MOREL", "Basile")
                                .at(aPlace("1750000002")
                                        .slot(aVendorSlot().id("b-1"))
                                        .slot(aVendorSlot().id("b-2"))))
                        .tamper(bundle -> spoil(bundle, random, faults)))
                .asking(ALICE, BASILE);

        assertThat(read.slots())
                .filteredOn(slot -> slot.subject().value().equals(ALICE))
                .extracting(Slot::reference)
                .contains("good-1", "good-2");
        assertThat(read.answer()).isNotInstanceOf(Answer.Failed.class);
    }

    /** Turns random values of Basile's resources into something else. */
    private static void spoil(ObjectNode bundle, Random random, int faults) {
        List<ObjectNode> victims = new ArrayList<>();
        for (JsonNode entry : bundle.path("entry")) {
            JsonNode resource = entry.path("resource");
            String text = resource.toString();
            if (text.contains(BASILE) && resource instanceof ObjectNode object) {
                victims.add(object);
            }
        }
        for (int i = 0; i < faults; i++) {
            List<Runnable> places = new ArrayList<>();
            collect(victims.get(random.nextInt(victims.size())), random, places);
            places.get(random.nextInt(places.size())).run();
        }
    }

    private static void collect(JsonNode node, Random random, List<Runnable> places) {
        if (node instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(name -> {
                if (!name.equals("id")) {
                    places.add(() -> object.set(name, garbage(random)));
                }
                collect(object.get(name), random, places);
            });
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int at = i;
                places.add(() -> array.set(at, garbage(random)));
                collect(array.get(i), random, places);
            }
        }
    }

    private static JsonNode garbage(Random random) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (random.nextInt(8)) {
            case 0 -> json.nullNode();
            case 1 -> json.textNode("");
            case 2 -> json.numberNode(random.nextInt());
            case 3 -> json.arrayNode();
            case 4 -> json.objectNode();
            case 5 -> json.booleanNode(random.nextBoolean());
            case 6 -> json.arrayNode().add(json.arrayNode().add("x"));
            default -> json.textNode("\u0000☃ " + random.nextLong());
        };
    }
}
