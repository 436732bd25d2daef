// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.error.ProtocolStateException;
import io.panamq.internal.poll.PollMethod;
import io.panamq.loop.AsyncSocket;
import io.panamq.loop.EventLoop;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.SettledSlots;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import io.panamq.support.WithPoller;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Checks that a frame that does not fit a buffer or segment is kept for the next receive. */
@ExtendWith(SettledSlots.class)
class KeptFrameTest extends WithContext {
    private static final String LONG = "too long";

    private PushSocket push;
    private PullSocket pull;

    @BeforeEach
    void makeSockets() {
        push = context.push();
        pull = context.pull();
    }

    private void connect(Transport transport) {
        push.connect(pull.bind(transport.fresh()));
    }

    /** Checks that no form receives the next frame, whose text is {@link #LONG}. */
    private static void assertTooSmall(ReceivingSocket socket) {
        BulkReceiver bulk = socket.bulkReceiver();
        ByteBuffer buffer = ByteBuffer.wrap("....".getBytes(UTF_8)).position(1);
        byte[] array = "...".getBytes(UTF_8);
        MemorySegment segment = MemorySegment.ofArray(array);
        List<ThrowingCallable> receives =
                List.of(
                        () -> bulk.receive(buffer, Deadline.LIMIT),
                        () -> bulk.receive(segment, Deadline.LIMIT),
                        () -> bulk.receive(buffer),
                        () -> bulk.receive(segment),
                        () -> bulk.tryReceive(buffer),
                        () -> bulk.tryReceive(segment));
        for (ThrowingCallable receive : receives) {
            assertThatThrownBy(receive)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("has 8 bytes")
                    .hasMessageContaining("room for 3")
                    .hasMessageContaining("the next receive gets it");
            assertThat(buffer.position()).isEqualTo(1);
            assertThat(new String(buffer.array(), UTF_8)).isEqualTo("....");
            assertThat(new String(array, UTF_8)).isEqualTo("...");
        }
    }

    /** The ways to receive it then. Each returns the texts of the frames that it got. */
    private enum Next {
        MESSAGE,
        INTO_MESSAGE,
        STRING,
        BYTES,
        MULTIPART,
        INTO_MULTIPART,
        FRAMES,
        BUFFER,
        SEGMENT,
        BATCH;

        List<String> receive(ReceivingSocket socket) {
            BulkReceiver bulk = socket.bulkReceiver();
            return switch (this) {
                case MESSAGE -> {
                    try (Message message = socket.receive()) {
                        yield List.of(message.getString());
                    }
                }
                case INTO_MESSAGE -> {
                    try (Message message = Message.of("old")) {
                        assertThat(socket.receive(message)).isTrue();
                        yield List.of(message.getString());
                    }
                }
                case STRING -> List.of(socket.tryReceiveString().orElseThrow());
                case BYTES -> List.of(new String(socket.receiveBytes(), UTF_8));
                case MULTIPART -> {
                    try (Multipart multipart = socket.receiveMultipart()) {
                        yield texts(multipart.toByteArrays());
                    }
                }
                case INTO_MULTIPART -> {
                    try (Multipart multipart = Multipart.of("old")) {
                        assertThat(bulk.tryReceive(multipart)).isTrue();
                        yield texts(multipart.toByteArrays());
                    }
                }
                case FRAMES -> texts(bulk.tryReceiveFrames().orElseThrow());
                case BUFFER -> {
                    ByteBuffer buffer = ByteBuffer.allocateDirect(8);
                    assertThat(bulk.receive(buffer)).isTrue();
                    yield List.of(UTF_8.decode(buffer.flip()).toString());
                }
                case SEGMENT -> {
                    byte[] array = new byte[8];
                    assertThat(bulk.receive(MemorySegment.ofArray(array))).hasValue(8);
                    yield List.of(new String(array, UTF_8));
                }
                case BATCH -> {
                    List<String> texts = new ArrayList<>();
                    bulk.receiveBatch(frame -> texts.add(frame.getString()), 1);
                    yield texts;
                }
            };
        }

