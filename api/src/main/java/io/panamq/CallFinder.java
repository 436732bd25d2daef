// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.lang.StackWalker.StackFrame;
import java.util.Iterator;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Looks on a thread's stack for a call of ours. Only an overflow of the stack makes that necessary:
 * it can strike on the way out of a call, and then the socket looks as if it were in use for ever.
 * Whoever is told that there is no call may free what the call works on: so only what no option of
 * the JVM shortens is looked at, nor what a subclass of Thread may say of itself.
 */
final class CallFinder {
    private static final String PACKAGE = "io.panamq";
    private static final String VIRTUAL = "java.lang.VirtualThread";

    private CallFinder() {}

    /**
     * Whether there is one, or might be. Of the calling thread, the call that asks does not count.
     * A thread that has ended is in no call.
     */
    static boolean isInCall(Thread thread) {
        StackGuard.requireAmple(); // what is first initialised here must not fail for good
        return thread == Thread.currentThread()
                ? Walk.WALKER.walk(Walk.INSTANCE)
                : thread.isVirtual() ? isVirtualInCall(thread) : isPlatformInCall(thread);
    }

    /** Thread.getStackTrace could be overridden, and ends at MaxJavaStackTraceDepth. */
    private static boolean isPlatformInCall(Thread thread) {
        StackTraceElement[] stack = Thread.getAllStackTraces().get(thread);
        return stack != null && hasOurs(stack);
    }

    /** Complete only if its bottom is to be seen. */
    private static boolean isVirtualInCall(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        if (stack.length == 0) {
            return thread.isAlive();
        }
        return !stack[stack.length - 1].getClassName().equals(VIRTUAL) || hasOurs(stack);
    }

    private static boolean hasOurs(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            if (frame.getClassName().startsWith(PACKAGE)) {
                return true;
            }
        }
        return false;
    }

    /** Of the calling thread. A class and not a lambda, which would be made at the first use. */
    private static final class Walk implements Function<Stream<StackFrame>, Boolean> {
        static final StackWalker WALKER =
                StackWalker.getInstance(
                        Set.of(
                                StackWalker.Option.RETAIN_CLASS_REFERENCE,
                                StackWalker.Option.SHOW_HIDDEN_FRAMES));
        static final Walk INSTANCE = new Walk();

        /** The call that asks is on top; another one is below frames that are not ours. */
        @Override
        public Boolean apply(Stream<StackFrame> frames) {
            boolean left = false;
            Iterator<StackFrame> each = frames.iterator();
            while (each.hasNext()) {
                boolean ours = isOurs(each.next().getDeclaringClass());
                if (left && ours) {
                    return true;
                }
                left = left || !ours;
            }
            return false;
        }

        /** Not the packages below: examples and the user's own may be named so. */
        private static boolean isOurs(Class<?> type) {
            return type.getPackageName().equals(PACKAGE);
        }
    }
}
