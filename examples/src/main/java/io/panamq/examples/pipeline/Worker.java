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
 * Takes chunks, counts them, sends the results on: the same code in a thread and in a process. The
 * text is never copied; it is read where libzmq has put it.
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
     * Connects a worker.
     *
     * @param context where its sockets live
     * @param id its number
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
     * What all workers of a run are told.
     *
     * @param ventilatorEndpoint where the chunks come from
     * @param sinkEndpoint where the results go
     * @param highWaterMark how many chunks may wait at the worker
     * @param rule what is a word
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
