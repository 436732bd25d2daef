// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.perf;

import io.panamq.Context;
import io.panamq.ReqSocket;
import java.util.function.LongConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The asking end of the latency test. */
@Command(
        name = "remote_lat",
        sortOptions = false,
        description = "Sends requests to local_lat, and says how long a message takes.")
final class RemoteLat extends PerfTool {
    @Mixin private EndpointArguments arguments;

    @Override
    Load load() {
        return arguments.load();
    }

    @Override
    Figures measure(Context context, LongConsumer progress) {
        try (ReqSocket socket = context.req()) {
            connect(socket, arguments.endpoint());
            return Figures.roundTrips(load(), new RoundTrips(load(), progress).ask(socket));
        }
    }
}
