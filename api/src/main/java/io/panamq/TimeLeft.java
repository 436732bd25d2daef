// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.util.concurrent.TimeUnit;

/** Of a call that waits several times, so that its time-out is that of the whole call. */
final class TimeLeft {
    /** As late as any wait may end. */
    private static final long LATE = TimeUnit.MILLISECONDS.toNanos(50);

    private final long timeout;
    private final long start = System.nanoTime();

    TimeLeft(long timeout) {
        this.timeout = timeout;
    }

    /** For the next wait: when the time is over it does not wait any more. */
    long left() {
        return timeout == Waiting.FOREVER
                ? Waiting.FOREVER
                : Math.max(Waiting.NOT, timeout - (System.nanoTime() - start));
    }

    /**
     * After something came that is not what is waited for: whether to look on. What comes faster
     * than it is looked at must not outlast the time-out, nor keep off what ends a wait.
     */
    boolean lookOn(SocketCore core, String operation) {
        if (timeout != Waiting.NOT) {
            core.checkWait(operation);
        }
        return timeout == Waiting.FOREVER || System.nanoTime() - start - LATE < timeout;
    }
}
