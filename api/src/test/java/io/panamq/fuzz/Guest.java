// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import io.panamq.Context;
import io.panamq.loop.EventLoop;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * An event loop with a worker that misuses everything on its thread. The loop may end at any time,
 * so this guest leaves nothing behind that belongs to the thread.
 */
final class Guest {
    private final Worker worker;
    private final Context context;
    private final EventLoop loop;
    private int index;

    Guest(Worker host, Context context) {
        Draw draw = host.draw;
        this.context = context;
        worker = host.newGuest();
        EventLoop.Builder builder =
                EventLoop.builder(context)
                        .name("fuzz-loop-" + draw.below(100))
                        .messagesPerTurn(1 + draw.below(draw.oneIn(4) ? 100 : 3))
                        .drainTimeout(Duration.ofMillis(draw.below(40)));
        loop = builder.onFailure(failures(worker, host.draw.oneIn(8))).start();
        worker.watch();
    }

    /** Returns a handler of failures which checks that the loop reports only expected ones. */
    private static Consumer<Throwable> failures(Worker worker, boolean throwing) {
        return failure -> {
            if (!Loops.FAILURES.expects(failure)) {
                worker.report("a loop", failure);
            }
            if (throwing) {
                throw new Operation.Planned();
            }
        };
    }

    EventLoop loop() {
        return loop;
    }

    Context context() {
        return context;
    }

    /** Returns the stack of its thread, or "?" if it never ran. */
    String stack() {
        Thread thread = worker.thread();
        return thread == null ? "?" : Arrays.toString(thread.getStackTrace());
    }

    Worker worker() {
        return worker;
    }

    /** Performs an operation, on the thread of the loop. */
    void perform(Operation operation) {
        worker.enter(Thread.currentThread());
        try {
            worker.perform(operation, index++);
        } finally {
            worker.leave();
        }
    }

    /** Performs a random operation, on the thread of the loop. */
    void performAny() {
        perform(Operations.draw(worker.draw));
    }
}
