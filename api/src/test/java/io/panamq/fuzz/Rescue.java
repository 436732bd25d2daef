// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import io.panamq.Context;
import io.panamq.Socket;
import io.panamq.support.PublicMethods;

/**
 * Ends a call that waits for ever after about a millisecond, in exactly one of several ways. From
 * then on the {@link Watchdog} gives the call little time, so that it sees when that end is lost.
 */
final class Rescue {
    private final Worker worker;

    Rescue(Worker worker) {
        this.worker = worker;
    }

    /** Plans the end of a call of this socket, which the caller makes afterwards. */
    void of(Object mayBlock) {
        Socket socket = (Socket) mayBlock;
        // A cancel could end the wait of another thread in a socket that is thread safe.
        Runnable cancel = PublicMethods.isThreadSafe(socket) ? null : socket::cancel;
        of(socket.context(), socket::close, cancel);
    }

    /**
     * Plans the end of any call that waits.
     *
     * @param context its end also ends the call
     * @param close ends the call
     * @param cancel ends the call; null if there is no such way
     */
    void of(Context context, Runnable close, Runnable cancel) {
        int kind = worker.draw.below(32);
        if (kind < 14) {
            end("interrupt", Thread.currentThread()::interrupt);
        } else if (kind < 21 && cancel != null) {
            end("cancel", cancel);
        } else if (kind < 28) {
            end("close", close);
        } else if (kind < 30) {
            end("shutdown", context::shutdown);
        } else {
            end("close-context", () -> context.close(Contexts.PATIENCE));
        }
    }

    private void end(String how, Runnable action) {
        worker.note(how);
        Watchdog.Doing call = worker.doing();
        worker.later(
                worker.draw.below(1_500),
                () -> {
                    worker.markEnding(call, how);
                    action.run();
                });
    }
}
