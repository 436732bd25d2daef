// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.bindings.calls.NativeMemory;
import io.panamq.internal.poll.PollMethod;
import io.panamq.support.Deadline;
import io.panamq.support.SettledSlots;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import io.panamq.support.WithPoller;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Checks that the hot path allocates nothing on the Java heap, except for views. */
@ExtendWith(SettledSlots.class)
class AllocationTest extends WithContext {
    private static final int MESSAGES = 100_000;

    /** The bytes that the meter itself and a late compilation may add to a whole measurement. */
    private static final long NOISE = 4096;

    private static final int BATCH = 50;

    private long sum;
    private Arena arena;
    private MemorySegment view;

    @Test
    void shouldAllocateNothingForPrepareSendReceiveAndAccessors() throws Throwable {
        PairSocket out = context.pair();
        PairSocket in = context.pair();
        out.connect(in.bind(Transport.INPROC.fresh()));
        try (Message sent = Message.create();
                Message received = Message.create()) {
            for (int size : new int[] {16, 256}) {
                long bytes =
                        measure(
                                () -> {
                                    sent.prepare(size);
                                    sent.setLong(0, 1);
                                    out.send(sent);
                                    in.receive(received);
                                    sum += received.getLong(0) + received.size();
                                });
                assertThat(bytes).as("bytes for %d messages", MESSAGES).isLessThan(NOISE);
            }
        }
        assertThat(sum).isPositive();
    }

    /** The first send gave the native memory back, so the second use allocates it again, once. */
    @Test
    void shouldAllocateNothingForAMessageThatIsUsedAgainOrSentOn() throws Throwable {
        PairSocket out = context.pair();
        PairSocket in = context.pair();
        out.connect(in.bind(Transport.INPROC.fresh()));
        int before = Internals.slotsInUse();
        try (Message message = Message.of("sent once");
                Message first = Message.of("answered")) {
            out.send(message);
            in.receive(first);
            in.send(first);
            out.receive(message);
            long bytes =
                    measure(
                            () -> {
                                out.send(message);
                                in.receive(first);
                                sum += first.size();
                                in.send(first);
                                out.receive(message);
                            });
            assertThat(bytes).as("bytes for %d round trips", MESSAGES).isLessThan(NOISE);
            assertThat(Internals.slotsInUse()).isEqualTo(before + 2);
        }
        assertThat(Internals.slotsInUse()).isEqualTo(before);
        assertThat(sum).isPositive();
    }

    /** A send makes two small arrays, 40 bytes here, to copy the list; a frame has 64 bytes. */
    @Test
    void shouldAllocateNoFrameForAMultipartThatIsUsedAgain() throws Throwable {
        PairSocket out = context.pair();
        PairSocket in = context.pair();
        out.connect(in.bind(Transport.INPROC.fresh()));
        int before = Internals.slotsInUse();
        try (Multipart sent = Multipart.of("sent", "once");
                Multipart received = Multipart.create()) {
            out.send(sent);
            in.bulkReceiver().receive(received);
            in.send(received);
            out.receiveMultipart().close();
            long bytes =
                    measure(
                            () -> {
                                sent.allocate(8).setLong(0, 1);
                                sent.allocate(100);
                                out.send(sent);
                                in.bulkReceiver().receive(received);
                                sum += received.get(0).getLong(0);
                            });
            assertThat(bytes).as("bytes for %d messages", MESSAGES).isLessThan(48L * MESSAGES);
            assertThat(Internals.slotsInUse()).isEqualTo(before + 4);
        }
        assertThat(Internals.slotsInUse()).isEqualTo(before);
        assertThat(sum).isPositive();
    }

    @Test
    void shouldAllocateNothingForASendOfOneOfManyThreads() throws Throwable {
        PairSocket out = context.pair();
        PairSocket in = context.pair();
        out.connect(in.bind(Transport.INPROC.fresh()));
        try (ConcurrentSender sender = out.concurrentSender();
                Message message = Message.create()) {
            long bytes =
                    measure(
                            () -> {
                                message.prepare(16);
                                sender.send(message);
                                in.receive(message);
                                sum += message.size();
                            });
            assertThat(bytes).as("bytes for %d messages", MESSAGES).isLessThan(NOISE);
        }
        assertThat(sum).isPositive();
    }

    @Test
    void shouldAllocateNothingWhenThereIsNoMessageAndNoRoom() throws Throwable {
        PairSocket alone = context.pair();
        try (Message message = Message.create();
                Message full = Message.of("full")) {
            long bytes =
                    measure(
                            () -> {
                                sum += alone.tryReceive(message) ? 1 : 0;
                                sum += alone.trySend(full) ? 1 : 0;
                            });
            assertThat(bytes).as("bytes for %d failures", MESSAGES).isLessThan(NOISE);
        }
    }

    @Test
    void shouldAllocateNothingForARoundOfAPoller() throws Throwable {
        for (PollMethod method : WithPoller.methods().toList()) {
            PairSocket out = context.pair();
            PairSocket in = context.pair();
            out.connect(in.bind(Transport.INPROC.fresh()));
            try (Poller poller = Poller.create(context, method);
                    Message message = Message.create()) {
                for (int i = 0; i < 20; i++) {
                    poller.add(context.pair(), PollEvent.IN).attach("idle");
                }
                poller.add(in, PollEvent.IN).attach("busy");
                PollItem item = poller.add(context.pull(), PollEvent.IN).attach("changing");
                long bytes =
                        measure(
                                MESSAGES / 10,
                                () -> {
                                    sum += poller.tryPoll();
                                    item.pause();
                                    item.resume();
                                    message.prepare(16);
                                    out.send(message);
                                    sum += poller.poll(Deadline.LIMIT);
                                    sum += poller.ready().get(0).isReadable() ? 1 : 0;
                                    in.receive(message);
                                });

                assertThat(bytes).as("bytes with %s", method).isLessThan(NOISE);
            }
        }
        assertThat(sum).isPositive();
    }

