// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.perf;

import io.panamq.Context;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.SocketOption;
import java.util.function.LongConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The throughput test between two processes. */
abstract class ThroughputTool extends EndpointTool {
    @Parameters(
            index = "3",
            arity = "0..1",
            paramLabel = "CURVE",
            defaultValue = "0",
            description = "1 to encrypt with CURVE, at both ends (default: 0).")
    private int curve;

    final boolean encrypts() {
        return curve != 0;
    }

    /** The receiving end, which measures. */
    @Command(
            name = "local_thr",
            sortOptions = false,
            description = "Receives messages from remote_thr, and says how many a second.")
    static final class Local extends ThroughputTool {
        @Override
        Figures measure(Context context, LongConsumer progress) {
            try (PullSocket socket = context.pull()) {
                if (encrypts()) {
                    PerfCurve.serve(socket);
                }
                bind(socket);
                return Figures.throughput(load(), new Throughput(load(), progress).receive(socket));
            }
        }
    }

    /** The sending end. */
    @Command(
            name = "remote_thr",
            sortOptions = false,
            description = "Sends messages to local_thr as fast as it can.")
    static final class Remote extends ThroughputTool {
        @Override
        Figures measure(Context context, LongConsumer progress) {
            try (PushSocket socket = context.push()) {
                if (encrypts()) {
                    PerfCurve.use(socket);
                }
                if (limitsWaits()) {
                    // The socket queues nothing for an absent peer: the first send reports it.
                    socket.set(SocketOption.IMMEDIATE, true);
                }
                connect(socket);
                new Throughput(load(), progress).send(socket);
                sendRest(socket);
                return Figures.NONE;
            }
        }
    }
}
