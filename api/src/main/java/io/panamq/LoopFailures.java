// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.util.function.Consumer;

/** What is said of an event loop's handlers. Never throws: the loop goes on. */
final class LoopFailures {
    private LoopFailures() {}

    static void report(EventLoop loop, Consumer<? super Throwable> handler, Throwable failure) {
        try {
            if (handler == null) {
                log(loop + ": a handler failed", failure);
            } else {
                handler.accept(failure);
            }
        } catch (Throwable e) {
            try {
                log(loop + ": onFailure failed", e);
            } catch (Throwable again) {
                // There is nobody left to tell.
            }
        }
    }

    static void logStuck(EventLoop loop) {
        System.getLogger(EventLoop.class.getName())
                .log(
                        System.Logger.Level.WARNING,
                        loop + " did not end in time: a handler does not return");
    }

    private static void log(String text, Throwable failure) {
        System.getLogger(EventLoop.class.getName()).log(System.Logger.Level.ERROR, text, failure);
    }
}
