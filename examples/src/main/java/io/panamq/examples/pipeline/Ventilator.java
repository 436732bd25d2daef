// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

import io.panamq.Context;
import io.panamq.Message;
import io.panamq.PushSocket;
import io.panamq.SocketOption;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;

/**
 * Sends chunks to the workers. The text is copied once, from the mapped file into the message that
 * carries it.
 */
final class Ventilator implements AutoCloseable {
    private final ChunkPlan plan;
    private final FileWindow window;
    private final PushSocket push;
    private final Message chunk = Message.create();
    private final Message signal = Message.create();
    private final String endpoint;

    /** The number of the chunk in {@link #chunk} that still has to be sent, or -1. */
    private long ready = -1;

    Ventilator(Context context, String bindTo, ChunkPlan plan, int highWaterMark) {
        this.plan = plan;
        this.window = new FileWindow(plan.files());
        this.push = context.push();
        try {
            push.set(SocketOption.SNDHWM, highWaterMark);
            // At the end the workers need no more messages.
            push.set(SocketOption.LINGER, Duration.ZERO);
            this.endpoint = Endpoints.bind(push, bindTo, "ventilator");
        } catch (RuntimeException e) {
            push.close();
            throw e;
        }
    }

    String endpoint() {
        return endpoint;
    }

    /** Sends a chunk unless the pipes of all workers are full. */
    boolean trySend(long sequence) throws IOException {
        return send(sequence, Duration.ZERO);
    }

    /**
     * Sends a chunk. Waits up to the given time for room in a pipe; returns whether it was sent.
     */
    boolean send(long sequence, Duration patience) throws IOException {
        if (ready != sequence) {
            load(sequence);
        }
        boolean sent = push.send(chunk, patience);
        if (sent) {
            ready = -1;
        }
        return sent;
    }

    private void load(long sequence) throws IOException {
        ChunkHeader header = plan.chunk(sequence);
        MemorySegment text = window.slice(header.file(), header.offset(), header.length());
        chunk.prepare(ChunkHeader.BYTES + header.length());
        MemorySegment data = chunk.data();
        header.write(data);
        data.asSlice(ChunkHeader.BYTES).copyFrom(text);
        ready = sequence;
    }

    /** Sends a signal to the next worker in turn, unless all pipes are full. */
    boolean trySignal(int kind, long value) {
        signal.prepare(Signal.BYTES);
        new Signal(kind, 0, value).write(signal.data());
        return push.trySend(signal);
    }

    @Override
    public void close() throws IOException {
        push.close();
        chunk.close();
        signal.close();
        window.close();
    }
}
