// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.panamq.bindings.NativeLibrary;
import io.panamq.bindings.calls.DraftFunctions;
import io.panamq.error.ContextTerminatedException;
import io.panamq.error.Errno;
import io.panamq.error.OperationCancelledException;
import io.panamq.error.OperationInterruptedException;
import io.panamq.error.SocketClosedException;
import io.panamq.error.ZmqException;
import io.panamq.internal.socket.SocketCore;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.PublicMethods;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests what a monitor tells and how it ends, with each version of the events. */
@ParameterizedClass(name = "version {0}")
@MethodSource("versions")
class SocketMonitorTest extends WithContext {
    private final int version;

    SocketMonitorTest(int version) {
        this.version = version;
    }

    static Stream<Integer> versions() {
        return DraftFunctions.hasVersionedMonitor() ? Stream.of(1, 2) : Stream.of(1);
    }

    private SocketMonitor monitor(Socket socket) {
        SocketCore core = Internals.core(socket);
        core.enter("monitor");
        try {
            return SocketMonitor.start(socket.context().core, core, version);
        } finally {
            core.exit();
        }
    }

    private static MonitorEvent next(SocketMonitor monitor) {
        return monitor.receive(Deadline.LIMIT)
                .orElseThrow(() -> new AssertionError("no event at " + monitor));
    }

    /** Returns the next event of this type, and skips other events. */
    private static <E extends MonitorEvent> E next(SocketMonitor monitor, Class<E> type) {
        List<MonitorEvent> skipped = new ArrayList<>();
        while (true) {
            MonitorEvent event =
                    monitor.receive(Deadline.LIMIT)
                            .orElseThrow(() -> new AssertionError("only " + skipped));
            if (type.isInstance(event)) {
                return type.cast(event);
            }
            skipped.add(event);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"TCP", "IPC"})
    void shouldTellBothEndsOfAConnection(Transport transport) {
        PullSocket server = context.pull();
        PushSocket client = context.push();
        SocketMonitor ofServer = monitor(server);
        SocketMonitor ofClient = monitor(client);
        assertThat(ofServer.tryReceive()).isEmpty();
        String endpoint = server.bind(transport.fresh());
        assertThat(next(ofServer))
                .isInstanceOfSatisfying(
                        MonitorEvent.Listening.class,
                        event -> assertThat(event.local()).isEqualTo(endpoint));
        client.connect(endpoint);

        assertThat(next(ofServer))
                .isInstanceOfSatisfying(
                        MonitorEvent.Accepted.class,
                        event -> {
                            assertThat(event.local()).isEqualTo(endpoint);
                            assertThat(event.remote().isEmpty()).isEqualTo(version == 1);
                            assertThat(event.fd()).isPositive();
                        });
        assertThat(next(ofServer))
                .isInstanceOfSatisfying(
                        MonitorEvent.HandshakeSucceeded.class,
                        event -> assertThat(event.local()).isEqualTo(endpoint));
        assertThat(next(ofClient, MonitorEvent.Connected.class).remote()).isEqualTo(endpoint);
        MonitorEvent ready = next(ofClient);
        assertThat(ready).isInstanceOf(MonitorEvent.HandshakeSucceeded.class);
        assertThat(ready.remote()).isEqualTo(endpoint);
        assertThat(ready.local().isEmpty()).isEqualTo(version == 1);

        client.close();
        assertThat(next(ofServer).local()).as("closed or disconnected").isEqualTo(endpoint);
        assertThat(next(ofClient, MonitorEvent.MonitorStopped.class)).isNotNull();
    }

    @Test
    void shouldTellOfAttemptsToConnectToNobody() {
        PushSocket client = context.push();
        client.set(SocketOption.RECONNECT_IVL, Duration.ofMillis(10));
        SocketMonitor monitor = monitor(client);
        client.connect(Transport.nowhere());

        assertThat(next(monitor)).isInstanceOf(MonitorEvent.ConnectDelayed.class);
        var retried = next(monitor, MonitorEvent.ConnectRetried.class);
        assertThat(retried.remote()).isEqualTo(Transport.nowhere());
        assertThat(retried.interval()).isBetween(Duration.ofMillis(10), Duration.ofMillis(40));
        assertThat(monitor.awaitConnected(Duration.ofMillis(20))).isFalse();
        assertThat(monitor.awaitConnected(Duration.ZERO)).isFalse();
    }

