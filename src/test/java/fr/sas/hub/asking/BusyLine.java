package fr.sas.hub.asking;

import fr.sas.hub.line.ServerProbe;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.function.BooleanSupplier;

/** A vendor's line on which a request gets its turn, or does not. */
public final class BusyLine {

    private BusyLine() {}

    public static ServerProbe probe(URI base, BooleanSupplier turn) {
        return new ServerProbe(HttpClient.newHttpClient(), base, null, ServerProbe.Bounds.OF_THE_GUIDE, turn);
    }
}
