// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.util.ArrayList;
import java.util.List;

/**
 * The frames of a batch being received, used again from batch to batch. One is enough unless the
 * handler takes views: those die together, so what they show must live until then. Between batches
 * nobody can use the frames, whoever kept one.
 */
final class Batch {
    /** Received for this batch, or for the last one if its handler threw. */
    final Ahead ahead = new Ahead();

    private final List<Message> frames = new ArrayList<>();
    private final ViewScope scope = new ViewScope();
    private volatile boolean running;
    private volatile boolean disposed;
    private int index;

    /** On the thread of the socket, which may be another one than last time. */
    void begin() {
        if (running) {
            throw new IllegalStateException("a batch of this socket is being received already");
        }
        running = true;
        index = 0;
        for (Message frame : frames) {
            frame.adopt();
        }
    }

    /** The frame to receive into. */
    Message next() {
        if (index < frames.size() && !frames.get(index).isReusable()) {
            index++;
        }
        if (index == frames.size()) {
            frames.add(newFrame());
        }
        return frames.get(index);
    }

    private Message newFrame() {
        Message message = Message.create();
        message.joinBatch(scope);
        return message;
    }

    /** All views die, all content is dropped. */
    void end() {
        try {
            scope.close();
            for (int i = 0; i <= index && i < frames.size(); i++) {
                if (!frames.get(i).leaveBatch()) {
                    // The handler has closed it, or given it to another thread.
                    frames.set(i, newFrame());
                }
            }
        } finally {
            running = false;
            if (disposed) {
                closeFrames();
            }
        }
    }

    /**
     * The socket is closed, and no batch begins any more: the frames go, once the last batch ends.
     * From any thread.
     */
    void dispose() {
        ahead.dispose();
        disposed = true;
        if (!running) {
            closeFrames();
        }
    }

    private synchronized void closeFrames() {
        // One by one: none twice, wherever this ends.
        while (!frames.isEmpty()) {
            frames.removeLast().closeBatchFrame();
        }
    }
}
