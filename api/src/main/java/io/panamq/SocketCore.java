// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.bindings.NativeMemory;
import io.panamq.bindings.SocketCalls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * The native socket and its life: who may call it, and how it ends. Every downcall on the handle
 * happens between {@link #enter} and {@link #exit}, or in {@link #closeNative} after both ended.
 */
final class SocketCore {
    /** How long closing from a foreign thread waits for the owner to leave its call. */
    private static final long LEAVE_NANOS = Duration.ofSeconds(2).toNanos();

    final Context context;
    final SocketType type;
    final MemorySegment handle;
    final MemorySegment capture = NativeMemory.errnoCapture();
    final String name;

    /** What the user set; the native time-outs are always the slices of {@link Waiting}. */
    long sendTimeout = Waiting.FOREVER;

    long receiveTimeout = Waiting.FOREVER;

    /** Set by the option: then frames are messages to libzmq, and multipart ones abort it. */
    boolean conflate;

    private final Ownership ownership = new Ownership();
    private final AtomicBoolean nativeClosed = new AtomicBoolean();

    SocketCore(Context context, SocketType type, MemorySegment handle, String name) {
        this.context = context;
        this.type = type;
        this.handle = handle;
        this.name = name;
    }

    // ---- calls

    /** Starts a call of the owner; {@link #exit} must follow in a finally block. */
    void enter(String operation) {
        if (!ownership.enter()) {
            claim(operation);
        }
    }

    void exit() {
        ownership.exit();
    }

    private void claim(String operation) {
        Ownership.Claim claim = ownership.claim();
        if (claim == Ownership.Claim.OURS && ownership.enter()) {
            return;
        }
        if (claim == Ownership.Claim.FOREIGN) {
            throw new WrongThreadException(
                    operation
                            + " on "
                            + name
                            + ": the socket belongs to "
                            + ownership.owner()
                            + ", not to "
                            + Thread.currentThread()
                            + ": call release() there before using it here");
        }
        throw closedWhile(operation);
    }

    /** Between two slices of a wait: should it go on? */
    void checkWait(String operation) {
        if (ownership.isClosed()) {
            throw closedWhile(operation);
        }
        if (Thread.currentThread().isInterrupted()) {
            throw Failures.interrupted(operation, name);
        }
    }

    ZmqException closedWhile(String operation) {
        return context.isClosing()
                ? Failures.terminated(operation, name)
                : Failures.closed(operation, name);
    }

    ZmqException failure(int result, String operation, String endpoint) {
        return Failures.of(result, operation, endpoint, name);
    }

    // ---- life

    void release() {
        if (!ownership.release()) {
            enter("release");
            exit();
            ownership.release();
        }
    }

    boolean isClosed() {
        return ownership.isClosed();
    }

    /** From any thread; the first caller closes, the others return at once. */
    void close() {
        Ownership.TakeOver found = ownership.takeOver();
        if (found == Ownership.TakeOver.LATE) {
            return;
        }
        if (found == Ownership.TakeOver.BUSY) {
            Ownership.fenceAllThreads();
        }
        if (awaitLeft(System.nanoTime() + LEAVE_NANOS)) {
            closeNative();
        }
        // Else the context closes it, or names it when it cannot.
    }

    /** First half of closing many: nobody starts a call any more. */
    void takeOver() {
        ownership.takeOver();
    }

    /** Waits until the former owner is out of its call, which is a slice of a wait at most. */
    boolean awaitLeft(long deadline) {
        while (ownership.isInside()) {
            if (System.nanoTime() - deadline >= 0) {
                return false;
            }
            LockSupport.parkNanos(100_000);
        }
        return true;
    }

    /** {@code zmq_close}, once; only after {@link #takeOver} and {@link #awaitLeft}. */
    void closeNative() {
        if (nativeClosed.compareAndSet(false, true)) {
            SocketCalls.close(capture, handle);
            context.forget(this);
        }
    }

    /** Shortens the linger to what is left of the context's patience. */
    void limitLinger(long millis) {
        if (nativeClosed.get()) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            int option = SocketOption.LINGER.number();
            Duration left = Duration.ofMillis(Math.max(0, millis));
            if (OptionCodec.MILLIS.read(this, option, arena).compareTo(left) > 0) {
                OptionCodec.MILLIS.write(this, option, left, arena);
            }
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
