// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.perf;

import io.panamq.Context;
import io.panamq.Socket;
import io.panamq.SocketOption;
import io.panamq.examples.console.ProgressDisplay;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What all tools have in common: a context, a measurement and a report. */
abstract class PerfTool implements Callable<Integer> {
    /** The longest linger that libzmq can count: 24 days, which is as good as forever. */
    private static final Duration LONG = Duration.ofMillis(Integer.MAX_VALUE);

    @Spec CommandSpec spec;

    @Mixin private PerfOptions options;

    /** Returns the sizes and numbers that the user has asked for. */
    abstract Load load();

    /** Sends or receives all messages on the calling thread. Blocks until that is done. */
    abstract Figures measure(Context context, LongConsumer progress) throws InterruptedException;

    @Override
    public final Integer call() throws IOException, InterruptedException {
        Load load = load();
        Figures figures;
        try (Context context = options.context(spec)) {
            try (ProgressDisplay progress = progress(load)) {
                figures = measure(context, progress);
            } catch (RuntimeException | InterruptedException e) {
                context.close(Duration.ZERO);
                throw e;
            }
            deliver(context);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (options.json()) {
            PerfReport.printJson(spec.name(), load, figures, out);
        } else {
            PerfReport.print(load, figures, out);
        }
        return 0;
    }

    private ProgressDisplay progress(Load load) {
        return new ProgressDisplay(spec.name(), "", 1, load.count(), options.progress());
    }

    /** Closes the context. Blocks until all is sent or the linger of its sockets is over. */
    private void deliver(Context context) {
        Duration linger = options.timeout() == null ? LONG : options.timeout();
        long start = System.nanoTime();
        boolean terminated = context.close(linger.plusSeconds(1)).terminated();
        if (!terminated || System.nanoTime() - start >= linger.toNanos()) {
            throw new PerfException("the peer did not take all messages within the --timeout");
        }
    }

    /** Lets the socket send its queue after it is closed. To be called after the last send. */
    final void sendRest(Socket socket) {
        socket.set(SocketOption.LINGER, options.linger());
    }

    final boolean limitsWaits() {
        return options.timeout() != null;
    }

    /**
     * Limits the socket's waits, if the user has asked for that: a limited wait costs one call
     * more.
     */
    final void limitWaits(Socket socket) {
        if (limitsWaits()) {
            socket.set(SocketOption.RCVTIMEO, options.timeout());
            socket.set(SocketOption.SNDTIMEO, options.timeout());
        }
    }
}
