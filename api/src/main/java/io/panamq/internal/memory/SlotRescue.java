// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.memory;

import io.panamq.bindings.calls.MessageCalls;
import io.panamq.internal.guard.StackGuard;
import io.panamq.internal.guard.Threads;
import io.panamq.internal.leak.SlotWatch;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.util.concurrent.ThreadFactory;

/**
 * Gives back the slot of a message that was made for one send, could not be sent, and became
 * garbage: the program cannot close it any more. A daemon thread does that.
 *
 * <p>The slot must not be freed while a thread reads it. So the message ends the rescue with {@link
 * #markClosed} before its content is used again in any way.
 */
public final class SlotRescue implements SlotWatch, Runnable {
    /** Makes the thread. */
    private static final class Rescuer implements ThreadFactory {
        @Override
        public Thread newThread(Runnable task) {
            return Threads.daemon("panamq-rescue", task);
        }
    }

    /**
     * Made when it is needed first, because it has a thread. No static initialiser makes it: that
     * could fail once and for all, for want of stack or memory.
     */
    private static volatile Cleaner cleaner;

    /** What to give back; null until {@link #arm}, and after the end of the rescue. */
    private MemorySegment slot;

    private final Cleaner.Cleanable cleanable;

    /** Prepares to rescue the slot of this message, of which the rescue may keep no reference. */
    public SlotRescue(Object message) {
        Cleaner made = cleaner;
        cleanable = (made == null ? start() : made).register(message, this);
    }

    private static synchronized Cleaner start() {
        if (cleaner == null) {
            StackGuard.require(); // the JDK's classes must be initialised, too
            cleaner = Cleaner.create(new Rescuer());
        }
        return cleaner;
    }

    /**
     * Gives up the cleaner, whose thread then ends soon. The next rescue makes another one; a
     * rescue that is under way goes on.
     */
    public static synchronized void rest() {
        cleaner = null;
    }

    /** Begins the rescue. This is a bare store, which no end of the stack can cut off. */
    public void arm(MemorySegment rescued) {
        slot = rescued;
    }

    @Override
    public void markClosed() {
        slot = null;
        cleanable.clean();
    }

    /** Runs on the thread of the cleaner when the message is garbage; else does nothing. */
    @Override
    public void run() {
        MemorySegment lost = slot;
        if (lost != null) {
            slot = null;
            MessageCalls.close(lost);
            MessageSlots.giveBack(lost);
        }
    }
}
