package fr.sas.hub.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** One address with several servers of PostgreSQL behind it: each connection leads to the next of them in turn, whether it answers or not. */
public final class SharedAddress implements AutoCloseable {

    private final ServerSocket door;
    private final String path;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile List<URI> servers;

    /** @param addresses of JDBC, with the same database and user */
    public SharedAddress(String... addresses) {
        servers = uris(addresses);
        URI any = servers.getFirst();
        path = any.getPath() + "?" + any.getQuery();
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    private static List<URI> uris(String... addresses) {
        return Stream.of(addresses)
                .map(address -> URI.create(address.substring("jdbc:".length())))
                .toList();
    }

    public String address() {
        return "jdbc:postgresql://localhost:" + door.getLocalPort() + path;
    }

    /** Those that are open stay where they lead. */
    public void newConnectionsLeadTo(String... addresses) {
        servers = uris(addresses);
    }

    /** So that everybody connects again. */
    public void dropConnections() {
        open.forEach(SharedAddress::close);
    }

    private void accept() {
        int turn = 0;
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                List<URI> now = servers;
                URI server = now.get(turn++ % now.size());
                Thread.ofVirtual().start(() -> connect(client, server));
            } catch (IOException e) {
                // the test ends
            }
        }
    }

    private void connect(Socket client, URI server) {
        try {
            Socket other = new Socket(server.getHost(), server.getPort());
            client.setTcpNoDelay(true);
            other.setTcpNoDelay(true);
            open.add(client);
            Thread.ofVirtual().start(() -> pass(client, other));
            Thread.ofVirtual().start(() -> pass(other, client));
        } catch (IOException refused) {
            close(client);
        }
    }

    private void pass(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // one side is gone, and with this the other
        } finally {
            open.remove(from);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
