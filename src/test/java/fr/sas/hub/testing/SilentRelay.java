package fr.sas.hub.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands between a node and its database. It can let the connections that say a certain word fall silent: they stay open
 * and nothing passes any more, as when a firewall forgets a connection.
 */
public final class SilentRelay implements AutoCloseable {

    private static final long ENDS_LOOKED_FOR_EVERY_NANOS = 50_000_000;

    private final ServerSocket door;
    private final URI database;
    private final String word;
    private volatile boolean silencing;

    /** @param database of a JDBC address of PostgreSQL */
    public SilentRelay(String database, String word) {
        this.database = URI.create(database.substring("jdbc:".length()));
        this.word = word;
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** The JDBC address of the same database through this relay. */
    public String address() {
        return "jdbc:postgresql://localhost:" + door.getLocalPort() + database.getPath() + "?" + database.getQuery();
    }

    /** From now on; of connections that are open, those that say the word again or have said it. */
    public void fallSilent() {
        silencing = true;
    }

    /** For new connections; those that fell silent remain so. */
    public void speakAgain() {
        silencing = false;
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket node = door.accept();
                Socket server = new Socket(database.getHost(), database.getPort());
                node.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                Line line = new Line();
                Thread.ofVirtual().start(() -> pass(node, server, line, true));
                Thread.ofVirtual().start(() -> pass(server, node, line, false));
            } catch (IOException e) {
                // the node or the test ends
            }
        }
    }

    private static final class Line {
        volatile boolean named;
        volatile boolean silent;
    }

    private void pass(Socket from, Socket to, Line line, boolean said) {
        byte[] buffer = new byte[64 * 1024];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                line.named |= said && new String(buffer, 0, read, StandardCharsets.ISO_8859_1).contains(word);
                line.silent |= silencing && line.named;
                if (!line.silent) {
                    out.write(buffer, 0, read);
                    out.flush();
                }
            }
            while (line.silent && !door.isClosed()) {
                LockSupport.parkNanos(ENDS_LOOKED_FOR_EVERY_NANOS); // nobody is told that this side is gone
            }
        } catch (IOException e) {
            // one side is gone, and with this the other
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
