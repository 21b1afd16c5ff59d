package fr.sas.hub.index;

import static org.awaitility.Awaitility.await;

import fr.sas.hub.slot.Source;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.vendor.Vendors;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Vendors that nobody asks, so that only the test speaks for them. */
public final class LiveVendors {

    public static final Source SOLEIL = new Source("index-soleil");
    public static final Source LUNE = new Source("index-lune");

    private LiveVendors() {}

    public static void areIn(Path connectors, Vendors vendors) {
        Stream.of(SOLEIL, LUNE).filter(vendor -> vendors.find(vendor).isEmpty()).forEach(vendor -> {
            Descriptor.of(vendor.name()).dropInto(connectors);
            await().until(() -> vendors.find(vendor).isPresent());
        });
    }
}
