// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.Context;
import io.panamq.Endpoint;
import io.panamq.StreamSocket;
import io.panamq.error.ContextTerminatedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HttpServerTest {
    private static final int CLIENTS = 50;

    /** A client of the server must have its answer by then. */
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Context context = Context.builder().linger(Duration.ZERO).build();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Future<?> server;
    private int port;

    @BeforeEach
    void startServer() {
        StreamSocket stream = context.stream();
        port = Endpoint.port(stream.bind("tcp://127.0.0.1:*"));
        stream.handOver();
        server = threads.submit(() -> serve(stream));
    }

    private static void serve(StreamSocket stream) {
        try (stream) {
            new HttpServer(stream, path -> "page " + path).serve();
        } catch (ContextTerminatedException e) {
            // the test is over
        }
    }

    @AfterEach
    void endServer() throws Exception {
        context.shutdown();
        server.get(LIMIT.toSeconds(), TimeUnit.SECONDS); // throws what the server threw
        context.close();
        threads.shutdownNow();
    }

    private Socket connect() throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
        client.setSoTimeout((int) LIMIT.toMillis());
        return client;
    }

    private static void write(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(UTF_8));
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: test\r\n\r\n";
    }

    private static String answer(String page) {
        return "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: "
                + page.length()
                + "\r\n\r\n"
                + page;
    }

    private static String read(Socket client, String expected) throws IOException {
        return new String(client.getInputStream().readNBytes(expected.length()), UTF_8);
    }

    @Test
    void shouldAnswerOneClientSeveralTimesAlsoInPieces() throws IOException {
        try (Socket client = connect()) {
            write(client, get("/a") + get("/b") + get("/c").substring(0, 10));
            String two = answer("page /a") + answer("page /b");
            assertThat(read(client, two)).isEqualTo(two);
            write(client, get("/c").substring(10));
            assertThat(read(client, answer("page /c"))).isEqualTo(answer("page /c"));
            write(client, "POST / HTTP/1.1\r\n\r\n");
            String bad = "HTTP/1.1 400 Bad Request";
            assertThat(read(client, bad)).isEqualTo(bad);
        }
    }

    @Test
    void shouldHangUpOnAClientThatNeverEndsItsRequest() throws IOException {
        try (Socket client = connect()) {
            write(client, "GET /" + "x".repeat(10_000));
            try (Socket other = connect()) {
                write(other, get("/other"));
                assertThat(read(other, answer("page /other"))).endsWith("page /other");
            }
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    /** Of fifty clients at once, four of five hang up, each in another way. */
    @Test
    void shouldServeThePatientClientsWhateverTheOthersDo() throws Exception {
        List<Future<String>> patient = new ArrayList<>();
        List<Future<String>> all = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            int number = i;
            Future<String> client = threads.submit(() -> run(number));
            all.add(client);
            if (i % 5 == 0) {
                patient.add(client);
            }
        }
        for (int i = 0; i < patient.size(); i++) {
            assertThat(patient.get(i).get()).isEqualTo(answer("page /" + 5 * i));
        }
        for (Future<String> client : all) {
            client.get(); // none has failed
        }
        try (Socket last = connect()) {
            write(last, get("/last"));
            assertThat(read(last, answer("page /last"))).isEqualTo(answer("page /last"));
        }
    }

    private String run(int number) throws IOException {
        try (Socket client = connect()) {
            String request = get("/" + number);
            switch (number % 5) {
                case 1 -> client.setSoLinger(true, 0); // has not asked, and resets the connection
                case 2 -> write(client, request); // does not read its answer
                case 3 -> write(client, request.substring(0, 12)); // has asked half
                case 4 -> {
                    write(client, request.repeat(200)); // hangs up while much is unread
                    client.setSoLinger(true, 0);
                }
                default -> {
                    write(client, request);
                    return read(client, answer("page /" + number));
                }
            }
            return "";
        }
    }
}
