// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import static io.panamq.bindings.calls.Constants.DONTWAIT;
import static io.panamq.bindings.calls.Constants.LINGER;

import io.panamq.bindings.calls.NativeMemory;
import io.panamq.bindings.calls.SocketCalls;
import io.panamq.bindings.calls.SocketQueries;
import io.panamq.error.Errno;
import io.panamq.error.ZmqException;
import io.panamq.internal.error.Failures;
import io.panamq.internal.guard.StackGuard;
import io.panamq.internal.leak.CreationSite;
import io.panamq.internal.leak.Leak;
import io.panamq.internal.leak.Leaks;
import io.panamq.internal.watch.MailboxSignal;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * The native socket and its life: who may call it, and how it ends. Every downcall on the handle
 * happens between {@link #enter} and {@link #exit}, or in {@link #closeNative} after both ended.
 */
public final class SocketCore extends Ownership {
    /** How long closing from a foreign thread waits for the owner to leave its call. */
    private static final long LEAVE_NANOS = Duration.ofSeconds(2).toNanos();

    /** An endpoint that libzmq cannot read. */
    private static final MemorySegment NOWHERE = NativeMemory.permanent(1, 1);

    public final SocketHome home;
    public final SocketTraits type;
    public final MemorySegment handle;
    public final MemorySegment capture = NativeMemory.errnoCapture();
    public final String name;

    /** Where it was made; null if leaks are not followed. */
    public final CreationSite site = Leaks.site();

    /** The frames of {@code receiveBatch}, which end with the socket. */
    public final ReceiveBatch batch = new ReceiveBatch();

    /** What the user set; the native time-outs are always the slices of {@link BlockingWait}. */
    public long sendTimeout = Timeout.FOREVER;

    public long receiveTimeout = Timeout.FOREVER;

    /** Set by the option: then frames are messages to libzmq, and multipart ones abort it. */
    public boolean conflate;

    /**
     * Whether libzmq may read what is sent other than by the kernel: inproc peers have the memory
     * itself, WebSocket and CURVE copy it. Stays true once it is.
     */
    public boolean readsContent;

    /** Whether the owner's wait is to end, or its next one. */
    private volatile boolean cancelled;

    /** Whether it was ever bound or connected, which matters for a PAIR. */
    public boolean hadEndpoint;

    /** DONTWAIT if the owner is a virtual thread, which never waits within libzmq; else 0. */
    public int dontWait;

    /** The same for a first try: those who share it want to know whether another one waits. */
    int dontWaitFirst;

    /** What wakes a thread that is parked; made by the first that is. */
    private MailboxSignal signal;

    /**
     * Whether a poller has asked what there is to receive. Some types read ahead then, and without
     * the hardening named fq libzmq aborts when they are disconnected from what they read.
     */
    public boolean polled;

    /** A part of a poller or monitor: nothing that the user left open. */
    public boolean internal;

    /** Guarded by itself. */
    private final List<CloseHook> closeHooks = new ArrayList<>(0);

    private final AtomicBoolean nativeClosed = new AtomicBoolean();
    private boolean handleClosed;

    /** Whoever wanted to close could not wait: the owner does, on its way out. */
    private boolean closeOnExit;

    /** It was seized, and then there was no memory to close it. */
    private volatile boolean closeFailed;

    /** Of what the user has of it; null if that is not followed. */
    private volatile Leak leak;

    public SocketCore(SocketHome home, SocketTraits type, MemorySegment handle, String name) {
        this.home = home;
        this.type = type;
        this.handle = handle;
        this.name = name;
    }

    // ---- calls

    /** Starts a call of the owner; {@link #exit} must follow in a finally block. */
    public void enter(String operation) {
        StackGuard.check();
        if (!tryEnter()) {
            claimOrThrow(operation);
        }
    }

    public void exit() {
        leave();
        if (closeOnExit) {
            closeOnTheWayOut();
        }
    }

    private void closeOnTheWayOut() {
        try {
            StackGuard.require();
            closeNative();
        } catch (StackOverflowError e) {
            // The context closes it. Whoever leaves several sockets must not stop at this one.
        }
    }

    private void claimOrThrow(String operation) {
        Ownership.Claim claim = claim();
        if (claim == Ownership.Claim.OURS && tryEnter()) {
            setWait();
            return;
        }
        if (claim == Ownership.Claim.FOREIGN) {
            throw new WrongThreadException(operation + " on " + name + ": " + whoseItIs());
        }
        throw closedWhile(operation);
    }

    /** As its new owner can. */
    void setWait() {
        dontWait = Thread.currentThread().isVirtual() ? DONTWAIT : 0;
        dontWaitFirst = isShared() ? DONTWAIT : dontWait;
    }

    private String whoseItIs() {
        if (isShared()) {
            return "a ConcurrentSender has it: send through that";
        }
        Thread owner = owner();
        if (owner != null && owner.getState() == Thread.State.TERMINATED) {
            return "it belongs to "
                    + owner
                    + ", which has ended without release(): it can only be closed";
        }
        return "it belongs to "
                + owner
                + ", not to "
                + Thread.currentThread()
                + ": call release() there before using it here";
    }

    /** Between two slices of a wait: should it go on? */
    public void checkWait(String operation) {
        if (isClosed()) {
            throw closedWhile(operation);
        }
        if (Thread.currentThread().isInterrupted()) {
            throw Failures.interrupted(operation, name);
        }
        if (cancelled) {
            cancelled = false;
            throw Failures.cancelled(operation, name);
        }
    }

    /** Ends the owner's wait, or its next one; from any thread. */
    public void cancel() {
        StackGuard.require(); // half of an unpark would lose a virtual thread
        cancelled = true;
        // It may be parked, or be about to.
        LockSupport.unpark(owner());
    }

    /** Whether there is a reason not to begin a wait. */
    boolean isEnding() {
        return cancelled || isClosed();
    }

    /**
     * Parks the calling thread, the owner, until libzmq has told the socket something, or until the
     * time in nanoseconds is over; may return early. Returns false at once if there is no watcher.
     */
    boolean parkUntilNews(long nanos) {
        MailboxSignal found = signal();
        if (found == null || !found.expect(capture)) {
            return false;
        }
        // Whoever ends the wait wakes this thread; that is used up if it came with a lock held.
        if (!isEnding()) {
            parkThread(nanos);
        }
        found.expectNothing();
        return true;
    }

    /** Parks the calling thread for up to this time in nanoseconds; may return early. */
    public void parkThread(long nanos) {
        if (nanos == Timeout.FOREVER) {
            LockSupport.park(this);
        } else {
            LockSupport.parkNanos(this, nanos);
        }
    }

    /** For the owner's calls; null if the socket has no descriptor to give. */
    public MailboxSignal signal() {
        if (signal == null) {
            signal = MailboxSignal.of(handle, capture);
        }
        return signal;
    }

    /**
     * Takes in what peers and I/O threads have told the socket: room in a queue, a peer that has
     * gone. Sending does so about once a millisecond only. A disconnect from nowhere does it first
     * of all, and then fails; reading ZMQ_EVENTS would too, but looks at queues that libzmq may
     * abort on.
     */
    void processCommands() {
        SocketQueries.disconnect(capture, handle, NOWHERE);
    }

    public ZmqException closedWhile(String operation) {
        if (home.isClosed()) {
            return Failures.terminated(operation, name);
        }
        // An event loop closes the sockets of a context that is shut down, which can make no more.
        return home.isShutDown()
                ? failure(Errno.ETERM, operation, "")
                : Failures.closed(operation, name);
    }

    public ZmqException failure(Errno errno, String operation, String endpoint) {
        return failure(-errno.number(), operation, endpoint);
    }

    public ZmqException failure(int result, String operation, String endpoint) {
        return Failures.of(result, operation, endpoint, name);
    }

    // ---- life

    /** From now on it is reported if the user loses this without closing. */
    public void follow(Object owner) {
        leak = Leaks.follow(owner, name, "it stays open until its context is closed", site);
        if (isClosed()) {
            notLost(); // by the context, meanwhile
        }
    }

    /** It was closed, or will be: after it was seized. */
    public void notLost() {
        Leak followed = leak;
        if (followed != null) {
            followed.markClosed();
        }
    }

    /** Bound or connected. */
    public void usedAt(String endpoint) {
        Leak followed = leak;
        if (followed != null) {
            followed.setEndpoint(endpoint);
        }
    }

    public void release() {
        refuseInBatch();
        if (!giveUp()) {
            enter("release");
            exit();
            giveUp();
        }
    }

    /** From this thread, or nobody, to all who have a turn, see {@link #turn}. */
    public void share() {
        enter("sharing");
        exit();
        refuseInBatch();
        if (!shareOwned()) {
            throw closedWhile("sharing");
        }
    }

    private void refuseInBatch() {
        if (batch.isRunning()) {
            throw new IllegalStateException(
                    "a batch of " + name + " is being received: release it after that");
        }
    }

    /** From any thread; the first caller closes, the others return at once. */
    public void close() {
        // Not half of it: what is seized and not closed stays open as long as its context.
        StackGuard.require();
        Ownership.TakeOver found = seize();
        if (found == Ownership.TakeOver.LATE && !closeFailed) {
            return;
        }
        boolean quiet = found == Ownership.TakeOver.QUIET;
        boolean done = false;
        try {
            notLost();
            if (!quiet) {
                Ownership.fenceAllThreads();
            }
            closeWhenLeft(System.nanoTime() + (quiet ? 0 : LEAVE_NANOS));
            done = true;
        } finally {
            closeFailed = !done;
        }
    }

    /**
     * Second half of closing: closes now, or leaves it to the owner if that is in a call that does
     * not end in time. Returns whether it is closed.
     */
    public boolean closeWhenLeft(long deadline) {
        if (!awaitLeft(deadline)) {
            closeOnExit = true;
            // Now the owner sees the flag when it leaves, or we see that it has left.
            Ownership.fenceAllThreads();
            if (isInside()) {
                return false;
            }
        }
        closeNative();
        return true;
    }

    /** Waits until the former owner is out of its call, which is a slice of a wait at most. */
    public boolean awaitLeft(long deadline) {
        while (isInside()) {
            if (System.nanoTime() - deadline >= 0) {
                return false;
            }
            LockSupport.parkNanos(100_000);
        }
        return true;
    }

    /** {@code zmq_close}, once; only when nobody is in a call or will start one. */
    private void closeNative() {
        if (nativeClosed.compareAndSet(false, true)) {
            try {
                if (signal != null) {
                    signal.forget(capture);
                }
                for (CloseHook hook : hooks()) {
                    hook.beforeClose();
                }
                home.close(this);
            } finally {
                if (!handleClosed) {
                    // No memory: another close does it, or the context.
                    nativeClosed.set(false);
                }
            }
            batch.dispose();
        }
    }

    /** Gives the handle up: the last call on it. */
    public void closeHandle() {
        SocketCalls.close(capture, handle);
        handleClosed = true;
    }

    List<CloseHook> hooks() {
        synchronized (closeHooks) {
            return List.copyOf(closeHooks);
        }
    }

    /** Tells it before the native socket is closed. Between enter and exit. */
    public void addCloseHook(CloseHook hook) {
        synchronized (closeHooks) {
            closeHooks.add(hook);
        }
    }

    public void removeCloseHook(CloseHook hook) {
        synchronized (closeHooks) {
            closeHooks.remove(hook);
        }
    }

    public boolean isNativeClosed() {
        return nativeClosed.get();
    }

    // ---- options, between enter and exit

    /** Sets a native option. */
    public void setOption(int option, MemorySegment value) {
        int result = SocketCalls.setOption(capture, handle, option, value, value.byteSize());
        if (result < 0) {
            throw Failures.of(result, "set", "option " + option + " of " + name);
        }
    }

    /**
     * Reads a native option.
     *
     * @param room how many bytes it may have
     * @return those that it has
     */
    public MemorySegment getOption(int option, int room, Arena arena) {
        MemorySegment value = arena.allocate(room, Long.BYTES);
        MemorySegment size = arena.allocate(Long.BYTES, Long.BYTES);
        NativeMemory.setLong(size.address(), room);
        int result = SocketQueries.getOption(capture, handle, option, value, size);
        if (result < 0) {
            throw Failures.of(result, "get", "option " + option + " of " + name);
        }
        return value.asSlice(0, Math.min(room, NativeMemory.getLong(size.address())));
    }

    public void setInt(int option, int value) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment encoded = arena.allocate(Integer.BYTES, Integer.BYTES);
            NativeMemory.setInt(encoded.address(), value);
            setOption(option, encoded);
        }
    }

    public int getInt(int option) {
        try (Arena arena = Arena.ofConfined()) {
            return NativeMemory.getInt(getOption(option, Integer.BYTES, arena).address());
        }
    }

    /** Shortens the linger to a number of nanoseconds; nobody may be in a call. */
    public void limitLinger(long left) {
        if (nativeClosed.get() || isInside()) {
            return;
        }
        try {
            int millis = (int) Math.min(Integer.MAX_VALUE, (left + 999_999) / 1_000_000);
            int linger = getInt(LINGER);
            if (linger < 0 || linger > millis) {
                setInt(LINGER, millis);
            }
        } catch (ZmqException e) {
            // After a shutdown libzmq refuses options: then the linger stays as it was set.
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
