// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

import io.panamq.Context;
import io.panamq.Message;
import io.panamq.PullSocket;
import io.panamq.SocketOption;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Optional;

/** Receives the results of all workers, and the notices about workers that have ended. */
final class Sink implements AutoCloseable {
    private final PullSocket pull;
    private final Message message = Message.create();
    private final String endpoint;

    Sink(Context context, String bindTo, int highWaterMark) {
        this.pull = context.pull();
        try {
            pull.set(SocketOption.RCVHWM, highWaterMark);
            pull.bind(Endpoints.EVENTS);
            this.endpoint = Endpoints.bind(pull, bindTo, "sink");
        } catch (RuntimeException e) {
            pull.close();
            throw e;
        }
    }

    String endpoint() {
        return endpoint;
    }

    /** Waits up to the given time for the next report. */
    Optional<Report> receive(Duration patience) {
        if (!pull.receive(message, patience)) {
            return Optional.empty();
        }
        MemorySegment data = message.data();
        return Optional.of(
                Wire.kind(data) == Wire.RESULT ? ChunkResult.read(data) : Signal.read(data));
    }

    @Override
    public void close() {
        pull.close();
        message.close();
    }
}
