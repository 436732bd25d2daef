// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

import io.panamq.Context;
import io.panamq.Message;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.SocketOption;
import java.lang.foreign.MemorySegment;
import java.util.zip.CRC32C;

/**
 * Receives chunks, counts them, and sends the results to the sink, in a thread or in a process. The
 * text is not copied: it is read in the memory of the message.
 */
final class Worker implements AutoCloseable {
    private final int id;
    private final WordRule rule;
    private final PullSocket chunks;
    private final PushSocket results;
    private final Message message = Message.create();
    private final Message reply = Message.create();
    private final CRC32C crc = new CRC32C();

    /**
     * Connects a new worker.
     *
     * @param context the context of its sockets
     * @param id its number, from 1
     * @param assignment where to connect, and how to count
     */
    Worker(Context context, int id, Assignment assignment) {
        this.id = id;
        this.rule = assignment.rule();
        this.chunks = context.pull();
        this.results = context.push();
        chunks.set(SocketOption.RCVHWM, assignment.highWaterMark());
        results.connect(assignment.sinkEndpoint());
        chunks.connect(assignment.ventilatorEndpoint());
    }

    /**
     * The settings of all workers of a run.
     *
     * @param ventilatorEndpoint where the chunks come from
     * @param sinkEndpoint where the results go
     * @param highWaterMark how many chunks may wait at the worker
     * @param rule the rule that says what a word is
     */
    record Assignment(
            String ventilatorEndpoint, String sinkEndpoint, int highWaterMark, WordRule rule) {}

    /** Works until the {@code END} signal comes. */
    void run() {
        while (chunks.receive(message)) {
            MemorySegment data = message.data();
            switch (Wire.kind(data)) {
                case Wire.CHUNK -> count(data);
                case Wire.PING -> signal(Wire.READY, Signal.read(data).value());
                case Wire.END -> {
                    signal(Wire.BYE, 0);
                    return;
                }
                default -> throw new IllegalStateException("a message of unknown kind");
            }
        }
    }

    private void count(MemorySegment data) {
        ChunkHeader header = ChunkHeader.read(data);
        MemorySegment text = data.asSlice(ChunkHeader.BYTES);
        TextCount count = WordCounter.count(text, rule);
        crc.reset();
        crc.update(text.asByteBuffer()); // a view, not a copy
        reply.prepare(ChunkResult.BYTES);
        new ChunkResult(header.sequence(), id, count, (int) crc.getValue()).write(reply.data());
        results.send(reply);
    }

    private void signal(int kind, long value) {
        reply.prepare(Signal.BYTES);
        new Signal(kind, id, value).write(reply.data());
        results.send(reply);
    }

    @Override
    public void close() {
        chunks.close();
        results.close();
        message.close();
        reply.close();
    }
}
