// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import io.panamq.EventLoop;
import java.util.function.Consumer;

/**
 * An event loop, and who misuses everything on its thread. The loop may end at any time, so its
 * guest leaves nothing behind that belongs to the thread.
 */
final class Guest {
    private final Worker worker;
    private final EventLoop loop;
    private int index;

    Guest(Worker host, EventLoop.Builder builder) {
        worker = host.guest();
        loop = builder.onFailure(failures(worker, host.draw.oneIn(8))).start();
        worker.watch();
    }

    /** What it is told must be what its handlers may throw. */
    private static Consumer<Throwable> failures(Worker worker, boolean throwing) {
        return failure -> {
            if (!Loops.FAILURES.expects(failure)) {
                worker.finding("a loop", failure);
            }
            if (throwing) {
                throw new Operation.Planned();
            }
        };
    }

    EventLoop loop() {
        return loop;
    }

    Worker worker() {
        return worker;
    }

    /** On the thread of the loop. */
    void perform(Operation operation) {
        worker.on(Thread.currentThread());
        try {
            worker.perform(operation, index++);
        } finally {
            worker.leave();
        }
    }

    /** Of any kind. */
    void performAny() {
        perform(Operations.draw(worker.draw));
    }
}
