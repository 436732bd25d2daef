// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.panamq.bindings.NativeLibrary;
import io.panamq.bindings.Platform;
import io.panamq.bindings.TestLibrary;
import io.panamq.bindings.libzmq.zmq_h;
import io.panamq.bindings.libzmq.zmq_msg_t;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests that memory of the caller is released without a call into Java. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReleaseCallsTest {
    private static final long LONG = 20_000;

    @BeforeAll
    static void load() {
        TestLibrary.load();
        if (NativeLibrary.source().equals("bundled") && Platform.current().os().equals("linux")) {
            assertThat(ReleaseCalls.isPresent()).as("in the bundled library").isTrue();
        }
        assumeTrue(ReleaseCalls.isPresent(), "not the bundled libzmq");
    }

    @Test
    void shouldGiveNothingBackBeforeTheMessageIsClosed() {
        try (Arena arena = Arena.ofConfined()) {
            long node = node(17);
            MemorySegment message = wrap(arena, node);

            assertThat(ReleaseCalls.take(0)).isZero();
            assertThat(ReleaseCalls.take(1)).isZero();
            MessageCalls.close(message);

            assertThat(ReleaseCalls.take(0)).isEqualTo(node);
            assertThat(number(node)).isEqualTo(17);
            assertThat(ReleaseCalls.next(node)).isZero();
            assertThat(ReleaseCalls.take(0)).isZero();
        }
    }

    @Test
    void shouldGiveTheLastOneBackFirst() {
        try (Arena arena = Arena.ofConfined()) {
            long first = ReleaseCalls.nodes(3);
            for (int i = 0; i < 3; i++) {
                setNumber(first + i * ReleaseCalls.nodeSize(), i);
            }
            for (int i = 0; i < 3; i++) {
                MessageCalls.close(wrap(arena, first + i * ReleaseCalls.nodeSize()));
            }

            assertThat(numbers(ReleaseCalls.take(LONG))).containsExactly(2L, 1L, 0L);
        }
    }

    @Test
    void shouldUseANodeAgain() {
        try (Arena arena = Arena.ofConfined()) {
            long node = node(1);
            for (int i = 0; i < 1_000; i++) {
                setNumber(node, i);
                MessageCalls.close(wrap(arena, node));

                assertThat(numbers(ReleaseCalls.take(0))).containsExactly((long) i);
            }
        }
    }

    @Test
    void shouldEndTheWaitOfAnotherThread() throws InterruptedException {
        try (Arena arena = Arena.ofShared()) {
            for (int i = 0; i < 200; i++) {
                long node = node(i);
                List<Long> numbers = new ArrayList<>();
                Thread waiting =
                        Thread.ofPlatform()
                                .start(
                                        () -> {
                                            long taken = 0;
                                            while (taken == 0) {
                                                taken = ReleaseCalls.take(10 * LONG);
                                            }
                                            numbers.addAll(numbers(taken));
                                        });
                MessageCalls.close(wrap(arena, node));

                assertThat(waiting.join(java.time.Duration.ofMillis(LONG))).isTrue();
                assertThat(numbers).containsExactly((long) i);
            }
        }
    }

    @Test
    void shouldGiveBackAfterTheIoThreadSentIt() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment capture = NativeMemory.errnoCapture();
            MemorySegment context = ContextCalls.create(capture);
            MemorySegment pull = ContextCalls.socket(capture, context, zmq_h.ZMQ_PULL());
            MemorySegment push = ContextCalls.socket(capture, context, zmq_h.ZMQ_PUSH());
            MemorySegment name = arena.allocate(256);
            MemorySegment size = arena.allocateFrom(java.lang.foreign.ValueLayout.JAVA_LONG, 256);
            MemorySegment any = arena.allocateFrom("tcp://127.0.0.1:*");
            assertThat(SocketCalls.bind(capture, pull, any)).isZero();
            int option = zmq_h.ZMQ_LAST_ENDPOINT();
            assertThat(SocketQueries.getOption(capture, pull, option, name, size)).isZero();
            assertThat(SocketCalls.connect(capture, push, name)).isZero();
            MemorySegment message = wrap(arena, node(99));
            assertThat(TransferCalls.send(capture, message, push, 0)).isEqualTo(100);

            long taken = 0;
            while (taken == 0) {
                taken = ReleaseCalls.take(LONG);
            }

            assertThat(numbers(taken)).containsExactly(99L);
            SocketCalls.close(capture, push);
            SocketCalls.close(capture, pull);
            assertThat(ContextCalls.terminate(capture, context)).isZero();
        }
    }

    @Test
    void shouldLoseNoneOfManyThreads() throws InterruptedException {
        int threads = 4;
        int each = 50_000;
        long nodes = ReleaseCalls.nodes(threads * each);
        for (int i = 0; i < threads * each; i++) {
            setNumber(nodes + i * ReleaseCalls.nodeSize(), i);
        }
        BitSet[] got = {new BitSet(), new BitSet()};
        AtomicInteger twice = new AtomicInteger();
        AtomicInteger left = new AtomicInteger(threads * each);
        List<Thread> all = new ArrayList<>();
        for (BitSet mine : got) {
            all.add(Thread.ofPlatform().start(() -> takeAll(mine, twice, left)));
        }
        for (int t = 0; t < threads; t++) {
            long from = nodes + (long) t * each * ReleaseCalls.nodeSize();
            all.add(Thread.ofPlatform().start(() -> wrapAndClose(from, each)));
        }
        for (Thread thread : all) {
            assertThat(thread.join(java.time.Duration.ofSeconds(50))).isTrue();
        }

        assertThat(got[0].intersects(got[1])).as("taken by both").isFalse();
        got[0].or(got[1]);
        assertThat(got[0].cardinality()).isEqualTo(threads * each);
        assertThat(twice).hasValue(0);
        assertThat(ReleaseCalls.take(0)).isZero();
    }

    private static void takeAll(BitSet mine, AtomicInteger twice, AtomicInteger left) {
        while (left.get() > 0) {
            for (long number : numbers(ReleaseCalls.take(20))) {
                if (mine.get((int) number)) {
                    twice.incrementAndGet();
                }
                mine.set((int) number);
                left.decrementAndGet();
            }
        }
    }

    private static void wrapAndClose(long from, int count) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment content = arena.allocate(100);
            MemorySegment slot = arena.allocate(zmq_msg_t.layout());
            for (int i = 0; i < count; i++) {
                long node = from + i * ReleaseCalls.nodeSize();
                WrapCalls.initData(slot, content, ReleaseCalls.freeFunction(false), node);
                MessageCalls.close(slot);
            }
        }
    }

    private static long node(long number) {
        long node = ReleaseCalls.nodes(1);
        setNumber(node, number);
        return node;
    }

    /** Writes into the second half of a node, which C leaves alone. */
    private static void setNumber(long node, long number) {
        NativeMemory.setLong(node + Long.BYTES, number);
    }

    private static long number(long node) {
        return NativeMemory.getLong(node + Long.BYTES);
    }

    private static MemorySegment wrap(Arena arena, long node) {
        MemorySegment slot = arena.allocate(zmq_msg_t.layout());
        MemorySegment content = arena.allocate(100);
        assertThat(WrapCalls.initData(slot, content, ReleaseCalls.freeFunction(false), node))
                .isZero();
        return slot;
    }

    private static List<Long> numbers(long first) {
        List<Long> numbers = new ArrayList<>();
        for (long node = first; node != 0; node = ReleaseCalls.next(node)) {
            numbers.add(number(node));
        }
        return numbers;
    }
}
