// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.panamq.Message;
import io.panamq.Multipart;
import io.panamq.PairSocket;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.SocketOption;
import io.panamq.error.ContextTerminatedException;
import io.panamq.error.Errno;
import io.panamq.error.OperationCancelledException;
import io.panamq.error.OperationInterruptedException;
import io.panamq.error.SocketClosedException;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.Waiter;
import io.panamq.support.WithContext;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests what ends a call that waits. */
class BlockedCallTest extends WithContext {
    private final AtomicInteger started = new AtomicInteger(-1);
    private PairSocket socket;

    /** Calls that wait for ever, because no peer is connected. */
    enum Call {
        RECEIVE,
        RECEIVE_FOR_A_TIME,
        RECEIVE_BYTES,
        RECEIVE_INTO,
        RECEIVE_MULTIPART,
        RECEIVE_BATCH,
        SEND,
        SEND_FOR_A_TIME,
        SEND_BYTES,
        SEND_MESSAGE,
        SEND_MULTIPART,
        SEND_BATCH;

        Callable<Object> on(PairSocket socket) {
            return switch (this) {
                case RECEIVE -> socket::receive;
                case RECEIVE_FOR_A_TIME -> () -> socket.receive(Deadline.LIMIT.multipliedBy(2));
                case RECEIVE_BYTES -> socket::receiveBytes;
                case RECEIVE_MULTIPART -> socket::receiveMultipart;
                case RECEIVE_INTO -> () -> receiveInto(socket);
                case RECEIVE_BATCH -> () -> socket.bulkReceiver().receiveBatch(message -> {}, 10);
                case SEND_BYTES -> () -> socket.send(new byte[1000]);
                case SEND_MESSAGE -> () -> sendMessage(socket);
                case SEND_BATCH -> () -> sendBatch(socket);
                case SEND -> () -> socket.send("nobody");
                case SEND_FOR_A_TIME -> () -> socket.send("n", Deadline.LIMIT.multipliedBy(2));
                case SEND_MULTIPART -> () -> socket.send(Multipart.of("a", "b"));
            };
        }
    }

    private static boolean receiveInto(PairSocket socket) {
        try (Message message = Message.create()) {
            return socket.receive(message);
        }
    }

    private static boolean sendMessage(PairSocket socket) {
        try (Message message = Message.of("nobody")) {
            return socket.send(message);
        }
    }

    private static int sendBatch(PairSocket socket) {
        try (Message one = Message.of("one");
                Message two = Message.of("two")) {
            return socket.bulkSender().sendBatch(List.of(one, two));
        }
    }

    /** Returns all calls with all ways to wait. */
    static Stream<Arguments> calls() {
        return Stream.of(Call.values())
                .flatMap(call -> Stream.of(Waiter.values()).map(way -> Arguments.of(call, way)));
    }

    private Background<Object> blocked(Call call, Waiter waiter) {
        socket = context.pair();
        return waiter.blocked(call.on(socket));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void shouldEndWithAnInterruptAndLeaveTheSocketUsable(Call call, Waiter waiter) {
        PairSocket pair = context.pair();
        Callable<Object> waiting = call.on(pair);
        var blocked =
                waiter.blocked(
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
    @MethodSource("calls")
    void shouldEndWhenAnotherThreadClosesTheSocket(Call call, Waiter waiter) {
        var blocked = blocked(call, waiter);

        socket.close();

        assertThat(blocked.failure())
                .isInstanceOf(SocketClosedException.class)
                .hasMessageContaining("PAIR#1");
    }

    @ParameterizedTest
    @MethodSource("calls")
    void shouldEndWhenItIsCancelledAndLeaveTheSocketUsable(Call call, Waiter waiter) {
        PairSocket pair = context.pair();
        Callable<Object> waiting = call.on(pair);
        var blocked =
                waiter.blocked(
                        () -> {
                            Throwable caught = catchThrowable(waiting::call);
                            PairSocket peer = context.pair();
                            pair.connect(peer.bind(Transport.INPROC.fresh()));
                            pair.send("still usable");
                            return List.<Object>of(caught, Deadline.text(peer));
                        });

        pair.cancel();

        List<Object> found = blocked.result();
        assertThat((Throwable) found.get(0))
                .isInstanceOfSatisfying(
                        OperationCancelledException.class,
                        e -> assertThat(e.errno()).isEqualTo(Errno.EINTR))
                .hasMessageContaining("cancelled");
        assertThat(found.get(1)).isEqualTo("still usable");
    }

    /**
     * A cancel before the wait ends that wait, like Selector.wakeup, so it cannot come too early.
     */
    @Test
    void shouldEndTheNextWaitOnlyIfItIsCancelledBefore() {
        PairSocket pair = context.pair();
        PairSocket peer = context.pair();
        peer.connect(pair.bind(Transport.INPROC.fresh()));
        peer.send("is there");
        pair.cancel();
        pair.cancel();

        assertThat(Deadline.text(pair)).as("without a wait").isEqualTo("is there");
        assertThat(pair.tryReceive()).as("without a wait").isEmpty();
        assertThatThrownBy(pair::receive).isInstanceOf(OperationCancelledException.class);
        assertThat(pair.receive(Deadline.GRACE)).as("after it").isEmpty();
    }

    /** No cancel is lost, even one that comes between looking and parking. */
    @ParameterizedTest
    @EnumSource(Waiter.class)
    void shouldLoseNoCancel(Waiter waiter) {
        PairSocket pair = context.pair();
        int rounds = 200;
        var cancelled =
                waiter.start(
                        () -> {
                            for (int i = 0; i < rounds; i++) {
                                started.set(i);
                                assertThatThrownBy(pair::receive)
                                        .isInstanceOf(OperationCancelledException.class);
                            }
                            return rounds;
                        });
        for (int i = 0; i < rounds; i++) {
            int round = i;
            Deadline.until("the round has started", () -> started.get() >= round);
            pair.cancel();
        }

        assertThat(cancelled.result()).isEqualTo(rounds);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void shouldEndWhenTheContextIsClosed(Call call, Waiter waiter) {
        var blocked = blocked(call, waiter);

        assertThat(context.close(Deadline.LIMIT).stillOpen()).containsExactly("PAIR#1");

        assertThat(blocked.failure()).isInstanceOf(ContextTerminatedException.class);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void shouldEndWhenTheContextIsShutDown(Call call, Waiter waiter) {
        var blocked = blocked(call, waiter);

        context.shutdown();

        assertThat(blocked.failure()).isInstanceOf(ContextTerminatedException.class);
        assertThat(socket.isClosed()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Waiter.class)
    void shouldLetItsOwnerCloseTheSocketAfterAShutdown(Waiter waiter) {
        var blocked =
                waiter.blocked(
                        () -> {
                            // The owner closes its socket, as it should.
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

    /** A parked thread costs nothing, while slices would wake it fifty times a second. */
    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldParkWhenNothingCameForASecondAndStillBeWoken(Transport transport) {
        PairSocket peer = context.pair();
        String endpoint = peer.bind(transport.fresh());
        var blocked =
                Background.blocked(
                        () -> {
                            PairSocket pair = context.pair();
                            pair.connect(endpoint);
                            return pair.receiveString() + pair.receiveString();
                        });
        blocked.awaitParked();
        peer.send("wake ");
        blocked.awaitParked();
        peer.send("up");

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
        push.handOver();
        var waiting = Background.blocked(() -> push.send("at last"));
        String last = "";
        while (!last.equals("at last")) {
            last = Deadline.text(pull);
        }

        assertThat(waiting.result()).isTrue();
    }
}
