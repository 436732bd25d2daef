// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.micro;

import io.panamq.Context;
import io.panamq.Message;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.bindings.NativeLibrary;
import io.panamq.bindings.libzmq.zmq_h;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
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

/**
 * Compares the api with jextract's functions called by hand: PUSH to PULL between two threads,
 * message by message. Both write 8 bytes into each message in place and read them at the other end.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "-Xmx512m"})
public class TransferBench {
    private static final int BATCH = 10_000;
    private static final int BATCH_BYTES = 256 * 1024;

    /** The two sockets of the api. */
    @State(Scope.Benchmark)
    public static class Api {
        @Param({"inproc", "tcp"})
        public String transport;

        @Param({"16", "128", "1024", "65536"})
        public int size;

        private Context context;
        private PushSocket push;
        private Message message;
        private Receiving receiving;

        @Setup
        public void setup() throws InterruptedException {
            context = Context.builder().batchSize(BATCH_BYTES).build();
            PullSocket pull = context.pull();
            String endpoint =
                    pull.bind(transport.equals("tcp") ? "tcp://127.0.0.1:*" : "inproc://b");
            pull.handOver();
            push = context.push();
            push.connect(endpoint);
            push.handOver();
            message = Message.create();
            message.handOver();
            receiving =
                    new Receiving(
                            BATCH,
                            () -> {
                                Message received = Message.create();
                                return () -> {
                                    pull.receive(received);
                                    return received.getLong(0);
                                };
                            });
        }

        @TearDown
        public void tearDown() throws InterruptedException {
            context.close();
            receiving.join();
        }
    }

    /** The two sockets of {@code zmq_h}. */
    @State(Scope.Benchmark)
    public static class Raw {
        @Param({"inproc", "tcp"})
        public String transport;

        @Param({"16", "128", "1024", "65536"})
        public int size;

        private MemorySegment context;
        private MemorySegment push;
        private MemorySegment pull;
        private MemorySegment message;
        private Receiving receiving;

        @Setup
        public void setup() throws InterruptedException {
            NativeLibrary.load();
            context = zmq_h.zmq_ctx_new();
            pull = socket(zmq_h.ZMQ_PULL());
            push = socket(zmq_h.ZMQ_PUSH());
            try (Arena arena = Arena.ofConfined()) {
                String wildcard = transport.equals("tcp") ? "tcp://127.0.0.1:*" : "inproc://b";
                require(zmq_h.zmq_bind(pull, arena.allocateFrom(wildcard)));
                MemorySegment endpoint = arena.allocate(256);
                MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_LONG, 256);
                int last = zmq_h.ZMQ_LAST_ENDPOINT();
                require(zmq_h.zmq_getsockopt(pull, last, endpoint, length));
                require(zmq_h.zmq_connect(push, endpoint));
            }
            message = Arena.global().allocate(64, 64);
            receiving =
                    new Receiving(
                            BATCH,
                            () -> {
                                MemorySegment received = Arena.global().allocate(64, 64);
                                zmq_h.zmq_msg_init(received);
                                return () -> {
                                    require(zmq_h.zmq_msg_recv(received, pull, 0));
                                    return zmq_h.zmq_msg_data(received)
                                            .get(ValueLayout.JAVA_LONG_UNALIGNED, 0);
                                };
                            });
        }

        private MemorySegment socket(int type) {
            MemorySegment socket = zmq_h.zmq_socket(context, type);
            if (zmq_h.zmq_has(Arena.global().allocateFrom("draft")) != 0) {
                // The same batches as those of the api, so that only the layer differs.
                MemorySegment batch =
                        Arena.global().allocateFrom(ValueLayout.JAVA_INT, BATCH_BYTES);
                require(zmq_h.zmq_setsockopt(socket, zmq_h.ZMQ_IN_BATCH_SIZE(), batch, 4));
                require(zmq_h.zmq_setsockopt(socket, zmq_h.ZMQ_OUT_BATCH_SIZE(), batch, 4));
            }
            MemorySegment linger = Arena.global().allocateFrom(ValueLayout.JAVA_INT, 0);
            require(zmq_h.zmq_setsockopt(socket, zmq_h.ZMQ_LINGER(), linger, 4));
            return socket;
        }

        static void require(int result) {
            if (result < 0) {
                throw new IllegalStateException("errno " + zmq_h.zmq_errno());
            }
        }

        @TearDown
        public void tearDown() throws InterruptedException {
            zmq_h.zmq_ctx_shutdown(context);
            receiving.join();
            zmq_h.zmq_close(push);
            zmq_h.zmq_close(pull);
            zmq_h.zmq_ctx_term(context);
        }
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long api(Api state) throws InterruptedException {
        Message message = state.message;
        PushSocket push = state.push;
        for (int i = 0; i < BATCH; i++) {
            message.prepare(state.size);
            message.setLong(0, i);
            push.send(message);
        }
        return state.receiving.await();
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long raw(Raw state) throws InterruptedException {
        MemorySegment message = state.message;
        MemorySegment push = state.push;
        for (int i = 0; i < BATCH; i++) {
            Raw.require(zmq_h.zmq_msg_init_size(message, state.size));
            zmq_h.zmq_msg_data(message).set(ValueLayout.JAVA_LONG_UNALIGNED, 0, i);
            Raw.require(zmq_h.zmq_msg_send(message, push, 0));
        }
        return state.receiving.await();
    }
}
