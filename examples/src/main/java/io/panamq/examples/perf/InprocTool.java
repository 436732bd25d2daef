// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.perf;

import io.panamq.Context;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.RepSocket;
import io.panamq.ReqSocket;
import io.panamq.Socket;
import io.panamq.error.ContextTerminatedException;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** A tool that is both ends of a test, in two threads. */
abstract class InprocTool extends PerfTool {
    @Parameters(
            index = "0",
            paramLabel = "SIZE",
            converter = Arguments.Size.class,
            description = "Bytes of a message.")
    private int size;

    @Parameters(
            index = "1",
            paramLabel = "COUNT",
            converter = Arguments.Count.class,
            description = "How many messages or round trips.")
    private int count;

    @Override
    final Load load() {
        return new Load(size, count);
    }

    /**
     * Runs both ends and closes their sockets. Blocks until both are done.
     *
     * @param here the socket of this thread's end, which measures
     * @param measurement uses it, and returns nanoseconds
     * @param there the socket of the other thread's end
     * @param work uses it
     * @return what the measurement returned
     */
    final long run(
            Context context, Socket here, LongSupplier measurement, Socket there, Runnable work)
            throws InterruptedException {
        try (here) {
            limitWaits(here);
            limitWaits(there);
            there.connect(here.bind("inproc://perf"));
            there.handOver();
            InprocPeer peer = InprocPeer.start(context, () -> runPeer(there, work));
            try {
                long nanos = measurement.getAsLong();
                peer.join();
                return nanos;
            } catch (ContextTerminatedException e) {
                throw peer.cause(e);
            }
        }
    }

    private void runPeer(Socket socket, Runnable work) {
        try (socket) {
            work.run();
            sendRest(socket);
        }
    }

    /** The throughput test: this thread receives, the other one sends. */
    @Command(
            name = "inproc_thr",
            sortOptions = false,
            description = "Sends messages from one thread to another, and says how many a second.")
    static final class Thr extends InprocTool {
        @Override
        Figures measure(Context context, LongConsumer progress) throws InterruptedException {
            PullSocket pull = context.pull();
            PushSocket push = context.push();
            Throughput receiving = new Throughput(load(), progress);
            Throughput sending = new Throughput(load(), done -> {});
            long nanos =
                    run(
                            context,
                            pull,
                            () -> receiving.receive(pull),
                            push,
                            () -> sending.send(push));
            return Figures.throughput(load(), nanos);
        }
    }

    /** The latency test: this thread asks, the other one answers. */
    @Command(
            name = "inproc_lat",
            sortOptions = false,
            description = "Sends messages to and fro between two threads; how long does one take?")
    static final class Lat extends InprocTool {
        @Override
        Figures measure(Context context, LongConsumer progress) throws InterruptedException {
            ReqSocket req = context.req();
            RepSocket rep = context.rep();
            RoundTrips asking = new RoundTrips(load(), progress);
            RoundTrips answering = new RoundTrips(load(), done -> {});
            long nanos = run(context, req, () -> asking.ask(req), rep, () -> answering.answer(rep));
            return Figures.roundTrips(load(), nanos);
        }
    }
}
