// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings.calls;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.panamq.bindings.NativeLibrary;
import io.panamq.bindings.TestLibrary;
import io.panamq.bindings.libzmq.zmq_h;
import io.panamq.bindings.libzmq.zmq_msg_t;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests the calls for many messages, and where they end. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BatchCallsTest {
    private static final int COUNT = 10;
    private static final int SIZE = 200;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment capture = NativeMemory.errnoCapture();
    private final MemorySegment out = arena.allocate(zmq_msg_t.layout(), COUNT);
    private final MemorySegment in = arena.allocate(zmq_msg_t.layout(), COUNT);
    private final MemorySegment sizes = arena.allocate(JAVA_LONG, COUNT);
    private MemorySegment context;
    private MemorySegment pull;
    private MemorySegment push;

    @BeforeAll
    static void load() {
        TestLibrary.load();
        if (NativeLibrary.source().equals("bundled")) {
            assertThat(BatchCalls.isPresent()).as("in the bundled library").isTrue();
        }
        assumeTrue(BatchCalls.isPresent(), "not the bundled libzmq");
    }

    @BeforeEach
    void open() {
        context = ContextCalls.create(capture);
        pull = ContextCalls.socket(capture, context, zmq_h.ZMQ_PULL());
        push = ContextCalls.socket(capture, context, zmq_h.ZMQ_PUSH());
        set(pull, zmq_h.ZMQ_RCVHWM(), 3);
        set(push, zmq_h.ZMQ_SNDHWM(), 4);
        set(push, zmq_h.ZMQ_LINGER(), 0);
        MemorySegment endpoint = arena.allocateFrom("inproc://batch");
        assertThat(SocketCalls.bind(capture, pull, endpoint)).isZero();
        assertThat(SocketCalls.connect(capture, push, endpoint)).isZero();
        for (int i = 0; i < COUNT; i++) {
            long content = MessageCalls.allocate(slot(out, i), SIZE);
            assertThat(content).isNotZero();
            NativeMemory.setLong(content, i);
            MessageCalls.init(slot(in, i));
        }
    }

    @AfterEach
    void close() {
        for (int i = 0; i < COUNT; i++) {
            MessageCalls.close(slot(out, i));
            MessageCalls.close(slot(in, i));
        }
        assertThat(SocketCalls.close(capture, push)).isZero();
        assertThat(SocketCalls.close(capture, pull)).isZero();
        assertThat(ContextCalls.terminate(capture, context)).isZero();
        arena.close();
    }

    @Test
    void shouldSendAndReceiveInOrder() {
        assertThat(BatchCalls.send(push, addresses(0), 5)).isEqualTo(5);
        assertThat(receive(5)).isEqualTo(5);

        for (int i = 0; i < 5; i++) {
            assertThat(MessageProperties.size(slot(out, i))).as("a sent message").isZero();
            assertThat(MessageProperties.size(slot(in, i))).isEqualTo(SIZE);
            assertThat(sizes.getAtIndex(JAVA_LONG, i)).isEqualTo(SIZE);
            assertThat(NativeMemory.getLong(MessageCalls.data(slot(in, i)))).isEqualTo(i);
        }
    }

    @Test
    void shouldEndWhereItWouldHaveToWait() {
        int room = 7; // the two high-water marks

        assertThat(BatchCalls.send(push, addresses(0), COUNT)).isEqualTo(room);
        assertThat(BatchCalls.send(push, addresses(room), COUNT - room)).isZero();
        assertThat(MessageProperties.size(slot(out, room))).as("not sent").isEqualTo(SIZE);
        assertThat(receive(COUNT)).isEqualTo(~room);
        assertThat(receive(COUNT)).isEqualTo(~0);
    }

    @Test
    void shouldEndWithTheFrameThatIsEnough() {
        assertThat(BatchCalls.send(push, addresses(0), 5)).isEqualTo(5);

        assertThat(receive(COUNT, 2 * SIZE)).isEqualTo(2);
        assertThat(receive(COUNT, 2 * SIZE + 1)).isEqualTo(3);
        assertThat(receive(COUNT, 2 * SIZE)).isEqualTo(~0);
    }

    @Test
    void shouldDoNothingWhereSendingIsNotAllowedNow() {
        MemorySegment rep = ContextCalls.socket(capture, context, zmq_h.ZMQ_REP());

        assertThat(BatchCalls.send(rep, addresses(7), 3)).isZero();

        assertThat(MessageProperties.size(slot(out, 7))).as("not sent").isEqualTo(SIZE);
        assertThat(SocketCalls.close(capture, rep)).isZero();
    }

    @Test
    void shouldCloseSome() {
        BatchCalls.close(addresses(0), 3, 5);
        BatchCalls.close(addresses(0), 7, 7);

        for (int i = 0; i < COUNT; i++) {
            assertThat(MessageProperties.size(slot(out, i))).isEqualTo(i == 3 || i == 4 ? 0 : SIZE);
        }
    }

    @Test
    void shouldReceivePartsAsFrames() {
        MemorySegment first = slot(out, 0);
        assertThat(TransferCalls.sendPlain(first, push, zmq_h.ZMQ_SNDMORE())).isEqualTo(SIZE);
        assertThat(BatchCalls.send(push, addresses(1), 2)).isEqualTo(2);

        assertThat(receive(COUNT)).isEqualTo(~3);

        assertThat(MessageCalls.more(slot(in, 0))).isEqualTo(1);
        assertThat(MessageCalls.more(slot(in, 1))).isZero();
        assertThat(MessageCalls.more(slot(in, 2))).isZero();
    }

    @Test
    void shouldCloseWhatTheMessagesHeld() {
        assumeTrue(ReleaseCalls.isPresent(), "no way to see it");
        long node = ReleaseCalls.nodes(1);
        MemorySegment content = arena.allocate(JAVA_LONG, COUNT);
        MemorySegment free = ReleaseCalls.freeFunction(false);
        assertThat(WrapCalls.initData(slot(in, 0), content, free, node)).isZero();
        assertThat(BatchCalls.send(push, addresses(0), 1)).isEqualTo(1);

        assertThat(receive(COUNT)).isEqualTo(~1);

        assertThat(ReleaseCalls.take(0)).isEqualTo(node);
    }

    private void set(MemorySegment socket, int option, int value) {
        MemorySegment bytes = arena.allocateFrom(JAVA_INT, value);
        assertThat(SocketCalls.setOption(capture, socket, option, bytes, 4)).isZero();
    }

    private static MemorySegment slot(MemorySegment messages, int index) {
        long size = zmq_msg_t.layout().byteSize();
        return messages.asSlice(index * size, size);
    }

    /** Returns the addresses of the messages to send, from an index on. */
    private MemorySegment addresses(int first) {
        return addresses(out, first);
    }

    private MemorySegment addresses(MemorySegment messages, int first) {
        MemorySegment addresses = arena.allocate(JAVA_LONG, COUNT - first);
        for (int i = first; i < COUNT; i++) {
            addresses.setAtIndex(JAVA_LONG, i - first, slot(messages, i).address());
        }
        return addresses;
    }

    private int receive(int count) {
        return receive(count, Long.MAX_VALUE);
    }

    private int receive(int count, long bytes) {
        return BatchCalls.receive(pull, addresses(in, 0), sizes, count, bytes);
    }
}
