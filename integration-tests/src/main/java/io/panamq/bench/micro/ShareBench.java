// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.micro;

import io.panamq.BulkSender;
import io.panamq.Context;
import io.panamq.Message;
import io.panamq.PairSocket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Sends a segment of the user to an inproc peer, copied or shared with a release, on one thread.
 * {@code BulkSender.SHARE_THRESHOLD} is the size at which both cost the same.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "-Xmx512m"})
@State(Scope.Thread)
public class ShareBench {
    @Param({"64", "1024", "4096", "8192", "16384", "32768", "65536", "1048576", "67108864"})
    public int size;

    private Context context;
    private PairSocket out;
    private PairSocket in;
    private BulkSender bulkOut;
    private Message received;
    private MemorySegment content;
    private volatile boolean released;

    @Setup
    public void setup() {
        context = Context.create();
        out = context.pair();
        in = context.pair();
        out.connect(in.bind("inproc://share"));
        bulkOut = out.bulkSender();
        received = Message.create();
        content = Arena.ofAuto().allocate(size).fill((byte) 1);
    }

    private void markReleased() {
        released = true;
    }

    @TearDown
    public void tearDown() {
        received.close();
        context.close();
    }

    @Benchmark
    public byte copy() {
        bulkOut.send(content);
        in.receive(received);
        return received.getByte(0);
    }

    @Benchmark
    public byte share() {
        out.send(Message.wrap(content, this::markReleased));
        in.receive(received);
        return received.getByte(released ? 1 : 0);
    }
}
