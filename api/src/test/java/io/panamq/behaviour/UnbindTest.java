// SPDX-License-Identifier: Apache-2.0
package io.panamq.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.panamq.Context;
import io.panamq.Message;
import io.panamq.MonitorEvent;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.SendingSocket;
import io.panamq.SocketMonitor;
import io.panamq.SocketOption;
import io.panamq.bindings.NativeLibrary;
import io.panamq.error.Errno;
import io.panamq.error.ZmqException;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests what an unbind does to the peers and to the address, over what has connections. */
class UnbindTest extends WithContext {
    private static final byte[] CONTENT = new byte[10_000];

    static List<String> endpoints() {
        return List.of(Transport.TCP.fresh(), Transport.IPC.fresh(), "ws://127.0.0.1:*");
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void shouldEndConnectionsOfASocketThatIsNotUsed(String wanted) {
        assumeTrue(NativeLibrary.isHardened("unbind"), "another libzmq needs a call of the socket");
        PullSocket pull = context.pull();
        PushSocket push = context.push();
        String endpoint = pull.bind(wanted);
        try (SocketMonitor monitor = push.monitor()) {
            push.connect(endpoint);
            push.send("1");
            push.send("2");
            assertThat(Deadline.text(pull)).isEqualTo("1");

            pull.unbind(endpoint);

            await(monitor, MonitorEvent.Disconnected.class);
            push.send("3");
        }
        pull.bind(endpoint);
        assertThat(Deadline.text(pull)).as("was received before").isEqualTo("2");
        assertThat(Deadline.text(pull)).as("came after the next bind").isEqualTo("3");
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void shouldEndConnectionsAtOnceWithoutLinger(String wanted) {
        assumeTrue(NativeLibrary.isHardened("unbind"), "another libzmq needs a call of the socket");
        PushSocket push = context.push();
        PullSocket pull = context.pull();
        String endpoint = push.bind(wanted);
        pull.connect(endpoint);
        fill(push);
        try (SocketMonitor monitor = pull.monitor()) {
            push.unbind(endpoint);

            while (pull.tryReceive().map(UnbindTest::close).orElse(false)
                    || !sees(monitor, MonitorEvent.Disconnected.class)) {
                // What has arrived is read, so that the end of the connection can be seen.
            }
        }
        assertThat(push.trySend("nobody is there")).isFalse();
    }

    /** The peer reads slowly: most of it is queued when the endpoint is unbound. */
    @ParameterizedTest
    @MethodSource("endpoints")
    void shouldSendWhatIsQueuedForThePeers(String wanted) {
        assumeTrue(NativeLibrary.isHardened("unbind"), "another libzmq drops it");
        for (boolean closes : new boolean[] {false, true}) {
            PushSocket push = context.push();
            PullSocket pull = context.pull();
            push.set(SocketOption.LINGER, Deadline.LIMIT);
            pull.set(SocketOption.RCVHWM, 5);
            String endpoint = push.bind(wanted);
            pull.connect(endpoint);
            int sent = fill(push);

            push.unbind(endpoint);
            if (closes) {
                push.close();
            } else {
                assertThat(push.trySend("nobody is there")).isFalse();
            }

            for (int i = 0; i < sent; i++) {
                try (Message message = Deadline.receive(pull)) {
                    assertThat(message.size()).as("message %s of %s", i, sent).isEqualTo(10_000);
                }
            }
            pull.close();
            push.close();
        }
    }

    /** Sends until no more fits. Returns how many messages were taken. */
    private static int fill(SendingSocket push) {
        int sent = 0;
        while (push.send(CONTENT, sent == 0 ? Deadline.LIMIT : Deadline.GRACE)) {
            sent++;
        }
        return sent;
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void shouldBindAgainAtOnce(String wanted) {
        PullSocket pull = context.pull();
        String endpoint = pull.bind(wanted);
        for (int i = 0; i < 100; i++) {
            pull.unbind(endpoint);
            assertThat(pull.bind(endpoint)).isEqualTo(endpoint);
        }
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void shouldBindAtOnceWhatAnotherSocketHadUntilItsClose(String wanted) {
        PullSocket pull = context.pull();
        String endpoint = pull.bind(wanted);
        try (Context other = Context.create()) {
            for (int i = 0; i < 50; i++) {
                pull.close();
                pull = (i % 2 == 0 ? other : context).pull();
                assertThat(pull.bind(endpoint)).isEqualTo(endpoint);
            }
        }
    }

    @Test
    void shouldStillRefuseAnAddressThatStaysTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            context.pull().close();
            PullSocket pull = context.pull();
            pull.unbind(pull.bind(Transport.TCP.fresh()));
            long start = System.nanoTime();
            assertThatThrownBy(() -> pull.bind("tcp://127.0.0.1:" + taken.getLocalPort()))
                    .isInstanceOfSatisfying(
                            ZmqException.class,
                            e -> assertThat(e.errno()).isEqualTo(Errno.EADDRINUSE));
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(Duration.ofSeconds(5));
        }
    }

    private static boolean close(Message message) {
        message.close();
        return true;
    }

    private static boolean sees(SocketMonitor monitor, Class<? extends MonitorEvent> type) {
        return monitor.receive(Deadline.GRACE).filter(type::isInstance).isPresent();
    }

    private static void await(SocketMonitor monitor, Class<? extends MonitorEvent> type) {
        Deadline.until(type.getSimpleName(), () -> sees(monitor, type));
    }
}
