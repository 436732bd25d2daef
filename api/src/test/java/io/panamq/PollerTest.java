// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.bindings.NativeLibrary;
import io.panamq.error.ContextTerminatedException;
import io.panamq.error.Errno;
import io.panamq.error.ZmqException;
import io.panamq.internal.poll.PollMethod;
import io.panamq.internal.poll.PollerCapacity;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.Fifo;
import io.panamq.support.Transport;
import io.panamq.support.WithPoller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests what a poller reports and how registrations change, with each backend. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.panamq.support.WithPoller#methods")
class PollerTest extends WithPoller {
    PollerTest(PollMethod method) {
        super(method);
    }

    @Test
    void shouldReportNothingWhenNothingIsReady() {
        poller.add(pair(), PollEvent.IN).attach("a");

        assertThat(poller.tryPoll()).isZero();
        assertThat(poller.poll(Duration.ofMillis(1))).isZero();
        assertThat(poller.poll(Duration.ZERO)).isZero();
    }

    @Test
    void shouldWaitWithoutItemsToo() {
        assertThat(poller.tryPoll()).isZero();
        assertThat(poller.poll(Duration.ofMillis(1))).isZero();
        assertThat(poller.size()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldWaitForAMessage(Transport transport) {
        PullSocket pull = context.pull();
        PushSocket push = context.push();
        push.connect(pull.bind(transport.fresh()));
        PollItem item = poller.add(pull, PollEvent.IN).attach("work");
        push.send("a");

        assertThat(poller.poll(Deadline.LIMIT)).isEqualTo(1);

        assertThat(poller.ready().get(0)).isSameAs(item);
        assertThat(item.socket()).isSameAs(pull);
        assertThat(item.attachment()).isEqualTo("work");
        assertThat(item.fd()).isEqualTo(-1);
        assertThat(item.monitor()).isNull();
        assertThat(item.isReadable()).isTrue();
        assertThat(item.isWritable()).isFalse();
        assertThat(pull.receiveString()).isEqualTo("a");
        assertThat(poller.tryPoll()).isZero();
        assertThat(item.isReadable()).isFalse();
    }

    @Test
    void shouldBeWokenByAMessageThatComesLater() {
        PairSocket socket = pair();
        PairSocket peer = peers.get(0);
        peer.handOver();
        poller.add(socket, PollEvent.IN).attach("a");
        poller.handOver();
        socket.handOver();
        var waiting = blocked(() -> poller.poll() + " " + poller.ready().get(0).attachment());

        peer.send("now");

        assertThat(waiting.result()).isEqualTo("1 a");
    }

    @Test
    void shouldReportOnlyWhatIsReadyAndAgainUntilItIsReceived() {
        for (int i = 0; i < 5; i++) {
            poller.add(pair(), PollEvent.IN).attach(i);
        }
        peers.get(1).send("to 1");
        peers.get(3).send("to 3");
        peers.get(3).send("again");

        assertThat(found(poller.poll(Deadline.LIMIT))).containsExactly(1, 3);
        assertThat(found(poller.tryPoll())).containsExactly(1, 3);
        assertThat(poller.ready().get(0).socket()).isInstanceOf(PairSocket.class);
        sockets.get(1).receiveString();
        sockets.get(3).receiveString();
        assertThat(found(poller.tryPoll())).containsExactly(3);
    }

    @Test
    void shouldReportAllOfManyBusySockets() {
        for (int i = 0; i < 100; i++) {
            poller.add(pair(), PollEvent.IN).attach(i);
        }
        peers.forEach(peer -> peer.send("busy"));

        assertThat(poller.poll(Deadline.LIMIT)).isEqualTo(100);
        assertThat(found(100)).containsExactlyElementsOf(numbers(100));
        assertThat(poller.size()).isEqualTo(100);
    }

    private static List<Object> numbers(int count) {
        List<Object> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add(i);
        }
        return numbers;
    }

    @Test
    void shouldReportWhatABatchLeftBehind() {
        PairSocket socket = pair();
        poller.add(socket, PollEvent.IN).attach("a");
        for (int i = 0; i < 3; i++) {
            peers.get(0).send("" + i);
        }
        assertThat(socket.bulkReceiver().tryReceiveBatch(m -> {}, 1)).isEqualTo(1);
        assertThatThrownBy(
                        () ->
                                socket.bulkReceiver()
                                        .receiveBatch(
                                                m -> {
                                                    throw new UnsupportedOperationException(
                                                            "enough");
                                                },
                                                10))
                .isInstanceOf(UnsupportedOperationException.class);

        assertThat(found(poller.poll())).containsExactly("a");
        assertThat(socket.receiveString()).isEqualTo("2");
        assertThat(poller.tryPoll()).isZero();
    }

    @Test
    void shouldTellWhetherThereIsRoomToSend() {
        PushSocket push = context.push();
        push.set(SocketOption.SNDHWM, 1);
        PollItem item = poller.add(push, PollEvent.OUT).attach("push");
        assertThat(poller.tryPoll()).as("nobody is there").isZero();
        PullSocket pull = context.pull();
        pull.set(SocketOption.RCVHWM, 1);
        push.connect(pull.bind(Transport.INPROC.fresh()));

        assertThat(poller.poll(Deadline.LIMIT)).isEqualTo(1);
        assertThat(item.isWritable()).isTrue();
        boolean room = true;
        while (room) {
            room = push.trySend("full");
        }
        assertThat(poller.tryPoll()).isZero();
    }

    @Test
    void shouldTellBothDirectionsApart() {
        PairSocket pair = pair();
        PollItem item = poller.add(pair, PollEvent.IN, PollEvent.OUT).attach("both");
        assertThat(poller.tryPoll()).isEqualTo(1);
        assertThat(item.isReadable()).isFalse();
        assertThat(item.isWritable()).isTrue();
        peers.get(0).send("in");

        Deadline.until("readable", () -> poller.tryPoll() == 1 && item.isReadable());
        assertThat(item.isWritable()).isTrue();
        assertThat(item.isReady(PollEvent.ERROR)).isFalse();
    }

    @Test
    void shouldWaitForOtherEventsAfterAChange() {
        PollItem item = poller.add(pair(), PollEvent.IN);
        item.pause();
        peers.get(0).send("in");
        assertThat(poller.poll(Duration.ofMillis(1))).as("paused").isZero();

        item.watch(PollEvent.IN);
        assertThat(poller.poll(Deadline.LIMIT)).isEqualTo(1);
        assertThat(item.isWritable()).isFalse();
        item.watch(PollEvent.OUT);
        assertThat(poller.tryPoll()).isEqualTo(1);
        assertThat(item.isReadable()).isFalse();
        item.pause();
        assertThat(poller.tryPoll()).isZero();
        assertThatThrownBy(() -> item.watch(PollEvent.ERROR))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("file descriptors");
    }

    @Test
    void shouldForgetWhatIsRemovedAlsoWhileItIsHandled() {
        PollItem first = poller.add(pair(), PollEvent.IN).attach(0);
        PollItem second = poller.add(pair(), PollEvent.IN).attach(1);
        PollItem third = poller.add(pair(), PollEvent.IN).attach(2);
        peers.forEach(peer -> peer.send("in"));
        assertThat(poller.poll(Deadline.LIMIT)).isEqualTo(3);

        first.remove();
        first.remove();

        assertThat(first.isRegistered()).isFalse();
        assertThat(first.isReadable()).isFalse();
        assertThat(poller.ready().get(0)).isSameAs(first);
        assertThat(second.isReadable()).isTrue();
        assertThat(poller.size()).isEqualTo(2);
        assertThat(found(poller.tryPoll())).containsExactly(1, 2);
        assertThatThrownBy(() -> first.watch(PollEvent.IN))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("removed");
        third.remove();
        assertThat(found(poller.tryPoll())).containsExactly(1);
        assertThat(sockets.get(0).receiveString()).as("the socket goes on").isEqualTo("in");
        poller.add(sockets.get(2), PollEvent.IN).attach("again");
        assertThat(found(poller.tryPoll())).containsExactly(1, "again");
    }

    @Test
    void shouldPollWhatIsAddedWhileItemsAreHandled() {
        poller.add(pair(), PollEvent.IN).attach(0);
        peers.get(0).send("in");
        assertThat(poller.poll(Deadline.LIMIT)).isEqualTo(1);

        PollItem late = poller.add(pair(), PollEvent.IN).attach(1);
        peers.get(1).send("in");

        assertThat(late.isReadable()).isFalse();
        assertThat(late.isRegistered()).isTrue();
        Deadline.until("both", () -> poller.tryPoll() == 2);
        assertThat(found(2)).containsExactly(0, 1);
    }

    @Test
    void shouldSurviveManyChanges() {
        List<PollItem> items = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            items.add(poller.add(pair(), PollEvent.IN).attach(i));
        }
        peers.forEach(peer -> peer.send("in"));
        for (int round = 0; round < 20; round++) {
            for (int i = round % 3; i < 60; i += 3) {
                items.get(i).remove();
            }
            int left = poller.poll(Deadline.LIMIT);
            assertThat(left).isEqualTo(40);
            for (Object number : found(left)) {
                assertThat((int) number % 3).isNotEqualTo(round % 3);
            }
            for (int i = round % 3; i < 60; i += 3) {
                items.set(i, poller.add(sockets.get(i), PollEvent.IN).attach(i));
            }
        }
        assertThat(found(poller.tryPoll())).containsExactlyElementsOf(numbers(60));
    }

