// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.perf;

import io.panamq.Context;
import io.panamq.PushSocket;
import io.panamq.SocketOption;
import java.util.function.LongConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The sending end of the throughput test. */
@Command(
        name = "remote_thr",
        sortOptions = false,
        description = "Sends messages to local_thr as fast as it can.")
final class RemoteThr extends PerfTool {
    @Mixin private EndpointArguments arguments;

    @Parameters(
            index = "3",
            arity = "0..1",
            paramLabel = "CURVE",
            defaultValue = "0",
            description = "1 to encrypt with CURVE, at both ends (default: 0).")
    private int curve;

    @Override
    Load load() {
        return arguments.load();
    }

    @Override
    Figures measure(Context context, LongConsumer progress) {
        try (PushSocket socket = context.push()) {
            if (curve != 0) {
                PerfCurve.use(socket);
            }
            if (limitsWaits()) {
                // Queue nothing for a peer that is not there: then the first send tells.
                socket.set(SocketOption.IMMEDIATE, true);
            }
            connect(socket, arguments.endpoint());
            new Throughput(load(), progress).send(socket);
            sendRest(socket);
            return Figures.NONE;
        }
    }
}
