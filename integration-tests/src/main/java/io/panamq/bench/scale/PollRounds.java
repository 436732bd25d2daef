// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.scale;

import io.panamq.Context;
import io.panamq.Message;
import io.panamq.PairSocket;
import io.panamq.PollEvent;
import io.panamq.Poller;
import io.panamq.bench.kit.Figures;
import io.panamq.bench.kit.InterleavedRounds;
import io.panamq.bench.kit.JvmChild;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Locale;

/**
 * Measures the processor time of a round of a poller over 10, 1,000 and 10,000 sockets, of which
 * one is ready, in interleaved rounds of fresh JVMs: with epoll, and with the function of libzmq
 * that {@code -Dpanamq.poller=libzmq} chooses. A round sends one message to the last socket, polls,
 * and receives it; the sockets stand in the same context as their peers.
 *
 * <p>Arguments: {@code [ROUNDS]}, 5 by default. Each socket needs a file: {@code ulimit -n 20000}.
 */
public final class PollRounds {
    private static final int[] COUNTS = {10, 1_000, 10_000};
    private static final long WARM_UP_NANOS = 1_500_000_000L;
    private static final long MEASURE_NANOS = 2_000_000_000L;

    private PollRounds() {}

    /**
     * Measures and prints the medians.
     *
     * @param args the number of rounds; or, in a child, "child" and the number of sockets
     */
    public static void main(String[] args) throws IOException {
        if (args.length == 2) {
            measure(Integer.parseInt(args[1]));
            return;
        }
        var rounds = new InterleavedRounds();
        for (String method : List.of("epoll", "libzmq")) {
            for (int count : COUNTS) {
                var options = List.of("-Xmx512m", "-Dpanamq.poller=" + method);
                rounds.add(
                        method + count,
                        () -> JvmChild.measure(PollRounds.class, options, "child", count));
            }
        }
        rounds.run(args.length == 0 ? 5 : Integer.parseInt(args[0]));
        System.out.println("| sockets | epoll, ns a round | of 10 | libzmq, ns a round | of 10 |");
        System.out.println("|---|---|---|---|---|");
        for (int count : COUNTS) {
            System.out.printf(Locale.ROOT, "| %,d |%s%s%n", count, cells(rounds, "epoll", count),
                    cells(rounds, "libzmq", count));
        }
    }

    private static String cells(InterleavedRounds rounds, String method, int count) {
        double nanos = rounds.median(method + count, "nanos");
        return String.format(
                Locale.ROOT,
                " %,.0f | %.2f |",
                nanos,
                nanos / rounds.median(method + COUNTS[0], "nanos"));
    }

    private static void measure(int count) {
        Context context = Context.builder().maxSockets(count + 16).build();
        Poller poller = context.poller();
        for (int i = 1; i < count; i++) {
            poller.add(context.pair(), PollEvent.IN);
        }
        PairSocket out = context.pair();
        PairSocket in = context.pair();
        out.connect(in.bind("inproc://rounds"));
        poller.add(in, PollEvent.IN);
        Message message = Message.create();
        run(poller, out, in, message, WARM_UP_NANOS);
        double nanos = run(poller, out, in, message, MEASURE_NANOS);
        JvmChild.answerAndHalt(new Figures().put("nanos", nanos));
    }

    /** Makes rounds for so long; returns the processor time of one in nanoseconds. */
    private static double run(
            Poller poller, PairSocket out, PairSocket in, Message message, long nanos) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long begin = System.nanoTime();
        long before = threads.getCurrentThreadCpuTime();
        long rounds = 0;
        while (System.nanoTime() - begin < nanos) {
            message.prepare(16).setLong(0, rounds);
            out.send(message);
            if (poller.poll() != 1 || !poller.ready().get(0).isReadable()) {
                throw new AssertionError("one socket is ready");
            }
            in.receive(message);
            rounds++;
        }
        return (double) (threads.getCurrentThreadCpuTime() - before) / rounds;
    }
}
