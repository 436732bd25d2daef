// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.micro;

import io.panamq.BulkReceiver;
import io.panamq.BulkSender;
import io.panamq.ConcurrentSender;
import io.panamq.Context;
import io.panamq.Message;
import io.panamq.Multipart;
import io.panamq.PairSocket;
import io.panamq.Sender;
import io.panamq.bindings.calls.NativeMemory;
import io.panamq.bindings.calls.TransferCalls;
import io.panamq.bindings.libzmq.zmq_h;
import io.panamq.bindings.libzmq.zmq_pollitem_t;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Measures single calls on one thread; those that send, send 16 bytes over inproc. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "-Xmx512m"})
@State(Scope.Thread)
public class CallBench {
    private static final int DONTWAIT = 1;
    private static final int POLLIN = 1;
    private static final int BATCH = 64;

    private Context context;
    private PairSocket out;
    private PairSocket in;
    private BulkSender bulkOut;
    private BulkReceiver bulkIn;
    private PairSocket idle;
    private Message sent;
    private Message received;
    private final byte[] bytes = new byte[16];
    private final MemorySegment segment = Arena.global().allocate(16);
    private final List<Message> batch = new ArrayList<>();
    private Multipart sentParts;
    private Multipart receivedParts;
    private long sum;
    private final Consumer<Message> handler = this::add;
    private final Consumer<Message> viewHandler = this::addByView;

    private MemorySegment rawContext;
    private MemorySegment rawIdle;
    private MemorySegment slot;
    private MemorySegment capture;
    private MemorySegment poll;

    @Setup
    public void setup() {
        context = Context.create();
        out = context.pair();
        in = context.pair();
        idle = context.pair();
        out.connect(in.bind("inproc://call"));
        bulkOut = out.bulkSender();
        bulkIn = in.bulkReceiver();
        sent = Message.create();
        received = Message.allocate(16);
        sentParts = Multipart.create();
        receivedParts = Multipart.create();
        for (int i = 0; i < BATCH; i++) {
            batch.add(Message.create());
        }
        rawContext = zmq_h.zmq_ctx_new();
        rawIdle = zmq_h.zmq_socket(rawContext, zmq_h.ZMQ_PAIR());
        slot = Arena.global().allocate(64, 64);
        zmq_h.zmq_msg_init(slot);
        capture = NativeMemory.errnoCapture();
        poll = zmq_pollitem_t.allocate(Arena.global());
        zmq_pollitem_t.socket(poll, rawIdle);
        zmq_pollitem_t.events(poll, (short) POLLIN);
    }

    /**
     * A sender for many threads, which only one uses. Benchmarks without it never load its class.
     */
    @State(Scope.Thread)
    public static class Concurrent {
        private Context context;
        private PairSocket in;
        private ConcurrentSender sender;

        @Setup
        public void setup() {
            context = Context.create();
            in = context.pair();
            PairSocket out = context.pair();
            out.connect(in.bind("inproc://concurrent"));
            sender = out.concurrentSender();
        }

        @TearDown
        public void tearDown() {
            context.close();
        }
    }

    private void add(Message message) {
        sum += message.getLong(0);
    }

    private void addByView(Message message) {
        sum += message.data().get(ValueLayout.JAVA_LONG_UNALIGNED, 0);
    }

    @TearDown
    public void tearDown() {
        context.close();
        zmq_h.zmq_close(rawIdle);
        zmq_h.zmq_ctx_term(rawContext);
    }

    @Benchmark
    public long messageThereAndBack() {
        sent.prepare(16).setLong(0, 1);
        out.send(sent);
        in.receive(received);
        return received.getLong(0);
    }

    /** Sends a copy of the segment; reads the received message in place. */
    @Benchmark
    public long segmentThereAndBack() {
        bulkOut.send(segment);
        in.receive(received);
        return received.getLong(0);
    }

    @Benchmark
    public String stringThereAndBack() {
        out.send("sixteen letters.");
        return in.receiveString();
    }

    /** Sends two parts of 16 bytes; both multiparts are used again. */
    @Benchmark
    public long multipartThereAndBack() {
        sentParts.allocate(16).setLong(0, 1);
        sentParts.allocate(16).setLong(0, 1);
        out.send(sentParts);
        bulkIn.receive(receivedParts);
        return receivedParts.get(1).getLong(0);
    }

    @Benchmark
    public byte[] bytesThereAndBack() {
        out.send(bytes);
        return in.receiveBytes();
    }

    @Benchmark
    public long newMessageThereAndBack() {
        Message made = Message.allocate(16);
        made.setLong(0, 1);
        out.send(made);
        try (Message message = in.receive()) {
            return message.getLong(0);
        }
    }

    /** Does as {@link #messageThereAndBack}, in a method that takes any sender. */
    @Benchmark
    public long socketAsSenderThereAndBack() {
        return thereAndBack(out, in);
    }

    @Benchmark
    public long concurrentSenderThereAndBack(Concurrent concurrent) {
        return thereAndBack(concurrent.sender, concurrent.in);
    }

    /**
     * Does both in turns; the result is for one message. The methods of {@link Sender} exist once
     * for a socket and a {@link ConcurrentSender}: that costs nothing if this is the mean of the
     * two.
     */
    @Benchmark
    @OperationsPerInvocation(2)
    public long bothSendersThereAndBack(Concurrent concurrent) {
        return thereAndBack(out, in) + thereAndBack(concurrent.sender, concurrent.in);
    }

    /**
     * The only place where these benchmarks send, so that the JVM compiles it for what it has met.
     */
    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    private long thereAndBack(Sender sender, PairSocket receiver) {
        sent.prepare(16).setLong(0, 1);
        sender.send(sent);
        receiver.receive(received);
        return received.getLong(0);
    }

    @Benchmark
    public long batchOfOneThereAndBack() {
        sent.prepare(16).setLong(0, 1);
        out.send(sent);
        bulkIn.tryReceiveBatch(handler, 1);
        return sum;
    }

    /** Sends batches of 64 and reads them without a view; the result is for one message. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long batchThereAndBack() {
        sendBatch();
        bulkIn.tryReceiveBatch(handler, BATCH);
        return sum;
    }

    /** Does the same with a view of each message. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long batchWithViewsThereAndBack() {
        sendBatch();
        bulkIn.tryReceiveBatch(viewHandler, BATCH);
        return sum;
    }

    private void sendBatch() {
        for (int i = 0; i < BATCH; i++) {
            batch.get(i).prepare(16).setLong(0, 1);
        }
        bulkOut.sendBatch(batch);
    }

    /** Checks owner and state; all else is the read of a field. */
    @Benchmark
    public long ownerCheck() {
        return received.size();
    }

    /** Gets {@code EAGAIN}; the call captures errno and the api reads it. */
    @Benchmark
    public boolean nothingThere() {
        return idle.tryReceive(received);
    }

    @Benchmark
    public int nothingThereWithErrnoByHand() {
        return TransferCalls.receive(capture, slot, rawIdle, DONTWAIT);
    }

    @Benchmark
    public int nothingThereWithoutErrnoByHand() {
        return TransferCalls.receivePlain(slot, rawIdle, DONTWAIT);
    }

    /** Polls one idle socket; {@link PollBench} measures the poller of the api. */
    @Benchmark
    public int pollRoundByHand() {
        return zmq_h.zmq_poll(poll, 1, 0);
    }
}
