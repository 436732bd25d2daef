// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.micro;

import io.panamq.BulkReceiver;
import io.panamq.BulkSender;
import io.panamq.Context;
import io.panamq.Message;
import io.panamq.Multipart;
import io.panamq.PairSocket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What each way to receive costs, over inproc on one thread. The messages are sent before the clock
 * runs, so a score is that of a receive alone. {@code -wi 0 -i 20 -r 100ms} shows how they warm up.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "-Xmx512m"})
@State(Scope.Thread)
public class ReceiveBench {
    /** Fewer than the high-water marks let wait. */
    private static final int WAITING = 500;

    @Param({"8", "128", "1024"})
    public int size;

    private Context context;
    private BulkSender bulkOut;
    private PairSocket in;
    private BulkReceiver bulkIn;
    private Message received;
    private Multipart parts;
    private MemorySegment memory;

    @Setup
    public void open() {
        context = Context.create();
        PairSocket out = context.pair();
        in = context.pair();
        out.connect(in.bind("inproc://receive"));
        bulkOut = out.bulkSender();
        bulkIn = in.bulkReceiver();
        received = Message.create();
        parts = Multipart.create();
        memory = Arena.global().allocate(size).fill((byte) 'a');
    }

    @Setup(Level.Invocation)
    public void send() {
        for (int i = 0; i < WAITING; i++) {
            bulkOut.send(memory);
        }
    }

    /** What a benchmark that does not receive has left. */
    @TearDown(Level.Invocation)
    public void drain() {
        while (in.tryReceive(received)) {
            received.size();
        }
    }

    @TearDown
    public void close() {
        received.close();
        parts.close();
        context.close();
    }

    /** The yardstick: a message that is used again, and nothing is copied. */
    @Benchmark
    @OperationsPerInvocation(WAITING)
    public void message(Blackhole hole) {
        for (int i = 0; i < WAITING; i++) {
            hole.consume(in.receive(received));
        }
    }

    /** The yardstick and a copy of the content, as the methods below make one. */
    @Benchmark
    @OperationsPerInvocation(WAITING)
    public void messageGetBytes(Blackhole hole) {
        for (int i = 0; i < WAITING; i++) {
            in.receive(received);
            hole.consume(received.getBytes());
        }
    }

    @Benchmark
    @OperationsPerInvocation(WAITING)
    public void bytes(Blackhole hole) {
        for (int i = 0; i < WAITING; i++) {
            hole.consume(in.receiveBytes());
        }
    }

    @Benchmark
    @OperationsPerInvocation(WAITING)
    public void string(Blackhole hole) {
        for (int i = 0; i < WAITING; i++) {
            hole.consume(in.receiveString());
        }
    }

    @Benchmark
    @OperationsPerInvocation(WAITING)
    public void newMessage(Blackhole hole) {
        for (int i = 0; i < WAITING; i++) {
            try (Message message = in.receive()) {
                hole.consume(message);
            }
        }
    }

    /** Of one frame. */
    @Benchmark
    @OperationsPerInvocation(WAITING)
    public void multipart(Blackhole hole) {
        for (int i = 0; i < WAITING; i++) {
            hole.consume(bulkIn.receive(parts));
        }
    }

    /** Of one frame. */
    @Benchmark
    @OperationsPerInvocation(WAITING)
    public void newMultipart(Blackhole hole) {
        for (int i = 0; i < WAITING; i++) {
            try (Multipart multipart = in.receiveMultipart()) {
                hole.consume(multipart);
            }
        }
    }

    /** The copy alone; that of a string decodes it too. */
    @Benchmark
    @OperationsPerInvocation(WAITING)
    public void copy(Blackhole hole) {
        for (int i = 0; i < WAITING; i++) {
            hole.consume(memory.toArray(ValueLayout.JAVA_BYTE));
        }
    }
}
