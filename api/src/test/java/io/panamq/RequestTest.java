// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.error.ContextTerminatedException;
import io.panamq.error.OperationCancelledException;
import io.panamq.error.OperationInterruptedException;
import io.panamq.error.SocketClosedException;
import io.panamq.error.ZmqException;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.SettledSlots;
import io.panamq.support.Transport;
import io.panamq.support.Waiter;
import io.panamq.support.WithContext;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests requests of a REQ that are sent again when no reply comes. */
@ExtendWith(SettledSlots.class)
class RequestTest extends WithContext {
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final RetryPolicy PATIENT = new RetryPolicy(1, Deadline.LIMIT);

    private ReqSocket connected(String endpoint) {
        ReqSocket req = context.req();
        req.connect(endpoint);
        req.handOver();
        return req;
    }

    /** Receives a request, and returns its envelope, with which it can be answered at any time. */
    private static Multipart envelope(RouterSocket server, String question) {
        Multipart request = Deadline.multipart(server);
        assertThat(request.getString(request.size() - 1)).isEqualTo(question);
        return request.truncate(request.size() - 1);
    }

    private static void answer(RouterSocket server, Multipart envelope, String text) {
        Deadline.send(server, envelope.add(text));
    }

    private static Background<Optional<String>> asking(ReqSocket req, RetryPolicy retries) {
        return Background.start(() -> ask(req, retries));
    }

    private static Optional<String> ask(ReqSocket req, RetryPolicy retries) {
        Optional<String> reply = req.request("question", retries);
        req.handOver();
        return reply;
    }

    // ---- forms

    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldBeAnsweredInEachForm(Transport transport) {
        RepSocket rep = context.rep();
        ReqSocket req = connected(rep.bind(transport.fresh()));
        rep.handOver();
        Background<Void> server = Background.run(() -> echo(rep, 8));
        byte[] bytes = {0, 1, -1};

        assertThat(req.request("tëxt", Deadline.LIMIT)).contains("tëxt");
        assertThat(req.request("tëxt", PATIENT)).contains("tëxt");
        assertThat(req.request(bytes, Deadline.LIMIT)).contains(bytes);
        assertThat(req.request(bytes, PATIENT)).contains(bytes);
        for (boolean often : new boolean[] {false, true}) {
            Message message = Message.of("x".repeat(100));
            Multipart multipart = Multipart.of("a", "b".repeat(100));
            try (Message reply =
                            (often
                                            ? req.request(message, PATIENT)
                                            : req.request(message, Deadline.LIMIT))
                                    .orElseThrow();
                    Multipart replies =
                            (often
                                            ? req.request(multipart, PATIENT)
                                            : req.request(multipart, Deadline.LIMIT))
                                    .orElseThrow()) {
                assertThat(reply.getString()).isEqualTo("x".repeat(100));
                assertThat(message).hasToString("Message[no content]");
                assertThat(replies).extracting(Message::getString).contains("a", "b".repeat(100));
                assertThat(multipart.isEmpty()).isTrue();
            }
        }
        server.result();
    }

    private static void echo(RepSocket rep, int count) {
        for (int i = 0; i < count; i++) {
            Deadline.send(rep, Deadline.multipart(rep));
        }
        rep.handOver();
    }

    @Test
    void shouldLeaveTheRequestWithTheCallerWhenNobodyAnswers() {
        int before = Internals.slotsInUse();
        RouterSocket server = context.router();
        ReqSocket req = connected(server.bind(Transport.INPROC.fresh()));
        try (Message message = Message.of("x".repeat(100));
                Multipart multipart = Multipart.of("a", "b")) {
            assertThat(req.request(message, Duration.ZERO)).isEmpty();
            assertThat(req.request(multipart, new RetryPolicy(2, Duration.ofMillis(1)))).isEmpty();
            assertThat(message.getString()).isEqualTo("x".repeat(100));
            assertThat(multipart).extracting(Message::getString).containsExactly("a", "b");
            assertThatThrownBy(() -> multipart.add("c"))
                    .as("as after a send that failed")
                    .isInstanceOf(IllegalStateException.class);
            req.close();
            assertThatThrownBy(() -> req.request(message, Duration.ZERO))
                    .isInstanceOf(SocketClosedException.class);
            assertThat(message.size()).isEqualTo(100);
        }
        server.close();
        assertThat(Internals.slotsInUse()).isEqualTo(before);
    }

