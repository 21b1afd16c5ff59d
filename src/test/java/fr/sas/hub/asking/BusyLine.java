package fr.sas.hub.asking;

import fr.sas.hub.line.Probe;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.function.BooleanSupplier;

/** A vendor's line on which a request gets its turn, or does not. */
public final class BusyLine {

    private BusyLine() {}

    public static Probe probe(URI base, BooleanSupplier turn) {
        return new Probe(HttpClient.newHttpClient(), base, null, Probe.Bounds.OF_THE_GUIDE, turn);
    }
}
