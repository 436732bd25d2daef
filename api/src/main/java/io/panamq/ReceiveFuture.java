// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.util.function.Function;

/** The future of one receive. */
final class ReceiveFuture<M extends AutoCloseable, T> extends AsyncFuture<T>
        implements PendingReceive {
    private final Function<Receiver, M> receive;
    private final Function<M, T> wrap;

    /** How long to wait for a message, in nanoseconds. */
    private final long nanos;

    private final T late;

    /**
     * Makes a receive that is not yet given to the loop.
     *
     * @param receive takes a message and releases it, or returns null
     * @param wrap makes the value of the future of that message
     * @param late the value of the future when the time is over
     */
    ReceiveFuture(
            AsyncSocketHandler handler,
            Function<Receiver, M> receive,
            Function<M, T> wrap,
            long nanos,
            T late) {
        super(handler);
        this.receive = receive;
        this.wrap = wrap;
        this.nanos = nanos;
        this.late = late;
    }

    @Override
    void start() {
        if (nanos == Timeout.NOT) {
            if (!handler.isFirst(this) || take(handler.receiver()) == Turn.NOTHING) {
                handler.completeLate(this, late);
            }
            return;
        }
        handler.add(this);
        if (nanos != Timeout.FOREVER && !isDone()) {
            expireAfter(nanos, late);
        }
    }

    @Override
    public Turn take(Receiver receiver) {
        T value = null;
        Throwable failure = null;
        synchronized (lock) {
            if (isDecided()) {
                return Turn.DONE;
            }
            M message = null;
            try {
                message = receive.apply(receiver);
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
