// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What ends a call that waits. */
class BlockedCallTest extends WithContext {
    private PairSocket socket;

    /** Calls that wait for ever: nobody is connected. */
    enum Call {
        RECEIVE,
        RECEIVE_FOR_A_TIME,
        RECEIVE_BYTES,
        RECEIVE_MULTIPART,
        SEND,
        SEND_FOR_A_TIME,
        SEND_MULTIPART;

        Callable<Object> on(PairSocket socket) {
            return switch (this) {
                case RECEIVE -> socket::receive;
                case RECEIVE_FOR_A_TIME -> () -> socket.receive(Deadline.LIMIT.multipliedBy(2));
                case RECEIVE_BYTES -> socket::receiveBytes;
                case RECEIVE_MULTIPART -> socket::receiveMultipart;
                case SEND -> () -> socket.send("nobody");
                case SEND_FOR_A_TIME -> () -> socket.send("n", Deadline.LIMIT.multipliedBy(2));
                case SEND_MULTIPART -> () -> socket.send(Multipart.of("a", "b"));
            };
        }
    }

    private Background<Object> blocked(Call call) {
        socket = context.pair();
        return Background.blocked(call.on(socket));
    }

    @ParameterizedTest
    @EnumSource(Call.class)
    void shouldEndWithAnInterruptAndLeaveTheSocketUsable(Call call) {
        PairSocket pair = context.pair();
        Callable<Object> waiting = call.on(pair);
        var blocked =
                Background.blocked(
                        () -> {
                            OperationInterruptedException caught = null;
                            try {
                                waiting.call();
                            } catch (OperationInterruptedException e) {
                                caught = e;
                            }
                            boolean flag = Thread.interrupted();
                            PairSocket peer = context.pair();
                            pair.connect(peer.bind(Transport.INPROC.fresh()));
                            pair.send("still usable");
                            return List.<Object>of(caught, flag, Deadline.text(peer));
                        });

        blocked.thread().interrupt();

        List<Object> found = blocked.result();
        assertThat((Throwable) found.get(0))
                .isInstanceOfSatisfying(
                        OperationInterruptedException.class,
                        e -> assertThat(e.errno()).isEqualTo(Errno.EINTR))
                .hasMessageContaining("interrupted");
        assertThat(found.get(1)).as("flag").isEqualTo(true);
        assertThat(found.get(2)).isEqualTo("still usable");
    }

    @ParameterizedTest
    @EnumSource(Call.class)
    void shouldEndWhenAnotherThreadClosesTheSocket(Call call) {
        var blocked = blocked(call);

        socket.close();

        assertThat(blocked.failure())
                .isInstanceOf(SocketClosedException.class)
                .hasMessageContaining("PAIR#1");
    }

    @ParameterizedTest
    @EnumSource(Call.class)
    void shouldEndWhenTheContextIsClosed(Call call) {
        var blocked = blocked(call);

        assertThat(context.close(Deadline.LIMIT).stillOpen()).containsExactly("PAIR#1");

        assertThat(blocked.failure()).isInstanceOf(ContextTerminatedException.class);
    }

    @Test
    void shouldEndWhenTheContextIsShutDown() {
        var blocked =
                Background.blocked(
                        () -> {
                            // Its owner closes it, as one should.
                            try (PullSocket pull = context.pull()) {
                                return pull.receive();
                            }
                        });

        context.shutdown();

        assertThat(blocked.failure())
                .isInstanceOfSatisfying(
                        ContextTerminatedException.class,
                        e -> assertThat(e.errno()).isEqualTo(Errno.ETERM))
                .hasMessageContaining("shut down");
    }

    @Test
    void shouldEndOnAVirtualThreadToo() throws InterruptedException {
        PullSocket pull = context.pull();
        Thread virtual = Thread.ofVirtual().start(() -> interruptedReceive(pull));
        virtual.interrupt();

        assertThat(virtual.join(Deadline.LIMIT)).as("virtual thread ended").isTrue();
    }

    private static void interruptedReceive(PullSocket pull) {
        try {
            pull.receive();
        } catch (OperationInterruptedException e) {
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        }
    }

    @Test
    void shouldEndWithAMessageThatArrives() {
        PairSocket peer = context.pair();
        String endpoint = peer.bind(Transport.TCP.fresh());
        var blocked =
                Background.blocked(
                        () -> {
                            PairSocket pair = context.pair();
                            pair.connect(endpoint);
                            return pair.receiveString();
                        });
        peer.send("wake up");

        assertThat(blocked.result()).isEqualTo("wake up");
    }

    @Test
    void shouldEndWhenThereIsRoom() {
        PushSocket push = context.push();
        push.set(SocketOption.SNDHWM, 1);
        PullSocket pull = context.pull();
        pull.set(SocketOption.RCVHWM, 1);
        push.connect(pull.bind(Transport.INPROC.fresh()));
        boolean room = true;
        while (room) {
            room = push.trySend("full");
        }
        push.release();
        var waiting = Background.blocked(() -> push.send("at last"));
        String last = "";
        while (!last.equals("at last")) {
            last = Deadline.text(pull);
        }

        assertThat(waiting.result()).isTrue();
    }
}