    /** A request that the program cannot close is given back as after a send that failed. */
    @Test
    void shouldGiveForgottenRequestsBack() {
        RouterSocket server = context.router();
        server.set(SocketOption.RCVHWM, 1);
        ReqSocket req = context.req();
        req.set(SocketOption.SNDHWM, 1);
        req.connect(server.bind(Transport.INPROC.fresh()));
        int before = Internals.slotsInUse();
        for (int i = 0; i < 100; i++) {
            assertThat(req.request(Message.of("x".repeat(100)), Duration.ZERO)).isEmpty();
            assertThat(req.request(Multipart.of("a", "b"), Duration.ZERO)).isEmpty();
        }

        Deadline.until(
                "the garbage collector gives them back",
                () -> {
                    System.gc();
                    return Internals.slotsInUse() <= before;
                });
    }

    @Test
    void shouldRefuseAReplyOfSeveralFramesWhereOneIsReturned() {
        RouterSocket server = context.router();
        ReqSocket req = connected(server.bind(Transport.INPROC.fresh()));
        for (int form = 0; form < 3; form++) {
            int number = form;
            var client =
                    Background.start(
                            () -> {
                                try {
                                    return ask(req, number);
                                } finally {
                                    req.handOver();
                                }
                            });
            answer(server, envelope(server, "question").add("one"), "two");

            assertThat(client.failure())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("request on REQ")
                    .hasMessageContaining("2 frames");
        }
        var client = asking(req, PATIENT);
        answer(server, envelope(server, "question"), "the next is answered");
        assertThat(client.result()).contains("the next is answered");
    }

    private static Optional<?> ask(ReqSocket req, int form) {
        return switch (form) {
            case 0 -> req.request("question", Deadline.LIMIT);
            case 1 -> req.request("question".getBytes(UTF_8), Deadline.LIMIT);
            default -> req.request(Message.of("question"), Deadline.LIMIT);
        };
    }

