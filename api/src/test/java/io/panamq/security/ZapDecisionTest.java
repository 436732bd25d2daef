// SPDX-License-Identifier: Apache-2.0
package io.panamq.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.DealerSocket;
import io.panamq.Message;
import io.panamq.MonitorEvent;
import io.panamq.Multipart;
import io.panamq.SocketOption;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.Logged;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests callbacks that are slow, that fail or that flood, and requests that are garbage. */
@SuppressWarnings("try") // what is open for the time of a block only
class ZapDecisionTest extends WithPeers {
    private static final String ZAP = "inproc://zeromq.zap.01";

    private Server plainServer() {
        return new Server(
                Wire.TCP,
                socket -> {
                    socket.security().plainServer();
                    socket.security().authenticate("sales");
                });
    }

    private ZapAuthenticator with(Function<ZapRequest, ZapReply> callback) {
        return ZapAuthenticator.builder(context).onRequest("sales", callback).start();
    }

    // ---- callbacks

    @ParameterizedTest
    @EnumSource(Wire.class)
    void shouldTellTheCallbackAboutThePeerAndThePeersMessagesWhatItSaid(Wire wire)
            throws Exception {
        BlockingQueue<ZapRequest> requests = new LinkedBlockingQueue<>();
        Function<ZapRequest, ZapReply> callback =
                request -> {
                    requests.add(request);
                    return ZapReply.accept("number 7").with("X-Team", "blue").with("empty", "");
                };
        try (var authenticator = with(callback)) {
            Server server =
                    new Server(
                            wire,
                            socket -> {
                                socket.security().plainServer();
                                socket.security().authenticate("sales");
                            });

            try (Message message =
                    server.awaitAccepted(
                            "hello", client -> client.security().plainClient("anna", "secret"))) {
                assertThat(message.metadata("User-Id")).contains("number 7");
                assertThat(message.metadata("X-Team")).contains("blue");
                assertThat(message.metadata("empty")).contains("");
            }
        }
        ZapRequest request = requests.poll(1, TimeUnit.SECONDS);
        assertThat(request.domain()).isEqualTo("sales");
        assertThat(request.routingId()).isEmpty();
        assertThat(request.credentials()).isEqualTo(new ZapCredentials.Plain("anna", "secret"));
        assertThat(request.isFrom("127.0.0.0/8")).isEqualTo(wire != Wire.IPC);
        assertThat(request.isFrom("ipc")).isEqualTo(wire == Wire.IPC);
        assertThat(request.toString()).doesNotContain("secret").doesNotContain("anna");
    }

