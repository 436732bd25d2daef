// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.scale;

import io.panamq.Context;
import io.panamq.DealerSocket;
import io.panamq.Message;
import io.panamq.Multipart;
import io.panamq.Proxy;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.Socket;
import io.panamq.bench.kit.Figures;
import io.panamq.bench.kit.JvmChild;
import io.panamq.bindings.libzmq.zmq_h;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;

/**
 * Compares the proxy with the C function {@code zmq_proxy} of the same library. Both run side by
 * side in one process, each between peers of its own, and take turns of the same number of messages
 * while the other one sleeps. The result is the median of the ratios of the turns' pairs; beside it
 * the ratio of the processor time that the proxies' threads used for the same messages, which other
 * programs on the machine hardly change. More is better. Each line comes from a fresh JVM.
 */
public final class Proxies {
    private static final String[] TRANSPORTS = {"tcp", "inproc"};
    private static final int[] SIZES = {64, 1024};
    private static final int WINDOW = 500;
    private static final int PAIRS = 40;
    private static final long TURN_NANOS = 100_000_000;
    private static final long WARM_UP_NANOS = 4_000_000_000L;

    /** What the C function has, which the garbage collector must not find. */
    private static final List<Socket> IN_C = new ArrayList<>();

    /** The threads of the proxies: first C's, then Java's. */
    private static final List<Thread> THREADS = new ArrayList<>();

    private Proxies() {}

    /**
     * Measures and prints the table.
     *
     * @param args none; for the process of one line: pattern, transport and size in bytes
     */
    public static void main(String[] args) throws IOException {
        if (args.length == 3) {
            JvmChild.answerAndHalt(measure(args[0], args[1], Integer.parseInt(args[2])));
            return;
        }
        System.out.println(
                "| pattern | transport | bytes | zmq_proxy, msg/s | PanaMQ / zmq_proxy | by CPU |");
        System.out.println("|---|---|---:|---:|---:|---:|");
        for (String pattern : List.of("pull-push", "router-dealer")) {
            for (String transport : TRANSPORTS) {
                for (int size : SIZES) {
                    Figures figures =
                            JvmChild.measure(Proxies.class, List.of(), pattern, transport, size);
                    System.out.printf(
                            Locale.ROOT,
                            "| %s | %s | %d | %,.0f | %.2f | %.2f |%n",
                            pattern,
                            transport,
                            size,
                            figures.get("rate"),
                            figures.get("ratio"),
                            figures.get("cpu"));
                }
            }
        }
    }

    private static Figures measure(String pattern, String transport, int size) {
        Context context = Context.builder().linger(Duration.ZERO).build();
        List<Path> paths = new ArrayList<>();
        for (boolean c : new boolean[] {true, false}) {
            String where = transport.equals("tcp") ? "tcp://127.0.0.1:*" : "inproc://" + c;
            paths.add(
                    pattern.equals("pull-push")
                            ? new Pipeline(context, where, size, c)
                            : new Requests(context, where, size, c));
        }
        Path c = paths.get(0);
        Path java = paths.get(1);
        int count = 1000;
        long end = System.nanoTime() + WARM_UP_NANOS;
        while (System.nanoTime() < end) {
            long taken = c.turn(count) + java.turn(count);
            count = Math.clamp(2L * count * TURN_NANOS / taken, 1000, 2_000_000);
        }
        long cpuOfC = -cpu(0);
        long cpuOfJava = -cpu(1);
        List<Double> ratios = new ArrayList<>();
        List<Double> rates = new ArrayList<>();
        for (int i = 0; i < PAIRS; i++) {
            boolean first = i % 2 == 0;
            long one = (first ? c : java).turn(count);
            long other = (first ? java : c).turn(count);
            double ofC = first ? one : other;
            double ofJava = first ? other : one;
            ratios.add(ofC / ofJava);
            rates.add(count * 1e9 / ofC);
        }
        cpuOfC += cpu(0);
        cpuOfJava += cpu(1);
        return new Figures()
                .put("cpu", (double) cpuOfC / cpuOfJava)
                .put("ratio", Figures.median(ratios))
                .put("rate", Figures.median(rates));
    }

