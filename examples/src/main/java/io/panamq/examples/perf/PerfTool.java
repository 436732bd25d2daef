// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.perf;

import io.panamq.Context;
import io.panamq.Socket;
import io.panamq.SocketOption;
import io.panamq.ZmqException;
import io.panamq.examples.console.ProgressDisplay;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the tools have in common: a context, a measurement, a report. */
abstract class PerfTool implements Callable<Integer> {
    /** The longest linger that libzmq can count, 24 days: as good as for ever. */
    private static final Duration LONG = Duration.ofMillis(Integer.MAX_VALUE);

    @Spec private CommandSpec spec;

    @Mixin private PerfOptions options;

    abstract Load load();

    /** Runs on the calling thread. Blocks until all messages were sent or received. */
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

    /** Closes the context when all is sent, or the linger of its sockets over. */
    private void deliver(Context context) {
        Duration linger = options.timeout() == null ? LONG : options.timeout();
        long start = System.nanoTime();
        boolean terminated = context.close(linger.plusSeconds(1)).terminated();
        if (!terminated || System.nanoTime() - start >= linger.toNanos()) {
            throw new PerfException("the peer did not take all messages within the --timeout");
        }
    }

    /** Binds, and says where if that was left open. */
    final void bind(Socket socket, String endpoint) {
        refuseInproc(endpoint);
        limitWaits(socket);
        try {
            String bound = socket.bind(endpoint);
            if (!bound.equals(endpoint)) {
                PrintWriter err = spec.commandLine().getErr();
                err.println(spec.name() + ": listening at " + bound);
                err.flush();
            }
        } catch (IllegalArgumentException | ZmqException e) {
            throw wrongEndpoint(e);
        }
    }

    final void connect(Socket socket, String endpoint) {
        refuseInproc(endpoint);
        limitWaits(socket);
        try {
            socket.connect(endpoint);
        } catch (IllegalArgumentException | ZmqException e) {
            throw wrongEndpoint(e);
        }
    }

    /** To call when all was handed over, before the socket is closed. */
    final void sendRest(Socket socket) {
        socket.set(SocketOption.LINGER, options.linger());
    }

    final boolean limitsWaits() {
        return options.timeout() != null;
    }

    /** Only if asked for: a wait that may end costs a call more. */
    final void limitWaits(Socket socket) {
        if (limitsWaits()) {
            socket.set(SocketOption.RCVTIMEO, options.timeout());
            socket.set(SocketOption.SNDTIMEO, options.timeout());
        }
    }

    private void refuseInproc(String endpoint) {
        if (endpoint.startsWith("inproc:")) {
            throw new ParameterException(
                    spec.commandLine(),
                    "inproc does not leave its process: use inproc_thr or inproc_lat");
        }
    }

    private ParameterException wrongEndpoint(RuntimeException e) {
        return new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
}
