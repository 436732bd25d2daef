// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.perf;

import io.panamq.Context;
import io.panamq.RepSocket;
import io.panamq.ReqSocket;
import java.util.function.LongConsumer;
import picocli.CommandLine.Command;

/** The two ends of the latency test between two processes. */
final class LatencyTool {
    private LatencyTool() {}

    /** The answering end. */
    @Command(
            name = "local_lat",
            sortOptions = false,
            description = "Answers the requests of remote_lat.")
    static final class Local extends EndpointTool {
        @Override
        Figures measure(Context context, LongConsumer progress) {
            try (RepSocket socket = context.rep()) {
                bind(socket);
                new RoundTrips(load(), progress).answer(socket);
                sendRest(socket);
                return Figures.NONE;
            }
        }
    }

    /** The asking end, which measures. */
    @Command(
            name = "remote_lat",
            sortOptions = false,
            description = "Sends requests to local_lat, and says how long a message takes.")
    static final class Remote extends EndpointTool {
        @Override
        Figures measure(Context context, LongConsumer progress) {
            try (ReqSocket socket = context.req()) {
                connect(socket);
                return Figures.roundTrips(load(), new RoundTrips(load(), progress).ask(socket));
            }
        }
    }
}
