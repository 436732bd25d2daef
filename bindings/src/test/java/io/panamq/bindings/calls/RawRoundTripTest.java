// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings.calls;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.bindings.Platform;
import io.panamq.bindings.TestLibrary;
import io.panamq.bindings.libzmq.zmq_h;
import io.panamq.bindings.libzmq.zmq_msg_t;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests messages through inproc with the raw calls, and the error numbers of failed calls. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RawRoundTripTest {
    private static final int EFSM = 156384763;
    private static final byte[] TEXT = "through inproc".getBytes(StandardCharsets.UTF_8);

    @BeforeAll
    static void load() {
        TestLibrary.load();
    }

    @Test
    void shouldCarryAMessageWithTheCallClasses() {
        try (var raw = new Raw()) {
            MemorySegment pull = raw.socket(zmq_h.ZMQ_PULL());
            MemorySegment push = raw.socket(zmq_h.ZMQ_PUSH());
            MemorySegment endpoint = raw.arena.allocateFrom("inproc://calls");
            assertThat(SocketCalls.bind(raw.capture, pull, endpoint)).isZero();
            assertThat(SocketCalls.connect(raw.capture, push, endpoint)).isZero();
            MemorySegment sent = raw.slot();
            MemorySegment received = raw.slot();
            long content = MessageCalls.allocate(sent, TEXT.length);
            assertThat(content).isEqualTo(MessageCalls.data(sent)).isNotZero();
            NativeMemory.copyTo(TEXT, content);
            MessageCalls.init(received);

            assertThat(TransferCalls.send(raw.capture, sent, push, 0)).isEqualTo(TEXT.length);
            assertThat(TransferCalls.receive(raw.capture, received, pull, 0))
                    .isEqualTo(TEXT.length);

            assertThat(MessageProperties.size(received)).isEqualTo(TEXT.length);
            assertThat(MessageCalls.more(received)).isZero();
            assertThat(NativeMemory.toByteArray(MessageCalls.data(received), TEXT.length))
                    .isEqualTo(TEXT);
            assertThat(MessageProperties.size(sent)).as("a sent message is left empty").isZero();
            MessageCalls.close(sent);
            MessageCalls.close(received);
        }
    }

    @Test
    void shouldCarryAMessageWithTheGeneratedClassAlone() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment context = zmq_h.zmq_ctx_new();
            MemorySegment pull = zmq_h.zmq_socket(context, zmq_h.ZMQ_PULL());
            MemorySegment push = zmq_h.zmq_socket(context, zmq_h.ZMQ_PUSH());
            MemorySegment endpoint = arena.allocateFrom("inproc://generated");
            assertThat(zmq_h.zmq_bind(pull, endpoint)).isZero();
            assertThat(zmq_h.zmq_connect(push, endpoint)).isZero();
            MemorySegment sent = arena.allocate(zmq_msg_t.layout());
            MemorySegment received = arena.allocate(zmq_msg_t.layout());
            assertThat(zmq_h.zmq_msg_init_size(sent, TEXT.length)).isZero();
            MemorySegment.copy(TEXT, 0, zmq_h.zmq_msg_data(sent), JAVA_BYTE, 0, TEXT.length);
            assertThat(zmq_h.zmq_msg_init(received)).isZero();

            assertThat(zmq_h.zmq_msg_send(sent, push, 0)).isEqualTo(TEXT.length);
            assertThat(zmq_h.zmq_msg_recv(received, pull, 0)).isEqualTo(TEXT.length);

            MemorySegment data = zmq_h.zmq_msg_data(received).reinterpret(TEXT.length);
            assertThat(data.toArray(JAVA_BYTE)).isEqualTo(TEXT);
            assertThat(zmq_h.zmq_msg_close(sent)).isZero();
            assertThat(zmq_h.zmq_msg_close(received)).isZero();
            assertThat(zmq_h.zmq_close(push)).isZero();
            assertThat(zmq_h.zmq_close(pull)).isZero();
            assertThat(zmq_h.zmq_ctx_term(context)).isZero();
        }
    }

    @Test
    void shouldReturnTheNegatedErrorOfAnEmptySocket() {
        try (var raw = new Raw()) {
            MemorySegment pull = raw.socket(zmq_h.ZMQ_PULL());
            MemorySegment message = raw.slot();
            MessageCalls.init(message);

            int result = TransferCalls.receive(raw.capture, message, pull, zmq_h.ZMQ_DONTWAIT());

            assertThat(result).isEqualTo(-again());
            MessageCalls.close(message);
        }
    }

    @Test
    void shouldReturnLibzmqsOwnErrorWhenAReplyIsSentFirst() {
        try (var raw = new Raw()) {
            MemorySegment rep = raw.socket(zmq_h.ZMQ_REP());
            MemorySegment message = raw.slot();
            MessageCalls.init(message);

            int result = TransferCalls.send(raw.capture, message, rep, zmq_h.ZMQ_DONTWAIT());

            assertThat(zmq_h.EFSM()).isEqualTo(EFSM);
            assertThat(result).isEqualTo(-EFSM);
            MessageCalls.close(message);
        }
    }

    @Test
    void shouldSayWhyASocketWasNotMade() {
        try (var raw = new Raw()) {
            MemorySegment none = ContextCalls.socket(raw.capture, raw.context, 4711);

            assertThat(none.address()).isZero();
            assertThat(ContextCalls.lastError(raw.capture)).as("EINVAL").isEqualTo(-22);
        }
    }

    @Test
    void shouldNeverReturnAWrongErrorInAMillionFailures() {
        int rounds = 1_000_000;
        try (var raw = new Raw()) {
            MemorySegment pull = raw.socket(zmq_h.ZMQ_PULL());
            MemorySegment message = raw.slot();
            MessageCalls.init(message);
            int expected = -again();
            int flags = zmq_h.ZMQ_DONTWAIT();
            int wrong = 0;
            int last = expected;
            for (int i = 0; i < rounds; i++) {
                int result = TransferCalls.receive(raw.capture, message, pull, flags);
                if (result != expected) {
                    wrong++;
                    last = result;
                }
            }

            assertThat(wrong).as("wrong results, the last of which was %d", last).isZero();
            MessageCalls.close(message);
        }
    }

    @Test
    void shouldKeepTheErrorsOfTwoThreadsApart() throws InterruptedException {
        int[] wrong = new int[2];
        Thread other = Thread.ofPlatform().start(() -> wrong[0] = failures(zmq_h.ZMQ_PULL()));
        wrong[1] = failures(zmq_h.ZMQ_REP());

        assertThat(other.join(java.time.Duration.ofSeconds(50))).as("other thread ended").isTrue();
        assertThat(wrong).as("wrong errors in each thread").containsOnly(0);
    }

    /** Counts the wrong results of 100,000 calls: PULL must return EAGAIN, REP must return EFSM. */
    private static int failures(int type) {
        try (var raw = new Raw()) {
            MemorySegment socket = raw.socket(type);
            MemorySegment message = raw.slot();
            MessageCalls.init(message);
            int flags = zmq_h.ZMQ_DONTWAIT();
            boolean pull = type == zmq_h.ZMQ_PULL();
            int expected = pull ? -again() : -EFSM;
            int wrong = 0;
            for (int i = 0; i < 100_000; i++) {
                int result =
                        pull
                                ? TransferCalls.receive(raw.capture, message, socket, flags)
                                : TransferCalls.send(raw.capture, message, socket, flags);
                wrong += result == expected ? 0 : 1;
            }
            MessageCalls.close(message);
            return wrong;
        }
    }

    /** The number of EAGAIN differs between C libraries. */
    private static int again() {
        return Platform.current().os().equals("macos") ? 35 : 11;
    }

    /** A context whose sockets are closed with it. */
    private static final class Raw implements AutoCloseable {
        final Arena arena = Arena.ofConfined();
        final MemorySegment capture = NativeMemory.errnoCapture();
        final MemorySegment context = ContextCalls.create(capture);
        private final java.util.List<MemorySegment> sockets = new java.util.ArrayList<>();

        Raw() {
            assertThat(context.address()).as("context").isNotZero();
        }

        MemorySegment socket(int type) {
            MemorySegment socket = ContextCalls.socket(capture, context, type);
            assertThat(socket.address()).as("socket of type %d", type).isNotZero();
            sockets.add(socket);
            MemorySegment zero = arena.allocateFrom(JAVA_INT, 0);
            int set = SocketCalls.setOption(capture, socket, zmq_h.ZMQ_LINGER(), zero, 4);
            assertThat(set).isZero();
            return socket;
        }

        MemorySegment slot() {
            return arena.allocate(zmq_msg_t.layout());
        }

        @Override
        public void close() {
            sockets.forEach(socket -> SocketCalls.close(capture, socket));
            assertThat(ContextCalls.terminate(capture, context)).as("terminate").isZero();
            arena.close();
        }
    }
}
