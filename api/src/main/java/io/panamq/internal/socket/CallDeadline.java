// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import java.util.concurrent.TimeUnit;

/** The deadline of a call that waits several times: its time-out is that of the whole call. */
public final class CallDeadline {
    /** How late a wait may end, in nanoseconds. */
    private static final long LATE = TimeUnit.MILLISECONDS.toNanos(50);

    private final long timeout;
    private final long deadline;

    public CallDeadline(long timeout) {
        this.timeout = timeout;
        this.deadline = System.nanoTime() + (timeout == Timeout.FOREVER ? 0 : timeout);
    }

    /** Returns the time-out of the next wait: when the time is over it does not wait any more. */
    public long left() {
        return Math.max(Timeout.NOT, Timeout.left(timeout, deadline));
    }

    /**
     * Returns whether to look on, after something came that is not what is waited for. What comes
     * faster than it is looked at must not outlast the time-out, nor keep off what ends a wait.
     */
    public boolean lookOn(SocketCore core, String operation) {
        if (timeout != Timeout.NOT) {
            core.checkWait(operation);
        }
        return timeout == Timeout.FOREVER || deadline - System.nanoTime() > -LATE;
    }
}
