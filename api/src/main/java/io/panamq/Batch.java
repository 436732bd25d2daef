// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;

/**
 * A batch being received, used again from batch to batch. All views die together, so what they show
 * must live until then. Between batches nobody can use the messages, whoever kept one.
 */
final class Batch {
    final BatchFrames frames = new BatchFrames();
    final ViewScope scope = new ViewScope();

    /** Messages with views, of which the batch has taken back the others already. */
    private final ArrayDeque<Message> viewed = new ArrayDeque<>(0);

    /** Empty ones, to take the place of those. */
    private final ArrayDeque<Message> spare = new ArrayDeque<>(0);

    private volatile boolean running;
    private volatile boolean disposed;

    /** On the thread of the socket, which may be another one than last time. */
    void begin() {
        if (running) {
            throw new IllegalStateException("a batch of this socket is being received already");
        }
        running = true;
    }

    boolean isRunning() {
        return running;
    }

    /** Before more is received: returns the slot for the first frame. */
    MemorySegment prepare(int count) {
        frames.retire(this, true);
        return frames.prepare(count, scope);
    }

    /** Keeps a message with a view, and gives an empty one for it. */
    Message exchange(Message message) {
        Message other = spare.isEmpty() ? BatchFrames.newMessage(scope) : spare.pollLast();
        viewed.addLast(message);
        return other;
    }

    /** All views die, all content is dropped. */
    void end() {
        try {
            scope.close();
            frames.retire(this, false);
            while (!viewed.isEmpty()) {
                Message message = viewed.pollLast();
                if (message.isOwn() && !message.isClosed()) {
                    message.takeBack();
                    message.dropSlot();
                    spare.addLast(message);
                }
            }
        } finally {
            running = false;
            if (disposed) {
                close();
            }
        }
    }

    /**
     * The socket is closed, and no batch begins any more: the messages go, once the last batch
     * ends. From any thread.
     */
    void dispose() {
        disposed = true;
        if (!running) {
            close();
        }
    }

    private synchronized void close() {
        // One by one: none twice, wherever this ends.
        frames.close();
        while (!spare.isEmpty()) {
            spare.pollLast().closeBatchFrame();
        }
    }
}