    /** The call itself may allocate one small object, unless the compiler removes it. */
    @Test
    void shouldAllocateNothingForAFrameOfABatch() throws Throwable {
        assertThat(batches(message -> sum += message.getLong(0)))
                .as("bytes for %d frames", MESSAGES)
                .isLessThan(48L * MESSAGES / BATCH);
        assertThat(sum).isPositive();
    }

    /** All views of a batch share one arena, so a view may cost 48 bytes at most. */
    @Test
    void shouldAllocateOneSegmentForEachViewInABatch() throws Throwable {
        assertThat(batches(message -> sum += message.data().byteSize()))
                .as("bytes for %d views", MESSAGES)
                .isLessThan(48L * MESSAGES);
        assertThat(sum).isPositive();
    }

    /** Measures sending and receiving of all messages in batches of fifty. */
    private long batches(Consumer<Message> handler) throws Throwable {
        PairSocket out = context.pair();
        PairSocket in = context.pair();
        out.connect(in.bind(Transport.INPROC.fresh()));
        List<Message> batch = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            batch.add(Message.create());
        }
        try {
            return measure(
                    MESSAGES / BATCH,
                    () -> {
                        for (int i = 0; i < BATCH; i++) {
                            batch.get(i).prepare(100).setLong(0, 1);
                        }
                        sum += out.bulkSender().sendBatch(batch);
                        for (int left = BATCH; left > 0; ) {
                            left -= in.bulkReceiver().receiveBatch(handler, left);
                        }
                    });
        } finally {
            batch.forEach(Message::close);
        }
    }

    /** An arena and a segment, both kept, take 120 bytes on JDK 25, or 96 with compact headers. */
    @Test
    void shouldAllocateForAViewWhatTheJdkNeedsForOneThatCanDie() throws Throwable {
        try (Message message = Message.create()) {
            long bytes = measure(() -> sum += message.prepare(64).data().byteSize());
            message.prepare(64);
            long address = message.data().address();
            long floor =
                    measure(
                            () -> {
                                arena = Arena.ofConfined();
                                view = NativeMemory.view(address, 64, arena);
                                arena.close();
                            });

            assertThat(bytes).as("bytes for %d views", MESSAGES).isLessThan(floor + NOISE);
        }
    }

    @Test
    void shouldAllocateNothingForWhatAProxyForwards() throws Throwable {
        for (boolean captures : new boolean[] {false, true}) {
            RouterSocket router = context.router();
            DealerSocket dealer = context.dealer();
            DealerSocket client = context.dealer();
            DealerSocket worker = context.dealer();
            client.connect(router.bind(Transport.INPROC.fresh()));
            worker.connect(dealer.bind(Transport.INPROC.fresh()));
            Proxy proxy = Proxy.between(router, dealer);
            if (captures) {
                proxy = proxy.capture(context.pub());
            }
            Thread thread = proxy.start();
            try (Message request = Message.create();
                    Message reply = Message.create();
                    Multipart served = Multipart.create()) {
                long bytes =
                        measure(
                                thread,
                                MESSAGES / 50,
                                () -> {
                                    request.prepare(256);
                                    client.send(request);
                                    worker.bulkReceiver().receive(served);
                                    worker.send(served);
                                    client.receive(reply);
                                    sum += reply.size();
                                });
                assertThat(bytes).as("bytes for %d messages", MESSAGES / 25).isLessThan(NOISE);
            }
            proxy.terminate();
            thread.join();
        }
        assertThat(sum).isPositive();
    }

    private static long measure(Runnable round) throws Throwable {
        return measure(MESSAGES, round);
    }

    private static long measure(int rounds, Runnable round) throws Throwable {
        return measure(Thread.currentThread(), rounds, round);
    }

    /** Returns how many bytes a thread allocates while this one makes the rounds. */
    private static long measure(Thread thread, int rounds, Runnable round) throws Throwable {
        long least = Long.MAX_VALUE;
        // The first rounds warm up, which takes long for code that runs seldom. The lowest result
        // is what the code itself needs.
        for (int attempt = 0; attempt < 100 && least >= NOISE; attempt++) {
            long before = allocated(thread);
            for (int i = 0; i < rounds; i++) {
                round.run();
            }
            least = Math.min(least, allocated(thread) - before);
        }
        return least;
    }

    /** Reads the meter by reflection, because this module does not read jdk.management. */
    private static long allocated(Thread thread) throws Throwable {
        return (long) Meter.HANDLE.invoke(thread.threadId());
    }

    private static final class Meter {
        static final MethodHandle HANDLE = find();

        private static MethodHandle find() {
            try {
                Class<?> factory = Class.forName("java.lang.management.ManagementFactory");
                Object bean = factory.getMethod("getThreadMXBean").invoke(null);
                Class<?> type = Class.forName("com.sun.management.ThreadMXBean");
                return MethodHandles.publicLookup()
                        .unreflect(type.getMethod("getThreadAllocatedBytes", long.class))
                        .bindTo(bean)
                        .asType(MethodType.methodType(long.class, long.class));
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("no meter for allocations on this JVM", e);
            }
        }
    }
}
