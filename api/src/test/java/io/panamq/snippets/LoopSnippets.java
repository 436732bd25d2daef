// SPDX-License-Identifier: Apache-2.0
package io.panamq.snippets;

import io.panamq.Context;
import io.panamq.RepSocket;
import io.panamq.loop.AsyncSocket;
import io.panamq.loop.EventLoop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Examples of the event loop. */
final class LoopSnippets {
    final AtomicInteger ticks = new AtomicInteger();

    void loop(Context context, String endpoint) {
        // @start region="loop"
        try (EventLoop loop = EventLoop.create(context)) {
            loop.execute(
                    () -> {
                        RepSocket rep = context.rep();
                        // @replace substring='endpoint' replacement='"tcp://127.0.0.1:5555"' :
                        rep.bind(endpoint);
                        loop.onMessage(rep, request -> rep.send("hello " + request.getString()));
                    });
            loop.scheduleAtFixedRate(Duration.ZERO, Duration.ofSeconds(1), this::tick);
            loop.awaitStopped(Duration.ofHours(1)); // or until a handler calls loop.stop()
        }
        // @end
    }

    private void tick() {
        ticks.incrementAndGet();
    }

    static CompletableFuture<Void> async(Context context, EventLoop loop, String endpoint) {
        // @start region="async"
        RepSocket socket = context.rep();
        // @replace substring='endpoint' replacement='"tcp://127.0.0.1:5555"' :
        socket.bind(endpoint);
        AsyncSocket rep = AsyncSocket.on(loop, socket);
        CompletableFuture<Void> served =
                rep.receive()
                        .thenCompose(
                                request -> {
                                    try (request) {
                                        return rep.send("hello " + request.getString());
                                    }
                                })
                        .thenRun(() -> System.out.println("served"));
        // @end
        return served;
    }
}
