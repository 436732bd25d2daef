// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import io.panamq.Context;
import io.panamq.Socket;

/** Ends a call that waits for ever, after a millisecond or some: in one of the ways there are. */
final class Rescue {
    private final Worker worker;

    Rescue(Worker worker) {
        this.worker = worker;
    }

    /** To be called before the socket is. */
    void of(Object mayBlock) {
        Socket socket = (Socket) mayBlock;
        of(socket::close, socket.context());
    }

    /** The same for a call that closing something ends, and the end of the context. */
    void of(Runnable close, Context context) {
        long micros = worker.draw.below(1_500);
        int kind = worker.draw.below(16);
        Thread thread = Thread.currentThread();
        if (kind < 10) {
            worker.note("interrupt");
            worker.later(micros, thread::interrupt);
        } else if (kind < 14) {
            worker.note("close");
            worker.later(micros, close);
        } else if (kind == 14) {
            worker.note("shutdown");
            worker.later(micros, context::shutdown);
        } else {
            worker.note("close-context");
            worker.later(micros, () -> context.close(Contexts.PATIENCE));
        }
        // Whatever that does to the socket, the thread itself is never lost.
        worker.later(micros + 20_000, thread::interrupt);
    }
}
