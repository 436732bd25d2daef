// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import io.panamq.internal.guard.Threads;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Belongs to one thread at a time, which gives it up before another takes it.
 *
 * @hidden
 */
abstract class ThreadConfined {
    /** Stands for "a socket has it, between two batches": then no thread can own it. */
    private static final Thread SOCKET = Threads.placeholder("a socket");

    private static final VarHandle OWNER;

    static {
        try {
            OWNER =
                    MethodHandles.lookup()
                            .findVarHandle(ThreadConfined.class, "owner", Thread.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Only the owner replaces itself, so a thread that reads itself here is the owner. */
    private Thread owner = Thread.currentThread();

    protected final boolean isOwn() {
        return owner == Thread.currentThread();
    }

    /** Takes it if nobody has it; throws if another thread does. */
    protected final void checkOwner() {
        if (owner != Thread.currentThread()) {
            claim();
        }
    }

    /** Takes it if nobody has it; false if another thread does. */
    final boolean isOwnOrFree() {
        return isOwn() || OWNER.compareAndSet(this, null, Thread.currentThread());
    }

    private void claim() {
        Thread self = Thread.currentThread();
        Thread witness = (Thread) OWNER.compareAndExchange(this, null, self);
        if (witness == SOCKET) {
            throw inTransfer();
        }
        if (witness != null) {
            throw new WrongThreadException(
                    "this message belongs to "
                            + witness
                            + ", not to "
                            + self
                            + (witness.isAlive()
                                    ? ": call release() there before handing it over"
                                    : ": that thread has ended without release(), and nobody can"
                                            + " use or close it any more"));
        }
    }

    static IllegalStateException inTransfer() {
        return new IllegalStateException("a socket is sending or receiving this message");
    }

    /** Makes it the socket's: whoever still has the reference can do nothing with it. */
    final void withdraw() {
        OWNER.setRelease(this, SOCKET);
    }

    final boolean isWithdrawn() {
        return owner == SOCKET;
    }

    /** Takes it from the socket. */
    final void adopt() {
        OWNER.setRelease(this, Thread.currentThread());
    }

    /** Publishes all the owner did to whoever takes it next. */
    final void giveUp() {
        OWNER.setRelease(this, null);
    }
}