    /** Starts a proxy between two bound sockets, which it has from now on. */
    private static void startProxy(Socket frontend, Socket backend, boolean c) {
        Runnable proxy;
        if (c) {
            MemorySegment in = handle(frontend);
            MemorySegment out = handle(backend);
            IN_C.add(frontend);
            IN_C.add(backend);
            waitForEver(in);
            waitForEver(out);
            proxy =
                    () -> {
                        int result = zmq_h.zmq_proxy(in, out, MemorySegment.NULL);
                        System.err.println("zmq_proxy has ended: " + result);
                        Runtime.getRuntime().halt(1);
                    };
        } else {
            Proxy made = Proxy.between(frontend, backend);
            frontend.handOver();
            backend.handOver();
            proxy = made::run;
        }
        THREADS.add(Thread.ofPlatform().daemon().name(c ? "zmq_proxy" : "proxy").start(proxy));
    }

    /** Returns the processor time of the first or the second proxy's thread, in nanoseconds. */
    private static long cpu(int proxy) {
        long id = THREADS.get(proxy).threadId();
        return ManagementFactory.getThreadMXBean().getThreadCpuTime(id);
    }

    /** Lets a send wait without an end, as C does; the api waits in slices, which end the proxy. */
    private static void waitForEver(MemorySegment socket) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment forever = arena.allocateFrom(ValueLayout.JAVA_INT, -1);
            int ignored = zmq_h.zmq_setsockopt(socket, zmq_h.ZMQ_SNDTIMEO(), forever, 4);
        }
    }

    /** Looks into a socket, for a benchmark only: the api shows no handle. */
    private static MemorySegment handle(Socket socket) {
        try {
            Class<?> type = Class.forName("io.panamq.internal.socket.CoreHandle");
            Field core = type.getDeclaredField("core");
            core.setAccessible(true);
            Object value = core.get(socket);
            return (MemorySegment) value.getClass().getField("handle").get(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the socket has another shape", e);
        }
    }

    /** Peers with a proxy between them. */
    private interface Path {
        /** Sends so many messages through the proxy; returns how long that took, in nanoseconds. */
        long turn(int count);
    }

    /** One thread sends, and another one receives. */
    private static final class Pipeline implements Path {
        private final PushSocket push;
        private final PullSocket pull;
        private final int size;
        private final Semaphore turns = new Semaphore(0);
        private final Message in = Message.create();
        private volatile int count;

        Pipeline(Context context, String where, int size, boolean c) {
            this.size = size;
            PullSocket frontend = context.pull();
            PushSocket backend = context.push();
            push = context.push();
            pull = context.pull();
            push.connect(frontend.bind(where));
            pull.connect(backend.bind(where.replace("inproc://", "inproc://back-")));
            push.handOver();
            startProxy(frontend, backend, c);
            Thread.ofPlatform().daemon().name("sender").start(this::send);
        }

        private void send() {
            Message message = Message.create();
            while (true) {
                turns.acquireUninterruptibly();
                int last = count;
                for (int i = 0; i < last; i++) {
                    message.prepare(size).setLong(0, i);
                    push.send(message);
                }
            }
        }

        @Override
        public long turn(int messages) {
            count = messages;
            long start = System.nanoTime();
            turns.release();
            for (int i = 0; i < messages; i++) {
                pull.receive(in);
                if (in.getLong(0) != i) {
                    throw new IllegalStateException("expected message " + i);
                }
            }
            return System.nanoTime() - start;
        }
    }

    /** One thread keeps many requests open, and another one answers. */
    private static final class Requests implements Path {
        private final DealerSocket client;
        private final DealerSocket worker;
        private final int size;
        private final Message out = Message.create();
        private final Message in = Message.create();

        Requests(Context context, String where, int size, boolean c) {
            this.size = size;
            var frontend = context.router();
            var backend = context.dealer();
            client = context.dealer();
            worker = context.dealer();
            client.connect(frontend.bind(where));
            worker.connect(backend.bind(where.replace("inproc://", "inproc://back-")));
            worker.handOver();
            startProxy(frontend, backend, c);
            Thread.ofPlatform().daemon().name("worker").start(this::answer);
        }

        private void answer() {
            Multipart message = Multipart.create();
            while (true) {
                worker.bulkReceiver().receive(message);
                worker.send(message);
            }
        }

        @Override
        public long turn(int messages) {
            long start = System.nanoTime();
            int sent = 0;
            for (int i = 0; i < messages; i++) {
                while (sent < messages && sent - i < WINDOW) {
                    out.prepare(size).setLong(0, sent);
                    client.send(out);
                    sent++;
                }
                client.receive(in);
                if (in.getLong(0) != i) {
                    throw new IllegalStateException("expected reply " + i);
                }
            }
            return System.nanoTime() - start;
        }
    }
}
