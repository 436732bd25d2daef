// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.perf;

import io.panamq.Context;
import io.panamq.ContextTerminatedException;
import io.panamq.RepSocket;
import io.panamq.ReqSocket;
import java.util.function.LongConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Both ends of the latency test, in two threads. */
@Command(
        name = "inproc_lat",
        sortOptions = false,
        description = "Sends messages to and fro between two threads; how long does one take?")
final class InprocLat extends PerfTool {
    private static final String ENDPOINT = "inproc://lat_test";

    @Mixin private InprocArguments arguments;

    @Override
    Load load() {
        return arguments.load();
    }

    @Override
    Figures measure(Context context, LongConsumer progress) throws InterruptedException {
        try (ReqSocket socket = context.req()) {
            limitWaits(socket);
            socket.bind(ENDPOINT);
            InprocPeer peer = InprocPeer.start(context, () -> answer(context));
            try {
                long nanos = new RoundTrips(load(), progress).ask(socket);
                peer.join();
                return Figures.roundTrips(load(), nanos);
            } catch (ContextTerminatedException e) {
                throw peer.cause(e);
            }
        }
    }

    private void answer(Context context) {
        try (RepSocket socket = context.rep()) {
            limitWaits(socket);
            socket.connect(ENDPOINT);
            new RoundTrips(load(), done -> {}).answer(socket);
            sendRest(socket);
        }
    }
}
