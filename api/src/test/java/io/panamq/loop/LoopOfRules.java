// SPDX-License-Identifier: Apache-2.0
package io.panamq.loop;

import io.panamq.Context;
import io.panamq.support.Deadline;
import java.time.Duration;

/** The context and the loop of one test of the TCK, whose classes have a superclass already. */
final class LoopOfRules {
    final Context context = Context.builder().linger(Duration.ZERO).build();
    final EventLoop loop = EventLoop.create(context);

    void close() {
        loop.stopNow();
        loop.awaitStopped(Deadline.LIMIT);
        if (!context.close(Deadline.LIMIT).terminated()) {
            throw new AssertionError("the context did not end");
        }
    }
}
