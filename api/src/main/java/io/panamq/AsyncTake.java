// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.util.function.Function;

/** The future of one message. */
final class AsyncTake<T> extends AsyncOperation<T> implements AsyncReceive {
    private final Function<Receiver, T> receive;
    private final long nanos;
    private final T late;

    /**
     * A receive that is not yet given to the loop.
     *
     * @param receive takes a message and gives it up, or returns null
     * @param late the value when the time is over
     */
    AsyncTake(AsyncHandler handler, Function<Receiver, T> receive, long nanos, T late) {
        super(handler);
        this.receive = receive;
        this.nanos = nanos;
        this.late = late;
    }

    @Override
    public void run() {
        if (nanos == Waiting.NOT) {
            if (!handler.isFirst(this) || take(handler.receiver()) == Turn.NOTHING) {
                handler.endLate(this, late);
            }
            return;
        }
        handler.add(this);
        if (nanos != Waiting.FOREVER && !isDone()) {
            expireAfter(nanos, late);
        }
    }

    @Override
    public Turn take(Receiver receiver) {
        T value = null;
        RuntimeException failure = null;
        synchronized (lock) {
            if (isDecided()) {
                return Turn.DONE;
            }
            try {
                value = receive.apply(receiver);
            } catch (RuntimeException e) {
                failure = e;
            }
            if (value == null && failure == null) {
                return Turn.NOTHING;
            }
            setDecided();
        }
        if (failure == null) {
            finish(value);
        } else {
            finishExceptionally(failure);
        }
        return Turn.DONE;
    }
}