    @Test
    void shouldTellWhyABindFailed() {
        PullSocket one = context.pull();
        PullSocket two = context.pull();
        String endpoint = one.bind(Transport.TCP.fresh());
        SocketMonitor monitor = monitor(two);
        assertThatThrownBy(() -> two.bind(endpoint)).isInstanceOf(ZmqException.class);

        assertThat(next(monitor, MonitorEvent.BindFailed.class).errno())
                .isEqualTo(Errno.EADDRINUSE);
    }

    @Test
    void shouldTellThatThePeerHasAnotherMechanism() {
        PullSocket server = context.pull();
        server.security().curveServer(Curve.keyPair());
        SocketMonitor monitor = monitor(server);
        PushSocket client = context.push();
        client.connect(server.bind(Transport.TCP.fresh()));

        var failed = next(monitor, MonitorEvent.ProtocolFailed.class);

        assertThat(failed).isInstanceOf(MonitorEvent.HandshakeFailure.class);
        assertThat(failed.error()).isEqualTo(ProtocolError.ZMTP_MECHANISM_MISMATCH);
        assertThat(failed.number()).isEqualTo(0x11000002);
    }

    @Test
    void shouldTellThatNobodyAuthenticates() {
        PullSocket server = context.pull();
        server.security().plainServer();
        SocketMonitor monitor = monitor(server);
        PushSocket client = context.push();
        client.security().plainClient("user", "password");
        client.connect(server.bind(Transport.TCP.fresh()));

        MonitorEvent.HandshakeFailure failed = next(monitor, MonitorEvent.HandshakeFailure.class);

        assertThat(failed)
                .isInstanceOfSatisfying(
                        MonitorEvent.HandshakeFailed.class,
                        event -> assertThat(event.errno()).isEqualTo(Errno.EFAULT));
    }

    @Test
    void shouldTellThatTheAuthenticatorRefused() {
        RepSocket zap = context.rep();
        zap.bind("inproc://zeromq.zap.01");
        PullSocket server = context.pull();
        server.security().plainServer();
        SocketMonitor monitor = monitor(server);
        PushSocket client = context.push();
        client.security().plainClient("user", "wrong");
        client.connect(server.bind(Transport.TCP.fresh()));
        try (Multipart request = Deadline.multipart(zap)) {
            Deadline.send(zap, "1.0", request.getString(1), "400", "no", "", "");
        }

        var failed = next(monitor, MonitorEvent.AuthenticationFailed.class);

        assertThat(failed.status()).isEqualTo(400);
    }

