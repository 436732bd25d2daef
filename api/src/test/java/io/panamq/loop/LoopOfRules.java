// SPDX-License-Identifier: Apache-2.0
package io.panamq.loop;

import io.panamq.Context;
import io.panamq.support.Deadline;
import java.time.Duration;

/** The context and the loop of a TCK test, which cannot extend WithLoop. */
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