        private static List<String> texts(List<byte[]> frames) {
            return frames.stream().map(frame -> new String(frame, UTF_8)).toList();
        }
    }

    @ParameterizedTest
    @EnumSource(Next.class)
    void shouldBeReceivedNextInEveryWay(Next next) {
        for (Transport transport : Transport.values()) {
            PairSocket[] pair = connectedPair(transport);
            pair[0].send(LONG);
            pair[0].send("next");

            assertTooSmall(pair[1]);

            assertThat(next.receive(pair[1])).containsExactly(LONG);
            assertThat(Deadline.text(pair[1])).isEqualTo("next");
        }
    }

    @ParameterizedTest
    @EnumSource(Next.class)
    void shouldStayTheFirstFrameOfItsMessage(Next next) {
        for (Transport transport : Transport.values()) {
            PairSocket[] pair = connectedPair(transport);
            Deadline.send(pair[0], LONG, "second", "third");
            Deadline.send(pair[0], "next", "message");

            assertTooSmall(pair[1]);

            List<String> frames = new ArrayList<>(next.receive(pair[1]));
            while (frames.size() < 3) {
                frames.add(Deadline.text(pair[1]));
            }
            assertThat(frames).containsExactly(LONG, "second", "third");
            try (Multipart multipart = Deadline.multipart(pair[1])) {
                assertThat(multipart)
                        .extracting(Message::getString)
                        .containsExactly("next", "message");
            }
        }
    }

    @Test
    void shouldBeKeptInTheMiddleOfAMessage() {
        connect(Transport.INPROC);
        Deadline.send(push, "1", LONG, "3");
        assertThat(Deadline.text(pull)).isEqualTo("1");

        assertTooSmall(pull);

        assertThat(Deadline.text(pull)).isEqualTo(LONG);
        assertThat(Deadline.text(pull)).isEqualTo("3");
    }

    @Test
    void shouldBeKeptWithTheRoutingIdBeforeIt() {
        DealerSocket dealer = context.dealer();
        RouterSocket router = context.router();
        dealer.set(SocketOption.ROUTING_ID_TEXT, LONG);
        dealer.connect(router.bind(Transport.TCP.fresh()));
        dealer.send("question");

        assertTooSmall(router);

        try (Multipart multipart = Deadline.multipart(router)) {
            assertThat(multipart.getString(0)).isEqualTo(LONG);
            router.send(multipart.truncate(1).add("answer"));
        }
        assertThat(Deadline.text(dealer)).isEqualTo("answer");
    }

    @Test
    void shouldLetAReplierAnswerAfterwards() {
        ReqSocket req = context.req();
        RepSocket rep = context.rep();
        req.connect(rep.bind(Transport.INPROC.fresh()));
        req.send(LONG);

        assertTooSmall(rep);

        assertThat(rep.receiveString()).isEqualTo(LONG);
        rep.send("answer");
        assertThat(Deadline.text(req)).isEqualTo("answer");
    }

    /** Otherwise each reply would be taken for that to the next request. */
    @Test
    void shouldBeReceivedBeforeTheNextRequestOrReplyIsSent() {
        ReqSocket req = context.req();
        RepSocket rep = context.rep();
        req.connect(rep.bind(Transport.INPROC.fresh()));
        req.send(LONG);
        assertTooSmall(rep);
        assertRefusesToSend(rep);
        assertThat(rep.receiveString()).isEqualTo(LONG);
        rep.send(LONG);

        assertTooSmall(req);
        assertRefusesToSend(req);
        assertThat(req.receiveString()).isEqualTo(LONG);
        req.send("the next request");
        assertThat(Deadline.text(rep)).isEqualTo("the next request");
    }

