package fr.sas.hub.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports for servers that are told theirs some time before they take it. Meanwhile nobody else gets it: it lies below those that the
 * system hands out by itself, to servers that ask for any port and to clients, and this process is given each only once.
 */
public final class FreePort {

    private static final int FIRST = 20_000;
    private static final int HOW_MANY = 12_000;
    /** Another build on this machine most likely begins elsewhere. */
    private static final AtomicInteger NEXT =
            new AtomicInteger((int) (ProcessHandle.current().pid() * 101 % HOW_MANY));

    private FreePort() {}

    public static int next() {
        for (int tries = 0; tries < HOW_MANY; tries++) {
            int port = FIRST + NEXT.getAndIncrement() % HOW_MANY;
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("No port is free from " + FIRST + " on");
    }

    private static boolean isFree(int port) {
        try (ServerSocket taken = new ServerSocket(port)) {
            return taken.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
