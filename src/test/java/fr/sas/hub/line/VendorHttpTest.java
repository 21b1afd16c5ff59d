package fr.sas.hub.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.sas.hub.slot.Answer;
import fr.sas.hub.vendor.ConnectorSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** When a line ends, what is under way goes on to its end, and then nothing is held for it. */
class VendorHttpTest {

    private static final String ANSWER = "{\"resourceType\":\"Bundle\"}";

    private final ServerSocket server;
    private final CountDownLatch mayAnswer = new CountDownLatch(1);
    private final CountDownLatch asked = new CountDownLatch(1);
    private final List<HttpClient> clients = new CopyOnWriteArrayList<>();
    private final VendorHttp http = new VendorHttp(
            () -> {
                HttpClient client = HttpClient.newHttpClient();
                clients.add(client);
                return client;
            },
            null,
            new Binder(new MapConfigurationPropertySource(Map.of()))
                    .bindOrCreate("hub.connector", ConnectorSettings.class),
            () -> {},
            new Traces(
                    nothing(io.micrometer.tracing.Tracer.class),
                    nothing(io.micrometer.tracing.propagation.Propagator.class)));

    VendorHttpTest() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::answerAll);
    }

    @AfterEach
    void the_server_leaves() throws IOException {
        mayAnswer.countDown();
        server.close();
        clients.forEach(HttpClient::shutdownNow);
    }

    private static <T> ObjectProvider<T> nothing(Class<T> type) {
        return new StaticListableBeanFactory().getBeanProvider(type);
    }

    /** Its headers at once, its body when it may. */
    private void answerAll() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> answer(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void answer(Socket socket) {
        try (socket) {
            assertThat(socket.getInputStream().read(new byte[4_000])).isPositive();
            OutputStream out = socket.getOutputStream();
            out.write(("HTTP/1.1 200 OK\r\nContent-Length: " + ANSWER.length() + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            asked.countDown();
            mayAnswer.await();
            out.write(ANSWER.getBytes(StandardCharsets.US_ASCII));
            out.flush();
        } catch (IOException | InterruptedException e) {
            // the other side went away
        }
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/Slot");
    }

    private void nothingIsHeld() {
        await().atMost(Duration.ofSeconds(120)).until(() -> clients.stream().allMatch(HttpClient::isTerminated));
    }

    @Test
    void a_question_under_way_is_answered_and_the_client_ends_after_it() throws Exception {
        List<Answer> answers = new CopyOnWriteArrayList<>();
        Thread asking = Thread.ofVirtual()
                .start(() ->
                        answers.add(http.ask(address(), Duration.ofSeconds(30)).answer()));
        asked.await();

        http.end();
        assertThat(clients).noneMatch(HttpClient::isTerminated);
        mayAnswer.countDown();
        asking.join();

        assertThat(answers).containsExactly(Answer.COMPLETE);
        nothingIsHeld();
    }

    @Test
    void a_file_that_is_being_read_is_read_to_its_end() throws Exception {
        try (InputStream body =
                http.open(address(), true, Map.of(), Duration.ofSeconds(30)).body()) {
            http.end();
            mayAnswer.countDown();

            assertThat(body.readAllBytes()).asString(StandardCharsets.US_ASCII).isEqualTo(ANSWER);
        }
        nothingIsHeld();
    }

    @Test
    void a_call_that_is_given_up_holds_nothing_although_the_vendor_hangs() throws Exception {
        var call = http.send(HttpRequest.newBuilder(address()).GET());
        asked.await();

        call.cancel(true);
        http.end();

        nothingIsHeld();
    }

    @Test
    void whoever_comes_late_is_served_and_leaves_nothing() {
        mayAnswer.countDown();
        assertThat(http.ask(address(), Duration.ofSeconds(30)).answer()).isEqualTo(Answer.COMPLETE);
        http.end();

        assertThat(http.ask(address(), Duration.ofSeconds(30)).answer()).isEqualTo(Answer.COMPLETE);

        assertThat(clients).hasSize(2);
        nothingIsHeld();
    }
}
