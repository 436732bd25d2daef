// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

/**
 * The batch that a socket is receiving, if it is, and the end of its frames: they go with the
 * socket, once the last batch has ended.
 */
public final class ReceiveBatch {
    public final ReceiveBuffer frames = new ReceiveBuffer();

    private volatile boolean running;
    private volatile boolean disposed;

    /** Begins a batch, on the thread of the socket, which may be another one than last time. */
    void begin() {
        if (running) {
            throw new IllegalStateException("a batch of this socket is being received already");
        }
        running = true;
    }

    boolean isRunning() {
        return running;
    }

    /** Ends the batch: all views die, and all content is dropped. */
    void end() {
        try {
            frames.recall();
        } finally {
            running = false;
            if (disposed) {
                close();
            }
        }
    }

    /** Gives the frames up, from any thread: the socket is closed, and no batch begins any more. */
    void dispose() {
        disposed = true;
        if (!running) {
            close();
        }
    }

    private synchronized void close() {
        frames.close();
    }
}