    @Test
    void shouldTellOfAPeerThatSpeaksNoZmtp() throws Exception {
        PullSocket server = context.pull();
        SocketMonitor monitor = monitor(server);
        String endpoint = server.bind(Transport.TCP.fresh());
        int port = Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1));
        try (var peer = new java.net.Socket(InetAddress.getLoopbackAddress(), port)) {
            peer.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(next(monitor, MonitorEvent.Disconnected.class).local()).isEqualTo(endpoint);
    }

    // ---- awaitConnected

    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"TCP", "IPC"})
    void shouldAwaitAPeerOnBothEnds(Transport transport) {
        PullSocket server = context.pull();
        SocketMonitor ofServer = monitor(server);
        String endpoint = server.bind(transport.fresh());
        for (int i = 0; i < 3; i++) {
            PushSocket client = context.push();
            try (SocketMonitor ofClient = monitor(client)) {
                client.connect(endpoint);
                assertThat(ofClient.awaitConnected(Deadline.LIMIT)).isTrue();
            }
        }
        for (int i = 0; i < 3; i++) {
            assertThat(ofServer.awaitConnected(Deadline.LIMIT)).isTrue();
        }
        assertThat(ofServer.awaitConnected(Duration.ofMillis(5))).isFalse();
    }

    @Test
    void shouldAwaitAPeerThatComesLater() throws Exception {
        PushSocket client = context.push();
        client.set(SocketOption.RECONNECT_IVL, Duration.ofMillis(5));
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        SocketMonitor monitor = monitor(client);
        client.connect("tcp://127.0.0.1:" + port);
        next(monitor, MonitorEvent.ConnectRetried.class);
        monitor.handOver();
        var waiting = Background.blocked(() -> monitor.awaitConnected(Deadline.LIMIT));

        context.pull().bind("tcp://127.0.0.1:" + port);

        assertThat(waiting.result()).isTrue();
    }

    @Test
    void shouldSeeAnInterruptWhileEventsAreThere() {
        PullSocket server = context.pull();
        PushSocket client = context.push();
        SocketMonitor monitor = monitor(client);
        client.connect(server.bind(Transport.TCP.fresh()));
        client.send("connected");
        assertThat(Deadline.text(server)).isEqualTo("connected");
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> monitor.awaitConnected(Deadline.LIMIT))
                    .isInstanceOf(OperationInterruptedException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(monitor.awaitConnected(Deadline.LIMIT)).isTrue();
    }

    // ---- life

    @Test
    void shouldGiveALastEventWhenTheSocketIsClosed() {
        PairSocket socket = context.pair();
        SocketMonitor monitor = monitor(socket);
        monitor.handOver();
        var waiting = Background.blocked(monitor::receive);

        socket.close();

        assertThat(waiting.result()).isInstanceOf(MonitorEvent.MonitorStopped.class);
        monitor.close();
    }

    @Test
    void shouldEndAWaitThatIsCancelledAndLoseNoEvent() {
        PullSocket pull = context.pull();
        SocketMonitor monitor = monitor(pull);
        monitor.handOver();
        var cancelled = new CountDownLatch(1);
        var waiting =
                Background.blocked(
                        () -> {
                            assertThatThrownBy(monitor::receive)
                                    .isInstanceOf(OperationCancelledException.class);
                            cancelled.countDown();
                            return monitor.receive();
                        });

        monitor.cancel();
        Deadline.until("the first wait has ended", () -> cancelled.getCount() == 0);
        pull.bind(Transport.TCP.fresh());

        assertThat(waiting.result()).isInstanceOf(MonitorEvent.Listening.class);
    }

    @Test
    void shouldRefuseToWaitAfterTheLastEvent() {
        PairSocket socket = context.pair();
        SocketMonitor monitor = monitor(socket);
        socket.close();
        assertThat(next(monitor)).isInstanceOf(MonitorEvent.MonitorStopped.class);

        assertThatThrownBy(monitor::receive)
                .isInstanceOf(SocketClosedException.class)
                .hasMessageContaining("last event");
        assertThatThrownBy(monitor::tryReceive).isInstanceOf(SocketClosedException.class);
        assertThatThrownBy(() -> monitor.awaitConnected(Duration.ZERO))
                .isInstanceOf(SocketClosedException.class);
    }

    @Test
    void shouldLetTheSocketGoOnWhenItIsClosed() {
        PullSocket pull = context.pull();
        SocketMonitor first = monitor(pull);
        assertThatThrownBy(pull::monitor)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("PULL#1")
                .hasMessageContaining("Monitor#2");
        first.close();
        first.close();
        SocketMonitor second = monitor(pull);
        String endpoint = pull.bind(Transport.TCP.fresh());
        assertThat(next(second).local()).isEqualTo(endpoint);
        PushSocket push = context.push();
        push.connect(endpoint);
        push.send("a");

        assertThat(Deadline.text(pull)).isEqualTo("a");
        assertThat(first.isClosed()).isTrue();
        assertThat(first).hasToString("Monitor#2 of PULL#1 (closed)");
    }

    @Test
    void shouldNeverMakeTheSocketWaitForAReader() {
        PullSocket pull = context.pull();
        SocketMonitor monitor = monitor(pull);
        // These events would fill two queues of 1000, and libzmq would wait in bind for ever.
        for (int i = 0; i < 1500; i++) {
            pull.unbind(pull.bind(Transport.TCP.fresh()));
        }
        int listening = 0;
        MonitorEvent event = next(monitor);
        while (listening < 1500) {
            listening += event instanceof MonitorEvent.Listening ? 1 : 0;
            event = listening < 1500 ? next(monitor) : event;
        }
        assertThat(listening).isEqualTo(1500);
    }

    @Test
    void shouldBeClosedByAnyThreadWhileTheSocketIsBusy() {
        PullSocket pull = context.pull();
        PushSocket push = context.push();
        push.connect(pull.bind(Transport.TCP.fresh()));
        pull.handOver();
        push.handOver();
        var receiving =
                Background.start(
                        () -> {
                            int messages = 0;
                            while (!pull.receiveString().equals("end")) {
                                messages++;
                            }
                            pull.handOver();
                            return messages;
                        });
        for (int i = 0; i < 200; i++) {
            SocketMonitor monitor = monitor(push);
            push.connect(Transport.nowhere());
            push.disconnect(Transport.nowhere());
            push.send("a");
            Background.run(monitor::close).result();
        }
        push.send("end");

        assertThat(receiving.result()).isEqualTo(200);
    }

    @Test
    void shouldEndInEveryOrderOfClosing() {
        for (int i = 0; i < 50; i++) {
            PullSocket pull = context.pull();
            SocketMonitor monitor = monitor(pull);
            pull.bind(Transport.TCP.fresh());
            var closer = Background.run(pull::close);
            monitor.close();
            closer.result();
        }
        PullSocket open = context.pull();
        monitor(open);
        open.bind(Transport.TCP.fresh());

        CloseReport report = context.close(Deadline.LIMIT);

        assertThat(report.terminated()).isTrue();
        assertThat(report.stillOpen()).hasSize(2).contains(open.core().name);
    }

    @Test
    void shouldEndAWaitWithAnInterruptACloseAndTheContext() {
        SocketMonitor interrupted = monitor(context.pair());
        var first = Background.blocked(interrupted::receive);
        first.thread().interrupt();
        assertThat(first.failure()).isInstanceOf(OperationInterruptedException.class);

        SocketMonitor closed = monitor(context.pair());
        var second = Background.blocked(closed::receive);
        closed.close();
        assertThat(second.failure()).isInstanceOf(SocketClosedException.class);

        SocketMonitor shutDown = monitor(context.pair());
        var third = Background.blocked(shutDown::receive);
        context.shutdown();
        assertThat(third.failure()).isInstanceOf(ContextTerminatedException.class);
    }

    @Test
    void shouldBePolled() {
        PullSocket pull = context.pull();
        SocketMonitor monitor = monitor(pull);
        try (Poller poller = context.poller()) {
            PollItem item = poller.add(monitor).attach("monitor");
            assertThat(item.monitor()).isSameAs(monitor);
            assertThat(item.socket()).isNull();
            assertThat(poller.tryPoll()).isZero();
            pull.bind(Transport.TCP.fresh());
            assertThat(poller.poll(Deadline.LIMIT)).isEqualTo(1);
            assertThat(next(monitor)).isInstanceOf(MonitorEvent.Listening.class);
            monitor.close();
            assertThat(poller.poll()).isEqualTo(1);
            assertThat(item.isClosed()).isTrue();
        }
    }

    /** What any thread may call, and what belongs to the thread of the watched socket. */
    private static final Set<String> FREE =
            Set.of("close", "cancel", "isClosed", "toString", "requestPipeStatistics");

    private static void assertRefused(SocketMonitor monitor, Class<? extends Throwable> type) {
        List<Method> methods =
                PublicMethods.of(SocketMonitor.class)
                        .filter(method -> !FREE.contains(method.getName()))
                        .toList();
        assertThat(methods).hasSize(6);
        for (Method method : methods) {
            Object[] arguments = PublicMethods.arguments(method.getParameterTypes());
            assertThatThrownBy(() -> PublicMethods.call(method, monitor, arguments))
                    .as(method.toString())
                    .isInstanceOf(type)
                    .hasMessageContaining("Monitor#");
        }
    }

    @Test
    void shouldRefuseEveryMethodAfterCloseAndOnAForeignThread() {
        SocketMonitor monitor = monitor(context.pair());
        monitor.tryReceive();
        Background.run(() -> assertRefused(monitor, WrongThreadException.class)).result();
        monitor.close();
        assertRefused(monitor, SocketClosedException.class);
    }

    /** libzmq lost the reason while it told the monitor. */
    @ParameterizedTest
    @ValueSource(strings = {"tcp://localhost:7999", "ipc:///no/such/folder/name"})
    void shouldNotHideWhyABindFailed(String endpoint) {
        assumeTrue(NativeLibrary.isHardened("monitor-errno"), "another libzmq loses it");
        PullSocket pull = context.pull();
        Throwable without = catchThrowable(() -> pull.bind(endpoint));
        assertThat(without).isInstanceOf(ZmqException.class).hasMessageContaining(endpoint);
        try (SocketMonitor monitor = monitor(pull)) {
            assertThatThrownBy(() -> pull.bind(endpoint)).hasMessage(without.getMessage());

            MonitorEvent.BindFailed failed = next(monitor, MonitorEvent.BindFailed.class);
            assertThat(failed.errno()).isEqualTo(((ZmqException) without).errno());
            assertThat(failed.local() + failed.remote()).isEqualTo(endpoint);
        }
    }
}
