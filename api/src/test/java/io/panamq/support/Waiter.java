// SPDX-License-Identifier: Apache-2.0
package io.panamq.support;

import io.panamq.internal.socket.BlockingWait;
import java.util.concurrent.Callable;

/** The ways in which a thread waits in a call. */
public enum Waiter {
    /** A platform thread that waits in libzmq, slice after slice. */
    PLATFORM,

    /**
     * A platform thread that parks. Usually it does so after a long time without news; here at
     * once.
     */
    IDLE,

    VIRTUAL;

    public <T> Background<T> start(Callable<T> callable) {
        if (this == IDLE) {
            BlockingWait.slicesOfPatience = 0; // WithContext restores it
        }
        return this == VIRTUAL ? Background.virtual(callable) : Background.start(callable);
    }

    /** Starts a task, and waits until it is in a blocking call of a socket, in its own way. */
    public <T> Background<T> blocked(Callable<T> callable) {
        Background<T> background = start(callable);
        if (this == PLATFORM) {
            background.awaitBlocked();
        } else {
            background.awaitParked();
        }
        return background;
    }
}
