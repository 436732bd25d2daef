// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import java.util.concurrent.TimeUnit;

/** The deadline of a call that waits several times within one time-out. */
public final class CallDeadline {
    /** How long after its deadline a call may end, in nanoseconds. */
    private static final long LATE = TimeUnit.MILLISECONDS.toNanos(50);

    private final long timeout;
    private final long deadline;

    /** Begins a call with this time-out in nanoseconds, see {@link Timeout}. */
    public CallDeadline(long timeout) {
        this.timeout = timeout;
        this.deadline = System.nanoTime() + (timeout == Timeout.FOREVER ? 0 : timeout);
    }

    /** Returns the time-out of the next wait: {@link Timeout#NOT} when the time is over. */
    public long left() {
        return Math.max(Timeout.NOT, Timeout.left(timeout, deadline));
    }

    /**
     * Returns whether the call may wait again after it received something else than it waits for.
     * Throws if the wait must end, see {@link SocketCore#checkWait}. Without this a peer that sends
     * fast enough could keep the call from ever ending.
     */
    public boolean mayWaitAgain(SocketCore core, String operation) {
        if (timeout != Timeout.NOT) {
            core.checkWait(operation);
        }
        return timeout == Timeout.FOREVER || deadline - System.nanoTime() > -LATE;
    }
}
