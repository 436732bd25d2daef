// SPDX-License-Identifier: Apache-2.0
package io.panamq;

/**
 * Looks on a thread's stack for a call of ours. Only an overflow of the stack makes that necessary:
 * it can strike on the way out of a call, and then the socket looks as if it were in use for ever.
 */
final class CallFinder {
    /** A constant: nothing to initialise, which would fail for good where the stack has ended. */
    private static final String PACKAGE = "io.panamq.";

    /** The JVM tells no more frames than this (MaxJavaStackTraceDepth). */
    private static final int MOST_FRAMES = 1024;

    private CallFinder() {}

    /**
     * Whether there is one, or might be. Of the calling thread, the call that asks does not count.
     * A thread that has ended is in no call.
     */
    static boolean isInCall(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        int next = thread == Thread.currentThread() ? endOfOwnCall(stack) : 0;
        while (next < stack.length) {
            if (isOurs(stack[next])) {
                return true;
            }
            next++;
        }
        return stack.length >= MOST_FRAMES;
    }

    private static int endOfOwnCall(StackTraceElement[] stack) {
        int next = 0;
        while (next < stack.length && !isOurs(stack[next])) {
            next++;
        }
        while (next < stack.length && isOurs(stack[next])) {
            next++;
        }
        return next;
    }

    private static boolean isOurs(StackTraceElement frame) {
        return frame.getClassName().startsWith(PACKAGE);
    }
}