    // ---- late, twice, never

    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldReturnTheReplyToTheLastAttemptAndNoEarlierOne(Transport transport) {
        RouterSocket server = context.router();
        ReqSocket req = connected(server.bind(transport.fresh()));
        var client = asking(req, new RetryPolicy(2, Duration.ofSeconds(1)));
        Multipart first = envelope(server, "question");
        Multipart second = envelope(server, "question"); // the first was given up

        answer(server, first, "late");
        answer(server, second, "good");

        assertThat(client.result()).contains("good");
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldNotReturnTheReplyToARequestThatWasGivenUp(Transport transport) {
        RouterSocket server = context.router();
        ReqSocket req = connected(server.bind(transport.fresh()));
        assertThat(ask(req, new RetryPolicy(1, SHORT))).isEmpty();
        Multipart first = envelope(server, "question");
        answer(server, first, "too late");
        var client = asking(req, PATIENT);
        Multipart second = envelope(server, "question");

        answer(server, second, "in time");

        assertThat(client.result()).contains("in time");
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldNotTakeASecondReplyForThatToTheNextRequest(Transport transport) {
        RouterSocket server = context.router();
        ReqSocket req = connected(server.bind(transport.fresh()));
        for (int i = 0; i < 3; i++) {
            var client = asking(req, PATIENT);
            try (Multipart envelope = envelope(server, "question")) {
                Multipart twice = envelope.share();
                answer(server, envelope, "reply " + i);
                answer(server, twice, "again " + i);
            }
            assertThat(client.result()).contains("reply " + i);
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldAskAsOftenAsToldAndGiveUp(Transport transport) {
        RouterSocket server = context.router();
        ReqSocket req = connected(server.bind(transport.fresh()));
        long start = System.nanoTime();

        assertThat(ask(req, new RetryPolicy(3, SHORT))).isEmpty();

        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertThat(took).isGreaterThanOrEqualTo(SHORT.multipliedBy(3));
        for (int i = 0; i < 3; i++) {
            envelope(server, "question").close();
        }
        assertThat(server.receiveMultipart(Deadline.GRACE)).isEmpty();
    }

    /** A plain request before and after must not be disturbed either. */
    @Test
    void shouldWorkBetweenPlainSendsAndReceives() {
        RouterSocket server = context.router();
        ReqSocket req = connected(server.bind(Transport.TCP.fresh()));
        req.send("plain"); // is never answered in time
        Multipart plain = envelope(server, "plain");
        req.handOver();
        var client = asking(req, PATIENT);
        Multipart asked = envelope(server, "question");
        answer(server, plain, "too late");
        answer(server, asked, "asked");
        assertThat(client.result()).contains("asked");

        req.send("plain again");
        answer(server, envelope(server, "plain again"), "plain reply");
        assertThat(Deadline.text(req)).isEqualTo("plain reply");
    }

    // ---- servers that go and come

    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"TCP", "IPC"})
    void shouldBeAnsweredByAServerThatDiedAndCameBack(Transport transport) {
        RepSocket first = context.rep();
        String endpoint = first.bind(transport.fresh());
        ReqSocket req = context.req();
        req.set(SocketOption.IMMEDIATE, true);
        req.connect(endpoint);
        req.handOver();
        var client = asking(req, new RetryPolicy(100, SHORT));
        assertThat(Deadline.text(first)).isEqualTo("question");
        first.close(); // without an answer

        RepSocket second = context.rep();
        Deadline.until("the endpoint is free", () -> isBound(second, endpoint));
        assertThat(Deadline.text(second)).isEqualTo("question");
        second.send("from the second server");

        assertThat(client.result()).contains("from the second server");
    }

    private static boolean isBound(RepSocket rep, String endpoint) {
        try {
            return rep.bind(endpoint).equals(endpoint);
        } catch (ZmqException e) {
            return false; // the old one is still being closed
        }
    }

    @Test
    void shouldQueueNoAttemptsForAServerThatIsNotThereIfToldSo() {
        RouterSocket reserved = context.router();
        String endpoint = reserved.bind(Transport.TCP.fresh());
        reserved.unbind(endpoint);
        reserved.close();
        ReqSocket req = context.req();
        req.set(SocketOption.IMMEDIATE, true);
        req.connect(endpoint);
        assertThat(ask(req, new RetryPolicy(3, Duration.ofMillis(20)))).isEmpty();
        RepSocket rep = context.rep();
        Deadline.until("the endpoint is free", () -> isBound(rep, endpoint));
        rep.handOver();
        var server = Background.run(() -> echo(rep, 1));

        assertThat(ask(req, PATIENT)).contains("question");

        server.result();
        assertThat(rep.tryReceive()).as("another attempt").isEmpty();
    }

    // ---- ends of the wait

    @ParameterizedTest
    @EnumSource(Waiter.class)
    void shouldEndOnCancelInterruptCloseAndShutdown(Waiter waiter) {
        RouterSocket server = context.router();
        String endpoint = server.bind(Transport.INPROC.fresh());
        ReqSocket cancelled = connected(endpoint);
        ReqSocket closed = connected(endpoint);
        ReqSocket interrupted = connected(endpoint);
        ReqSocket shutDown = connected(endpoint);
        var cancelling = waiter.blocked(() -> ask(cancelled, PATIENT));
        var closing = waiter.blocked(() -> ask(closed, PATIENT));
        var interrupting = waiter.blocked(() -> ask(interrupted, PATIENT));
        var ending = waiter.blocked(() -> ask(shutDown, PATIENT));

        cancelled.cancel();
        assertThat(cancelling.failure()).isInstanceOf(OperationCancelledException.class);
        closed.close();
        assertThat(closing.failure()).isInstanceOf(SocketClosedException.class);
        interrupting.thread().interrupt();
        assertThat(interrupting.failure()).isInstanceOf(OperationInterruptedException.class);
        context.shutdown();
        assertThat(ending.failure()).isInstanceOf(ContextTerminatedException.class);
    }

    /** Attempts without a wait must not keep the call from seeing that it shall end. */
    @Test
    void shouldSeeACancellationBetweenAttemptsThatDoNotWait() {
        ReqSocket req = context.req();
        var client =
                Background.start(() -> ask(req, new RetryPolicy(Integer.MAX_VALUE, Duration.ZERO)));
        req.cancel();

        assertThat(client.failure()).isInstanceOf(OperationCancelledException.class);
    }

    @Test
    void shouldRefuseAPolicyThatCannotBe() {
        assertThatThrownBy(() -> new RetryPolicy(0, SHORT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("attempts is less than 1: 0");
        assertThatThrownBy(() -> new RetryPolicy(1, Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        ReqSocket req = context.req();
        assertThatThrownBy(() -> req.request("x", Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> req.request(Multipart.create(), SHORT))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
