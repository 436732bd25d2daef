// SPDX-License-Identifier: Apache-2.0
package io.panamq.loop;

import io.panamq.ReceivingSocket;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The future of one receive. */
final class ReceiveFuture<M extends AutoCloseable, T> extends AsyncFuture<T>
        implements PendingReceive {
    private final Function<ReceivingSocket, @Nullable M> receive;
    private final Function<M, T> wrap;

    /**
     * Makes a receive that is not yet given to the loop.
     *
     * @param receive takes a message and releases it, or returns null
     * @param wrap makes the value of the future of that message
     * @param late the value of the future when the time is over
     */
    ReceiveFuture(
            AsyncSocketHandler handler,
            Function<ReceivingSocket, @Nullable M> receive,
            Function<M, T> wrap,
            long nanos,
            @Nullable T late) {
        super(handler, nanos, late);
        this.receive = receive;
        this.wrap = wrap;
    }

    @Override
    boolean attempt() {
        return take() != Turn.NOTHING;
    }

    @Override
    void enqueue() {
        handler.add(this);
    }

    @Override
    public Turn take() {
        @Nullable T value = null;
        @Nullable Throwable failure = null;
        synchronized (lock) {
            if (isDecided()) {
                return Turn.DONE;
            }
            M message = null;
            try {
                message = receive.apply((ReceivingSocket) handler.socket);
                if (message == null) {
                    return Turn.NOTHING;
                }
                value = wrap.apply(message);
            } catch (RuntimeException e) {
                failure = e;
            } catch (Error e) {
                if (message == null) {
                    throw e; // nothing was received, so it waits on
                }
                SendFuture.close(message);
                failure = e;
            }
            markDecided();
        }
        if (failure == null) {
            finish(value);
        } else {
            finishExceptionally(failure);
        }
        return Turn.DONE;
    }
}
