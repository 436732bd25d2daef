// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.perf;

import io.panamq.Context;
import io.panamq.PullSocket;
import java.util.function.LongConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The receiving end of the throughput test. */
@Command(
        name = "local_thr",
        sortOptions = false,
        description = "Receives messages from remote_thr, and says how many a second.")
final class LocalThr extends PerfTool {
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
        try (PullSocket socket = context.pull()) {
            if (curve != 0) {
                PerfCurve.serve(socket);
            }
            bind(socket, arguments.endpoint());
            return Figures.throughput(load(), new Throughput(load(), progress).receive(socket));
        }
    }
}