    @ParameterizedTest
    @EnumSource(ZapReply.Status.class)
    void shouldDoWhatTheCallbackDecides(ZapReply.Status status) {
        var reply = new ZapReply(status, "because", "", java.util.Map.of());
        try (var authenticator = with(request -> reply)) {
            Server server = plainServer();
            if (status == ZapReply.Status.ACCEPTED) {
                server.awaitAccepted("hello", client -> client.security().plainClient("a", "b"))
                        .close();
            } else {
                server.awaitRefused(
                        status.code(), client -> client.security().plainClient("a", "b"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldRefuseAndGoOnIfACallbackFails(boolean elsewhere) {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try (var logged = Logged.at(ZapAuthenticator.class.getName())) {
            var builder =
                    ZapAuthenticator.builder(context)
                            .acceptPlain("*", "known", "password")
                            .onRequest("sales", ZapDecisionTest::fail);
            try (var authenticator = (elsewhere ? builder.executor(executor) : builder).start()) {
                Server server = plainServer();
                for (String user : List.of("exception", "null", "error")) {
                    server.awaitRefused(
                            500, client -> client.security().plainClient(user, "hidden"));
                }
                logged.await("a callback failed", "StackOverflowError");
                logged.await("a callback failed", "returned null");

                server.awaitAccepted(
                                "hello",
                                client -> client.security().plainClient("known", "password"))
                        .close();
            }
        } finally {
            executor.shutdown();
        }
    }

    private static ZapReply fail(ZapRequest request) {
        return switch (((ZapCredentials.Plain) request.credentials()).user()) {
            case "exception" -> throw new IllegalStateException("planned");
            case "error" -> throw new StackOverflowError();
            default -> null;
        };
    }

    @Test
    void shouldAnswerOthersWhileACallbackWaits() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch decided = new CountDownLatch(1);
        ExecutorService executor = Executors.newCachedThreadPool();
        try (var authenticator =
                ZapAuthenticator.builder(context)
                        .acceptPlain("sales", "quick", "password")
                        .onRequest(
                                "sales",
                                request -> {
                                    asked.countDown();
                                    await(decided);
                                    return ZapReply.accept("slow");
                                })
                        .executor(executor)
                        .start()) {
            Server server = plainServer();
            server.client("slow", client -> client.security().plainClient("slow", "password"));
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();

            server.awaitAccepted(
                            "quick", client -> client.security().plainClient("quick", "password"))
                    .close();
            decided.countDown();
            assertThat(Deadline.text(server.socket)).isEqualTo("slow");
        } finally {
            executor.shutdown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void shouldReplyOnceWhateverTheExecutorDoes() {
        List<java.util.concurrent.Executor> executors =
                List.of(
                        task -> {
                            throw new RejectedExecutionException("full");
                        },
                        task -> {
                            task.run();
                            throw new RejectedExecutionException("too late");
                        },
                        task -> {
                            task.run();
                            task.run();
                            throw new IllegalStateException("mad");
                        });
        List<Integer> statuses = new ArrayList<>();
        for (var executor : executors) {
            try (var authenticator =
                            ZapAuthenticator.builder(context)
                                    .onRequest("*", request -> ZapReply.refuse("no"))
                                    .executor(executor)
                                    .start();
                    DealerSocket asker = context.dealer()) {
                asker.connect(ZAP);
                ask(asker, "", "1.0", "id", "d", "1.2.3.4", "", "NULL");
                statuses.add(statusOfReply(asker));
                ask(asker, "", "2.0", "id", "d", "1.2.3.4", "", "NULL");
                assertThat(statusOfReply(asker)).isEqualTo(500);
                assertThat(asker.receive(Deadline.GRACE)).isEmpty();
            }
        }
        assertThat(statuses).containsExactly(300, 300, 500);
    }

    private static void ask(DealerSocket asker, String... frames) {
        Deadline.send(asker, frames);
    }

    private static int statusOfReply(DealerSocket asker) {
        try (Multipart reply = Deadline.multipart(asker)) {
            assertThat(reply.size()).isEqualTo(7);
            assertThat(reply.getString(0)).isEmpty();
            assertThat(reply.getString(1)).isEqualTo("1.0");
            return Integer.parseInt(reply.getString(3));
        }
    }

    // ---- garbage

    @Test
    void shouldAnswerGarbageAndGoOn() {
        try (var authenticator = with(request -> ZapReply.accept(""));
                DealerSocket asker = context.dealer()) {
            asker.connect(ZAP);
            for (String[] request :
                    new String[][] {
                        {""},
                        {"", ""},
                        {"", "1.0", "1"},
                        {"x", "1.0", "1", "sales", "", "", "NULL"},
                        {"", "1.1", "1", "sales", "", "", "NULL"},
                    }) {
                ask(asker, request);
                assertThat(statusOfReply(asker)).as(String.join("|", request)).isEqualTo(500);
            }
            for (String[] request :
                    new String[][] {
                        {"", "1.0", "1", "sales", "", "", ""},
                        {"", "1.0", "1", "sales", "", "", "null"},
                        {"", "1.0", "1", "sales", "", "", "NULL", "more"},
                        {"", "1.0", "1", "sales", "", "", "PLAIN", "user"},
                        {"", "1.0", "1", "sales", "", "", "PLAIN", "user", "password", "more"},
                        {"", "1.0", "1", "sales", "", "", "CURVE"},
                        {"", "1.0", "1", "sales", "", "", "CURVE", "short"},
                        {"", "1.0", "1", "sales", "", "", "GSSAPI"},
                        {"", "1.0", "1", "other", "", "", "NULL"},
                    }) {
                ask(asker, request);
                assertThat(statusOfReply(asker)).as(String.join("|", request)).isEqualTo(400);
            }
            ask(asker, "", "1.0", "", "sales", "no address", "", "GSSAPI", "anna@REALM");
            assertThat(statusOfReply(asker)).isEqualTo(200);
        }
    }

    @Test
    void shouldEchoTheIdOfTheRequestAsItIs() {
        byte[] id = {0, (byte) 0xFF, (byte) 0xC3, 10};
        try (var authenticator = with(request -> ZapReply.accept("user"));
                DealerSocket asker = context.dealer()) {
            asker.connect(ZAP);
            try (Multipart request = Multipart.of("", "1.0")) {
                request.add(id).add("sales").add("").add("").add("NULL");
                Deadline.send(asker, request);
            }
            try (Multipart reply = Deadline.multipart(asker)) {
                assertThat(reply.getBytes(2)).isEqualTo(id);
                assertThat(reply.getString(5)).isEqualTo("user");
            }
        }
    }

    // ---- floods

    /** Who asks and does not read its replies, or goes before them, keeps nobody else out. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldNotWaitForWhoDoesNotReadItsReplies(boolean goes) {
        CountDownLatch asked = new CountDownLatch(1);
        try (var logged = Logged.at(ZapAuthenticator.class.getName());
                var authenticator =
                        ZapAuthenticator.builder(context)
                                .acceptPlain("sales", "anna", "secret")
                                .onRequest(
                                        "slow",
                                        request -> {
                                            await(asked);
                                            return ZapReply.accept("late");
                                        })
                                .start()) {
            Server server = plainServer();
            DealerSocket asker = context.dealer();
            asker.set(SocketOption.SNDHWM, 10);
            asker.set(SocketOption.RCVHWM, 10);
            asker.connect(ZAP);
            ask(asker, "", "1.0", "1", "slow", "", "", "NULL");
            int sent = 1;
            while (trySend(asker)) {
                sent++;
            }
            assertThat(sent).isGreaterThan(10);
            if (goes) {
                asker.close();
            }
            asked.countDown();
            for (int i = 0; i < 2000 && !goes; i++) {
                ask(asker, "", "1.0", "1", "sales", "", "", "NULL");
            }

            server.awaitAccepted("hello", client -> client.security().plainClient("anna", "secret"))
                    .close();

            logged.assertNone("ERROR");
            logged.assertNone("SEVERE");
            asker.close();
        }
    }

    private static boolean trySend(DealerSocket asker) {
        return asker.trySend(Multipart.of("", "1.0", "1", "sales", "", "", "NULL"));
    }

    @Test
    void shouldAnswerAFloodAndLetInAClientMeanwhile() {
        try (var authenticator =
                        ZapAuthenticator.builder(context)
                                .acceptPlain("sales", "anna", "secret")
                                .start();
                DealerSocket asker = context.dealer()) {
            Server server = plainServer();
            asker.set(SocketOption.SNDHWM, 0);
            asker.set(SocketOption.RCVHWM, 0);
            asker.connect(ZAP);
            int count = 20_000;
            for (int i = 0; i < count; i++) {
                ask(asker, "", "1.0", "1", "sales", "", "", i % 2 == 0 ? "NULL" : "garbage");
            }

            server.awaitAccepted("hello", client -> client.security().plainClient("anna", "secret"))
                    .close();
            for (int i = 0; i < count; i++) {
                assertThat(statusOfReply(asker)).isEqualTo(400);
            }
        }
    }

    // ---- the end

    @Test
    void shouldCloseInTimeAlthoughACallbackDoesNotReturn() {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch forever = new CountDownLatch(1);
        var authenticator =
                with(
                        request -> {
                            asked.countDown();
                            await(forever);
                            return ZapReply.accept("");
                        });
        Server server = plainServer();
        server.client("waits", client -> client.security().plainClient("a", "b"));
        await(asked);

        var closing = Background.run(authenticator::close);

        assertThat(closing.result()).isNull();
        assertThat(authenticator.isClosed()).isTrue();
        assertThat(server.socket.receive(Deadline.GRACE)).isEmpty();
        forever.countDown();
    }

    @Test
    void shouldDropWhatAnExecutorDecidesAfterTheEnd() {
        List<Runnable> tasks = new ArrayList<>();
        var authenticator =
                ZapAuthenticator.builder(context)
                        .onRequest("sales", request -> ZapReply.accept(""))
                        .executor(tasks::add)
                        .start();
        Server server = plainServer();
        server.client("waits", client -> client.security().plainClient("a", "b"));
        Deadline.until("the callback is asked", () -> !tasks.isEmpty());
        authenticator.close();

        tasks.forEach(Runnable::run);

        assertThat(server.socket.receive(Deadline.GRACE)).isEmpty();
    }

    @Test
    void shouldEndWithItsContext() {
        var authenticator = with(request -> ZapReply.accept(""));
        Server server = plainServer();
        server.client("hello", client -> client.security().plainClient("a", "b"));
        assertThat(Deadline.text(server.socket)).isEqualTo("hello");

        assertThat(context.close(Deadline.LIMIT).terminated()).isTrue();

        Deadline.until("it has ended", authenticator::isClosed);
        authenticator.close();
        assertThat(authenticator).hasToString("ZapAuthenticator[closed]");
    }

    @Test
    void shouldTellThatAServerGotNoAnswer() {
        var authenticator =
                ZapAuthenticator.builder(context)
                        .onRequest("sales", request -> ZapReply.accept(""))
                        .executor(task -> {})
                        .start();
        Server server =
                new Server(
                        Wire.TCP,
                        socket -> {
                            socket.set(
                                    SocketOption.HANDSHAKE_IVL, java.time.Duration.ofMillis(100));
                            socket.security().plainServer();
                            socket.security().authenticate("sales");
                        });
        server.client("waits", client -> client.security().plainClient("a", "b"));

        server.awaitEvent(MonitorEvent.Disconnected.class);

        authenticator.close();
    }
}
