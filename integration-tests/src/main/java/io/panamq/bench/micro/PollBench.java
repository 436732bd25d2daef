// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.micro;

import io.panamq.Context;
import io.panamq.Message;
import io.panamq.PairSocket;
import io.panamq.PollEvent;
import io.panamq.PollItem;
import io.panamq.Poller;
import io.panamq.internal.poll.PollMethod;
import java.lang.reflect.Method;
import java.util.List;
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

/** Measures a round of a poller over many sockets, one of which is ready. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "-Xmx512m"})
@State(Scope.Thread)
public class PollBench {
    /** The way in which the poller polls. */
    @Param({"EPOLL", "ZMQ_POLLER", "ZMQ_POLL"})
    public PollMethod method;

    /** The number of registered sockets; the last one gets the messages. */
    @Param({"4", "1000"})
    public int sockets;

    private Context context;
    private PairSocket out;
    private PairSocket in;
    private Poller poller;
    private Message sent;
    private Message received;

    @Setup
    public void setup() throws ReflectiveOperationException {
        context = Context.builder().maxSockets(2 * sockets + 16).build();
        // The api does not publish this choice.
        Method create = Poller.class.getDeclaredMethod("create", Context.class, PollMethod.class);
        create.setAccessible(true);
        poller = (Poller) create.invoke(null, context, method);
        for (int i = 1; i < sockets; i++) {
            poller.add(context.pair(), PollEvent.IN);
        }
        out = context.pair();
        in = context.pair();
        out.connect(in.bind("inproc://poll"));
        poller.add(in, PollEvent.IN);
        sent = Message.create();
        received = Message.create();
    }

    @TearDown
    public void tearDown() {
        context.close();
    }

    /** Sends one message, finds it by a poll, and receives it. */
    @Benchmark
    public long oneReady() {
        sent.prepare(16).setLong(0, 1);
        out.send(sent);
        long sum = 0;
        List<PollItem> ready = poller.ready();
        int count = poller.poll();
        for (int i = 0; i < count; i++) {
            if (ready.get(i).isReadable()) {
                in.receive(received);
                sum += received.getLong(0);
            }
        }
        return sum;
    }

    /** Does the same with an iterator, as most programs do. */
    @Benchmark
    public long oneReadyByIterator() {
        sent.prepare(16).setLong(0, 1);
        out.send(sent);
        long sum = 0;
        poller.poll();
        for (PollItem item : poller.ready()) {
            if (item.isReadable()) {
                in.receive(received);
                sum += received.getLong(0);
            }
        }
        return sum;
    }

    @Benchmark
    public int noneReady() {
        return poller.tryPoll();
    }

    /** Measures the part of {@link #oneReady} that is not the poller's, for comparison. */
    @Benchmark
    public long messageWithoutPoll() {
        sent.prepare(16).setLong(0, 1);
        out.send(sent);
        in.receive(received);
        return received.getLong(0);
    }
}
