// SPDX-License-Identifier: Apache-2.0
package io.panamq.loop;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reports what the handlers of an event loop throw. It never throws itself: the loop goes on. */
final class LoopFailures {
    /** The name of the public class. This class does not depend on it. */
    private static final String LOGGER = LoopFailures.class.getPackageName() + ".EventLoop";

    private final String loop;
    private final @Nullable Consumer<? super Throwable> handler;

    /** Failures go to the handler, or are logged if it is null. */
    LoopFailures(String loop, @Nullable Consumer<? super Throwable> handler) {
        this.loop = loop;
        this.handler = handler;
    }

    void report(Throwable failure) {
        try {
            if (handler == null) {
                log(": a handler failed", failure);
            } else {
                handler.accept(failure);
            }
        } catch (Throwable e) {
            try {
                log(": onFailure failed", e);
            } catch (Throwable again) {
                // There is nobody left to tell.
            }
        }
    }

    void logStuck() {
        System.getLogger(LOGGER)
                .log(
                        System.Logger.Level.WARNING,
                        loop + " did not end in time: a handler does not return");
    }

    private void log(String what, Throwable failure) {
        System.getLogger(LOGGER).log(System.Logger.Level.ERROR, loop + what, failure);
    }
}