    private static void assertRefusesToSend(SendingSocket socket) {
        try (Message message = Message.of("too early");
                Multipart multipart = Multipart.of("too", "early")) {
            List<ThrowingCallable> sends =
                    List.of(
                            () -> socket.send("too early"),
                            () -> socket.send(message),
                            () -> socket.send(multipart),
                            () -> socket.bulkSender().send(ByteBuffer.allocate(1)),
                            () -> socket.bulkSender().sendBatch(List.of(message)));
            for (ThrowingCallable send : sends) {
                assertThatThrownBy(send)
                        .isInstanceOf(ProtocolStateException.class)
                        .hasMessageContaining("receive it first");
            }
        }
    }

    @Test
    void shouldBeKeptWhateverTheTimeOut() {
        connect(Transport.INPROC);
        pull.set(SocketOption.RCVTIMEO, Duration.ofMillis(1));
        push.send(LONG);

        assertTooSmall(pull);

        assertThat(pull.tryReceiveString()).contains(LONG);
        assertThat(pull.bulkReceiver().receive(ByteBuffer.allocate(1))).isFalse();
    }

    // ---- others that look at the socket

    @Test
    void shouldMakeTheSocketReadyForAPoller() {
        for (PollMethod method : WithPoller.methods().toList()) {
            PairSocket[] pair = connectedPair(Transport.TCP);
            try (Poller poller = Internals.poller(context, method)) {
                PollItem item = poller.add(pair[1], PollEvent.IN);
                pair[0].send(LONG);
                assertTooSmall(pair[1]);

                assertThat(poller.tryPoll()).isOne();
                assertThat(poller.poll()).isOne();
                assertThat(item.isReadable()).isTrue();
                assertThat(pair[1].receiveString()).isEqualTo(LONG);
                assertThat(poller.tryPoll()).isZero();
            }
        }
    }