    /**
     * An event loop does the same: another thread hands over its wish, and a wakeup ends the wait.
     */
    @Test
    void shouldTakeTheChangesThatOthersWishForWhileItPolls() {
        Queue<Runnable> wishes = new ConcurrentLinkedQueue<>();
        var ended = new AtomicBoolean();
        poller.handOver();
        var polling =
                Background.start(
                        () -> {
                            while (!ended.get()) {
                                int ready = poller.poll();
                                for (int i = 0; i < ready; i++) {
                                    answer(poller.ready().get(i));
                                }
                                for (int i = wishes.size(); i > 0; i--) {
                                    wishes.remove().run();
                                }
                            }
                            poller.tryPoll(); // reports the sockets that were closed last
                            return poller.size();
                        });
        List<Background<Void>> visitors = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            visitors.add(Background.run(() -> visit(wishes, 40)));
        }

        visitors.forEach(Background::result);
        ended.set(true);
        poller.wakeup();
        assertThat(polling.result()).isZero();
    }

    /** Sends back the message that came. Removes the item after the last message. */
    private static void answer(PollItem item) {
        if (item.isReadable()) {
            var socket = (PairSocket) item.socket();
            String text = socket.receiveString();
            if (text.equals("last")) {
                item.remove();
            }
            socket.send(text);
        }
    }

    /** Registers a socket in each round. In every second round it is closed while it is polled. */
    private void visit(Queue<Runnable> wishes, int rounds) {
        for (int i = 0; i < rounds; i++) {
            try (PairSocket socket = context.pair();
                    PairSocket peer = context.pair()) {
                peer.connect(socket.bind(Transport.INPROC.fresh()));
                socket.handOver();
                wishes.add(() -> poller.add(socket, PollEvent.IN).attach("visitor"));
                poller.wakeup();
                for (String text : i % 2 == 0 ? List.of("first", "last") : List.of("only")) {
                    peer.send(text);
                    assertThat(Deadline.text(peer)).isEqualTo(text);
                }
            }
        }
    }

    @Test
    void shouldRefuseTheSameSocketTwiceButNotInTwoPollers() {
        PairSocket socket = pair();
        poller.add(socket, PollEvent.IN).attach("a");

        assertThatThrownBy(() -> poller.add(socket, PollEvent.IN).attach("b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(socket.toString());
        try (Poller other = Poller.create(context, method)) {
            other.add(socket, PollEvent.IN).attach("c");
            peers.get(0).send("in");
            assertThat(found(poller.poll(Deadline.LIMIT))).containsExactly("a");
            assertThat(other.poll(Deadline.LIMIT)).isEqualTo(1);
        }
        assertThat(found(poller.tryPoll())).containsExactly("a");
    }

    @Test
    void shouldRefuseEventsThatASocketDoesNotHave() {
        PairSocket socket = pair();

        assertThatThrownBy(() -> poller.add(socket, PollEvent.PRIORITY).attach("a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("file descriptors");
        assertThat(poller.size()).isZero();
    }

    @Test
    void shouldRefuseAnIndexOfNothing() {
        assertThatThrownBy(() -> poller.ready().get(0))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> poller.ready().get(-1))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void shouldPollSocketsOfSeveralContexts() {
        try (Context other = Context.create();
                PairSocket socket = other.pair();
                PairSocket peer = other.pair()) {
            peer.connect(socket.bind(Transport.INPROC.fresh()));
            poller.add(socket, PollEvent.IN).attach("other");
            peer.send("in");

            assertThat(found(poller.poll(Deadline.LIMIT))).containsExactly("other");
        }
    }

    @Test
    void shouldPollRoutersThatReadAhead() {
        RouterSocket router = context.router();
        DealerSocket dealer = context.dealer();
        String endpoint = router.bind(Transport.TCP.fresh());
        dealer.connect(endpoint);
        poller.add(router, PollEvent.IN).attach("router");
        Deadline.send(dealer, "a", "b", "c");
        assertThat(poller.poll(Deadline.LIMIT)).isEqualTo(1);

        try (Multipart message = router.receiveMultipart()) {
            assertThat(message.size()).isEqualTo(4);
            assertThat(message.getString(3)).isEqualTo("c");
        }
        Deadline.send(dealer, "d", "e");
        assertThat(poller.poll(Deadline.LIMIT)).isEqualTo(1);
        if (!NativeLibrary.isHardened("fq")) {
            assertThatThrownBy(() -> router.unbind(endpoint))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("bundled");
            return;
        }
        router.unbind(endpoint);
        assertThat(poller.tryPoll()).isBetween(0, 1);
        while (router.tryReceive().map(PollerTest::size).isPresent()) {
            // The loop ends when the rest of the message is read.
        }
        assertThat(poller.tryPoll()).isZero();
    }

    private static long size(Message frame) {
        try (frame) {
            return frame.size();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldPollFileDescriptors() throws Exception {
        try (Fifo fifo = new Fifo()) {
            PollItem item = poller.add(fifo.fd(), PollEvent.IN).attach("fifo");
            poller.add(pair(), PollEvent.IN).attach("socket");
            assertThat(item.fd()).isEqualTo(fifo.fd());
            assertThat(item.socket()).isNull();
            assertThat(poller.tryPoll()).isZero();

            fifo.write();
            assertThat(found(poller.poll(Deadline.LIMIT))).containsExactly("fifo");
            assertThat(item.isReadable()).isTrue();
            peers.get(0).send("in");
            Deadline.until("both", () -> poller.tryPoll() == 2);
            assertThat(found(2)).containsExactly("fifo", "socket");
            item.pause();
            assertThat(found(poller.tryPoll())).as("paused").containsExactly("socket");
            item.watch(PollEvent.IN);
            assertThat(poller.tryPoll()).isEqualTo(2);
            fifo.read();
            assertThat(found(poller.tryPoll())).containsExactly("socket");
            item.remove();
            assertThat(poller.size()).isEqualTo(1);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldReportErrorsOfFileDescriptors() throws Exception {
        try (Fifo fifo = new Fifo()) {
            PollItem item = poller.add(fifo.fd(), PollEvent.IN).attach("fifo");
            fifo.closeOut();
            assertThat(poller.poll(Deadline.LIMIT)).isEqualTo(1);
            assertThat(item.isReady(PollEvent.ERROR)).as("hung up").isTrue();
            item.pause();
            assertThat(poller.tryPoll()).as("paused").isZero();
            item.remove();
        }
        // This number is far above all open descriptors.
        PollItem item = poller.add(1_000_000, PollEvent.IN).attach("not open");
        assertThat(poller.tryPoll()).isEqualTo(1);
        assertThat(item.isReady(PollEvent.ERROR)).isTrue();
        assertThat(item.isReadable()).isFalse();
        item.remove();
        assertThat(poller.tryPoll()).isZero();
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void shouldRefuseFileDescriptorsThatCannotBe() {
        assertThatThrownBy(() -> poller.add(-1, PollEvent.IN).attach("a"))
                .isInstanceOf(IllegalArgumentException.class);
        PollItem item = poller.add(0, PollEvent.IN);
        assertThatThrownBy(() -> poller.add(0, PollEvent.OUT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("registered already");
        item.remove();
        poller.add(0, PollEvent.IN).remove();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldRefuseMoreItemsThanThePollCallTakes() {
        // None of these is open. Without the check libzmq would pass them on, and abort.
        assertThatThrownBy(
                        () -> {
                            for (int fd = 1 << 20; fd < 2 << 20; fd++) {
                                poller.add(fd, PollEvent.IN).attach("a");
                                if (poller.size() == PollerCapacity.withDescriptors()) {
                                    throw new AssertionError("too many");
                                }
                            }
                        })
                .isInstanceOfSatisfying(
                        ZmqException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EMFILE));
        assertThat(poller.poll(Duration.ZERO)).isEqualTo(poller.size());
    }

    /** As those have none that many threads may use: the poller then leaves all to libzmq. */
    @Test
    void shouldServeTheOthersBesideASocketWithoutADescriptor() {
        poller.add(pair(), PollEvent.IN).attach("before");
        PollItem closed = poller.add(pair(), PollEvent.IN).attach("closed");
        sockets.get(1).close();
        try (Context other = Context.create()) {
            PairSocket silent = other.pair();
            other.shutdown();
            assertThatThrownBy(silent::tryReceive).isInstanceOf(ContextTerminatedException.class);

            PollItem item = poller.add(silent, PollEvent.IN);
            assertThatThrownBy(poller::tryPoll).isInstanceOf(ContextTerminatedException.class);
            item.remove();
        }
        assertThat(found(poller.tryPoll())).containsExactly("closed");
        assertThat(closed.isClosed()).isTrue();
        poller.add(pair(), PollEvent.IN).attach("after");
        peers.get(0).send("in");
        peers.get(2).send("in");
        assertThat(found(poller.poll(Deadline.LIMIT))).containsExactly("after", "before");
        sockets.get(0).close();
        assertThat(found(poller.poll(Deadline.LIMIT))).containsExactly("after", "before");
        poller.close();
    }
}
