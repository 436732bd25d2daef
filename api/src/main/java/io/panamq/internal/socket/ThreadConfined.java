// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import io.panamq.internal.guard.Threads;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The base of objects of one thread at a time: it gives them up before another one takes them.
 *
 * @hidden
 */
abstract class ThreadConfined {
    /** The owner of a frame that a socket keeps for its batches: no thread can take it. */
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

    /** Only the owner replaces itself, so a thread that reads itself here owns the object. */
    private Thread owner = Thread.currentThread();

    protected final boolean isOwn() {
        return owner == Thread.currentThread();
    }

    /** Takes the object if no thread owns it; throws if another thread does. */
    protected final void checkOwner() {
        if (owner != Thread.currentThread()) {
            claim();
        }
    }

    /** Takes the object if no thread owns it; returns false if another thread does. */
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
                                    ? ": call handOver() there first"
                                    : ": that thread has ended without handOver(), and nobody can"
                                            + " use or close it any more"));
        }
    }

    static IllegalStateException inTransfer() {
        return new IllegalStateException(
                "a socket has this message: it is being sent or received, or it is a frame of a"
                        + " batch that has ended, which share() would have kept");
    }

    /** Gives the object to a socket: no thread can use it until {@link #adopt}. */
    final void withdraw() {
        OWNER.setRelease(this, SOCKET);
    }

    final boolean isWithdrawn() {
        return owner == SOCKET;
    }

    /** Takes the object from the socket, for the calling thread. */
    final void adopt() {
        assert isWithdrawn();
        OWNER.setRelease(this, Thread.currentThread());
    }

    /** Gives the object up. The next owner sees everything that this one did. */
    final void giveUp() {
        OWNER.setRelease(this, null);
    }
}
