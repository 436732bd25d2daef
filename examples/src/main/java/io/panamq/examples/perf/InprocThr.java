// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.perf;

import io.panamq.Context;
import io.panamq.ContextTerminatedException;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import java.util.function.LongConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Both ends of the throughput test, in two threads. */
@Command(
        name = "inproc_thr",
        sortOptions = false,
        description = "Sends messages from one thread to another, and says how many a second.")
final class InprocThr extends PerfTool {
    private static final String ENDPOINT = "inproc://thr_test";

    @Mixin private InprocArguments arguments;

    @Override
    Load load() {
        return arguments.load();
    }

    @Override
    Figures measure(Context context, LongConsumer progress) throws InterruptedException {
        try (PullSocket socket = context.pull()) {
            limitWaits(socket);
            socket.bind(ENDPOINT);
            InprocPeer peer = InprocPeer.start(context, () -> send(context));
            try {
                long nanos = new Throughput(load(), progress).receive(socket);
                peer.join();
                return Figures.throughput(load(), nanos);
            } catch (ContextTerminatedException e) {
                throw peer.cause(e);
            }
        }
    }

    private void send(Context context) {
        try (PushSocket socket = context.push()) {
            limitWaits(socket);
            socket.connect(ENDPOINT);
            new Throughput(load(), done -> {}).send(socket);
            sendRest(socket);
        }
    }
}
