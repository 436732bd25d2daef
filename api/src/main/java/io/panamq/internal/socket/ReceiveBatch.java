// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

/**
 * The state of {@code receiveBatch}: whether a batch is running, and whether the socket was closed,
 * which closes the frames as soon as no batch is running.
 */
final class ReceiveBatch {
    final ReceiveBuffer frames = new ReceiveBuffer();

    private volatile boolean running;
    private volatile boolean disposed;

    /** Begins a batch, on the thread that owns the socket. */
    void begin() {
        refuseWhileRunning();
        running = true;
    }

    /** Throws if a batch is running, because its handler may have the frames of the buffer. */
    void refuseWhileRunning() {
        if (running) {
            throw new IllegalStateException("a batch of this socket is being received already");
        }
    }

    boolean isRunning() {
        return running;
    }

    /** Ends the batch: closes all views and drops all content. */
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

    /** Closes the frames, now or at the end of the batch, after the socket was closed. */
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
