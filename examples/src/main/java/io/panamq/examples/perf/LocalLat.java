// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.perf;

import io.panamq.Context;
import io.panamq.RepSocket;
import java.util.function.LongConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The answering end of the latency test. */
@Command(
        name = "local_lat",
        sortOptions = false,
        description = "Answers the requests of remote_lat.")
final class LocalLat extends PerfTool {
    @Mixin private EndpointArguments arguments;

    @Override
    Load load() {
        return arguments.load();
    }

    @Override
    Figures measure(Context context, LongConsumer progress) {
        try (RepSocket socket = context.rep()) {
            bind(socket, arguments.endpoint());
            new RoundTrips(load(), progress).answer(socket);
            sendRest(socket);
            return Figures.NONE;
        }
    }
}