    @Test
    void shouldBeGivenToAnEventLoop() throws Exception {
        PairSocket[] one = connectedPair(Transport.INPROC);
        PairSocket[] two = connectedPair(Transport.INPROC);
        for (PairSocket[] pair : List.of(one, two)) {
            pair[0].send(LONG);
            assertTooSmall(pair[1]);
            pair[1].handOver();
        }
        try (EventLoop loop = EventLoop.create(context)) {
            AsyncSocket async = AsyncSocket.on(loop, one[1]);
            List<String> texts = new CopyOnWriteArrayList<>();
            loop.execute(() -> loop.onMessage(two[1], frame -> texts.add(frame.getString())));

            try (Message message =
                    async.receive().get(Deadline.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                assertThat(message.getString()).isEqualTo(LONG);
            }
            Deadline.until("the handler has it", () -> texts.equals(List.of(LONG)));
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldOutliveItsConnection(Transport transport) {
        String endpoint = pull.bind(transport.fresh());
        push.connect(endpoint);
        push.send(LONG);
        assertTooSmall(pull);

        push.close();
        pull.unbind(endpoint);

        assertThat(pull.receiveString()).isEqualTo(LONG);
        assertThat(pull.tryReceive()).isEmpty();
    }

    @Test
    void shouldBelongToTheNextThreadWithTheSocket() {
        connect(Transport.INPROC);
        push.send(LONG);
        assertTooSmall(pull);
        pull.handOver();

        assertThat(Background.start(() -> pull.receiveString()).result()).isEqualTo(LONG);
    }

    @Test
    void shouldBeFreedWithTheSocket() {
        int before = Internals.slotsInUse();
        connect(Transport.INPROC);
        MemorySegment memory = Arena.ofAuto().allocateFrom("a text that is too long");
        Message message = Message.wrap(memory, () -> {});
        MessageTracker tracker = MessageTracker.of(message);
        push.send(message);
        assertThatThrownBy(() -> pull.bulkReceiver().receive(ByteBuffer.allocate(3)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(tracker.isReleased()).isFalse();

        pull.close();

        assertThat(tracker.awaitReleased(Deadline.LIMIT)).isTrue();
        assertThat(Internals.slotsInUse()).isEqualTo(before);
    }

    // ---- batches and conflating queues

    /** The handler fails at the second of many frames, so the rest waits in the socket. */
    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldKeepItsPlaceAmongWhatABatchHasTaken(Transport transport) {
        connect(transport);
        for (String text : List.of("1", "2", LONG, "4", "5", LONG)) {
            push.send(text);
        }
        List<String> seen = new ArrayList<>();
        Consumer<Message> twoOnly =
                frame -> {
                    seen.add(frame.getString());
                    if (seen.size() == 2) {
                        throw new UnsupportedOperationException("enough");
                    }
                };
        assertThatThrownBy(() -> pull.bulkReceiver().receiveBatch(twoOnly, 100))
                .isInstanceOf(UnsupportedOperationException.class);

        assertTooSmall(pull);
        seen.add(pull.receiveString());
        ByteBuffer buffer = ByteBuffer.allocate(3);
        assertThat(pull.bulkReceiver().receive(buffer, Deadline.LIMIT)).isTrue();
        assertThat(pull.bulkReceiver().receive(buffer, Deadline.LIMIT)).isTrue();
        seen.add(UTF_8.decode(buffer.flip()).toString());
        assertTooSmall(pull);
        int count = pull.bulkReceiver().receiveBatch(frame -> seen.add(frame.getString()), 100);

        assertThat(count).isOne();
        assertThat(seen).containsExactly("1", "2", LONG, "45", LONG);
    }

    /** The handler may hold views of the frames that would be received into. */
    @Test
    void shouldNotBeReceivedWithinABatch() {
        connect(Transport.INPROC);
        BulkReceiver bulk = pull.bulkReceiver();
        ByteBuffer buffer = ByteBuffer.allocate(100);
        MemorySegment segment = MemorySegment.ofArray(new byte[100]);
        List<ThrowingCallable> receives =
                List.of(
                        () -> bulk.receive(buffer),
                        () -> bulk.receive(segment),
                        () -> bulk.tryReceive(buffer),
                        () -> bulk.tryReceive(segment),
                        () -> bulk.receive(buffer, Deadline.LIMIT),
                        () -> bulk.receive(segment, Deadline.LIMIT));
        for (String text : List.of("1", "2", "3")) {
            push.send(text);
        }
        List<String> seen = new ArrayList<>();
        bulk.receiveBatch(
                frame -> {
                    MemorySegment view = frame.data();
                    for (ThrowingCallable receive : receives) {
                        assertThatThrownBy(receive)
                                .isInstanceOf(IllegalStateException.class)
                                .hasMessageContaining("batch");
                    }
                    assertThat(view.scope().isAlive()).isTrue();
                    seen.add(frame.getString());
                },
                2);

        assertThat(bulk.receive(buffer)).isTrue();
        assertThat(buffer.position()).isOne();
        assertThat(seen).containsExactly("1", "2");
        assertThat(buffer.get(0)).isEqualTo((byte) '3');
        assertThat(pull.tryReceive()).isEmpty();
    }

    /** What was taken is kept, although a newer frame replaces all that libzmq holds. */
    @Test
    void shouldBeKeptByAConflatingSocket() {
        pull.set(SocketOption.CONFLATE, true);
        connect(Transport.TCP);
        push.send(LONG);
        assertTooSmall(pull);
        for (String text : List.of("2", "3", "the newest")) {
            push.send(text);
        }

        assertThat(pull.receiveString()).isEqualTo(LONG);
        Deadline.until("the newest comes", () -> Deadline.text(pull).equals("the newest"));
    }

    @Test
    void shouldBeCopiedWholeIntoTheRightRoomAfterManyTries() {
        connect(Transport.TCP);
        byte[] content = new byte[300_000];
        Arrays.fill(content, (byte) 7);
        push.send(content);
        BulkReceiver bulk = pull.bulkReceiver();
        for (int size : new int[] {0, 1, 299_999}) {
            assertThatThrownBy(() -> bulk.receive(ByteBuffer.allocate(size)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("has 300000 bytes");
        }
        ByteBuffer buffer = ByteBuffer.allocate(300_000);
        assertThat(bulk.receive(buffer)).isTrue();
        assertThat(buffer.array()).isEqualTo(content);
    }
}
