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
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Holds the native socket, brackets the calls of its owner, and closes it. Every downcall on the
 * handle happens between {@link #enter} and {@link #exit}, or in {@link #closeNative} when no call
 * can begin any more.
 */
public class SocketCore extends NativeSocket {
    /** How long closing from another thread waits for the owner's call to end, in nanoseconds. */
    private static final long LEAVE_NANOS = Duration.ofSeconds(2).toNanos();

    /** The empty text, which is no endpoint. */
    private static final MemorySegment NOWHERE = NativeMemory.permanent(1, 1);

    public final SocketHome home;
    public final SocketTraits type;

    /** Where the socket was made; null if leaks are not followed. */
    public final CreationSite site = Leaks.site();

    final ReceiveBatch batch = new ReceiveBatch();

    /** The SNDTIMEO of the user; the native one is a slice of {@link BlockingWait}. */
    public long sendTimeout = Timeout.FOREVER;

    /** The RCVTIMEO of the user; the native one is a slice of {@link BlockingWait}. */
    public long receiveTimeout = Timeout.FOREVER;

    /** ZMQ_CONFLATE: each frame is a message to libzmq, and a multipart message makes it abort. */
    public boolean conflate;

    /** Whether an XPUB leaves it to the program to answer subscriptions. */
    public boolean manual;

    /**
     * Whether code of this process may read what is sent, and not only the kernel: inproc peers get
     * the memory itself, WebSocket and CURVE copy it. Stays true once it is.
     */
    public boolean readsContent;

    /** What was set for its handshakes. */
    public final SecurityState security = new SecurityState();

    /** ZMQ_USE_FD: the descriptor of the user on which binds listen; -1 for none. */
    public int listenOn = -1;

    /** Whether the owner's wait must end, or its next one. */
    private volatile boolean cancelled;

    /** The endpoints that it is bound to. */
    public final List<String> bound = new ArrayList<>(1);

    /** Whether the socket was ever bound or connected. */
    public boolean hadEndpoint;

    /** DONTWAIT if the owner is a virtual thread, which must not wait within libzmq; else 0. */
    public int dontWait;

    /**
     * The flag for the first try of a send. Also DONTWAIT when a ConcurrentSender shares the
     * socket, so that its other threads see that the queue is full.
     */
    int dontWaitFirst;

    /** Wakes a parked owner; made when one parks for the first time. */
    private MailboxSignal signal;

    /**
     * Whether a poller has asked if there is something to receive. Some types then read ahead, and
     * libzmq without the hardening "fq" aborts when they are disconnected from what they read.
     */
    public boolean polled;

    /** Whether it is a part of a poller or monitor, and not a socket that a user can leave open. */
    public boolean internal;

    /** Whether what is sent may have to fit into a datagram of udp. Stays true once it is. */
    private volatile boolean usesUdp;

    /** Whether it counts towards the number of sockets that the context allows. */
    public boolean counts;

    /** Guarded by itself. */
    private final List<CloseHook> closeHooks = new ArrayList<>(0);

    private final AtomicBoolean nativeClosed = new AtomicBoolean();
    private boolean handleClosed;

    /** Set by a closing thread that could not wait for the owner: the owner closes on its exit. */
    boolean closeOnExit;

    /** Whether a close failed after it seized the socket, as for want of memory. */
    private volatile boolean closeFailed;

    /** Follows the public object of this socket; null if that is not done. */
    private volatile Leak leak;

    public SocketCore(SocketHome home, SocketTraits type, MemorySegment handle, String name) {
        super(handle, name);
        this.home = home;
        this.type = type;
        // Another thread may just connect a thread-safe socket to inproc.
        this.readsContent = type.isThreadSafe();
    }

    // ---- calls

    /**
     * Begins a call of the owner; {@link #exit} must follow in a finally block. A socket without an
     * owner becomes the calling thread's.
     */
    public void enter(String operation) {
        StackGuard.check();
        if (!tryEnter()) {
            claimOrThrow(operation);
        }
    }

    /** Ends a call of the owner. */
    public void exit() {
        leave();
        if (closeOnExit) {
            closeAfterExit();
        }
    }

    void closeAfterExit() {
        try {
            StackGuard.require();
            closeNative();
        } catch (StackOverflowError | OutOfMemoryError e) {
            // The context closes it. A thread that exits several sockets must go on.
        }
    }

    void claimOrThrow(String operation) {
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

    /** Sets how the calling thread, which begins to use the socket, waits. */
    void setWait() {
        // A DGRAM that waits within libzmq makes it abort when its only pipe is gone.
        boolean datagrams = type == SocketTraits.DGRAM;
        dontWait = datagrams || Thread.currentThread().isVirtual() ? DONTWAIT : 0;
        dontWaitFirst = isShared() ? DONTWAIT : dontWait;
    }

    private String whoseItIs() {
        if (isShared()) {
            return "a ConcurrentSender has it, for good: it can only be sent through that, or closed";
        }
        Thread owner = owner();
        if (owner != null && owner.getState() == Thread.State.TERMINATED) {
            return "it belongs to "
                    + owner
                    + ", which has ended without handOver(): it can only be closed";
        }
        return "it belongs to "
                + owner
                + ", not to "
                + Thread.currentThread()
                + ": call handOver() there before using it here";
    }

    /** Throws if the owner's wait must end: by a close, an interrupt or {@link #cancel}. */
    public void checkWait(String operation) {
        if (isClosed()) {
            throw closedWhile(operation);
        }
        if (Thread.currentThread().isInterrupted()) {
            throw Failures.interrupted(operation, name);
        }
        if (takeCancel()) {
            throw Failures.cancelled(operation, name);
        }
    }

    /** Returns whether other threads call the same native socket, and set its time-outs. */
    boolean sharesTimeouts() {
        return false;
    }

    /** Returns whether the wait of the calling thread was cancelled, and begins anew. */
    boolean takeCancel() {
        boolean found = cancelled;
        if (found) {
            cancelled = false;
        }
        return found;
    }

    /** Ends the owner's wait, or its next one. Any thread may do this. */
    public void cancel() {
        // A virtual thread whose unpark is cut off would never run again.
        StackGuard.require();
        cancelled = true;
        LockSupport.unpark(owner());
    }

    /**
     * Parks the owner until libzmq has told the socket something, for up to this time in
     * nanoseconds; may return early. Returns false at once if nothing can watch the socket.
     */
    boolean parkUntilNews(long nanos) {
        MailboxSignal found = signal();
        if (found == null || !found.expect(capture)) {
            return false;
        }
        // This thread may have used up the wake-up of a cancel or a close, to get a lock above.
        if (!cancelled && !isClosed()) {
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

    /** Returns what wakes a parked owner; null if the socket has no descriptor to watch. */
    public MailboxSignal signal() {
        assert isInside();
        if (signal == null) {
            signal = MailboxSignal.of(handle, capture);
        }
        return signal;
    }

    /**
     * Makes libzmq process what peers and I/O threads have told the socket, such as room in a queue
     * or a peer that has gone; a send does so only about once a millisecond. A disconnect from no
     * endpoint does this first, and then fails. Reading ZMQ_EVENTS would do it too, but looks at
     * queues on which libzmq may abort.
     */
    void processCommands() {
        assert isInside();
        SocketQueries.disconnect(capture, handle, NOWHERE);
    }

    /** Returns the exception for a call that found the socket closed. */
    public ZmqException closedWhile(String operation) {
        if (home.isClosed()) {
            return Failures.terminated(operation, name);
        }
        // An event loop closes its sockets when their context is shut down: ETERM tells why.
        return home.isShutDown()
                ? failure(Errno.ETERM, operation, "")
                : Failures.closed(operation, name);
    }

    /** Returns whether a batch left frames in Java, of which libzmq knows nothing any more. */
    public boolean hasLeftovers() {
        return !batch.frames.isEmpty();
    }

    // ---- life

    /** Reports a leak, from now on, if the owner becomes garbage while the socket is open. */
    public final void trackLeak(Object owner) {
        leak = Leaks.follow(owner, name, "it stays open until its context is closed", site);
        if (isClosed()) {
            untrackLeak(); // the context was closed meanwhile
        }
    }

    /** Reports no leak any more: the socket is being closed. */
    public final void untrackLeak() {
        assert isClosed();
        Leak followed = leak;
        if (followed != null) {
            followed.markClosed();
        }
    }

    /** Notes the endpoint that the socket was bound or connected to last, for the leak report. */
    public void noteEndpoint(String endpoint) {
        Leak followed = leak;
        if (followed != null) {
            followed.setEndpoint(endpoint);
        }
    }

    /** Gives the socket up, so that the next thread that uses it owns it. */
    public void handOver() {
        refuseInBatch();
        if (!giveUp()) {
            enter("handOver");
            exit();
            giveUp();
        }
    }

    /** Shares a socket of the calling thread among all threads that have a turn. */
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
                    "a batch of " + name + " is being received: hand it over after that");
        }
    }

    /** Closes the socket. Any thread may do this; later calls return at once. */
    public void close() {
        // An overflow after the socket was seized would leave it open until its context is closed.
        StackGuard.require();
        Ownership.TakeOver found = seize();
        if (found == Ownership.TakeOver.LATE && !closeFailed) {
            return;
        }
        boolean quiet = found == Ownership.TakeOver.QUIET;
        boolean done = false;
        try {
            untrackLeak();
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
     * Closes a socket that was seized, once its owner has left its call; leaves that to the owner
     * if the call does not end before the deadline. Returns whether the socket is closed.
     */
    public boolean closeWhenLeft(long deadline) {
        if (!awaitLeft(deadline)) {
            closeOnExit = true;
            // After the fence the owner sees the flag on its exit, or isInside is false here.
            Ownership.fenceAllThreads();
            if (isInside()) {
                return false;
            }
        }
        closeNative();
        return true;
    }

    /** Waits until no thread is in a call; returns false when the deadline is over. */
    public boolean awaitLeft(long deadline) {
        while (isInside()) {
            if (System.nanoTime() - deadline >= 0) {
                return false;
            }
            LockSupport.parkNanos(100_000);
        }
        return true;
    }

    /** Closes the native socket, once; no thread may be in a call, or begin one. */
    private void closeNative() {
        assert isClosed();
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
                    // This failed, as for want of memory: another close can do it, or the context.
                    nativeClosed.set(false);
                }
            }
            disposeBatches();
        }
    }

    void disposeBatches() {
        batch.dispose();
    }

    public boolean usesUdp() {
        return usesUdp;
    }

    public void markUdp() {
        usesUdp = true;
    }

    /** Returns what a poller enters while it waits for this socket: the socket, as a rule. */
    public SocketCore forPoller() {
        return this;
    }

    /** Calls {@code zmq_close}; no call on the handle may follow. */
    public void closeHandle() {
        SocketCalls.close(capture, handle);
        handleClosed = true;
    }

    List<CloseHook> hooks() {
        synchronized (closeHooks) {
            return List.copyOf(closeHooks);
        }
    }

    /** Adds a hook that runs before the native socket is closed. */
    public void addCloseHook(CloseHook hook) {
        assert isInside();
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

    /**
     * Shortens the linger of a socket that is being closed to this time in nanoseconds. Does
     * nothing if a thread is in a call.
     */
    public void limitLinger(long left) {
        assert isClosed();
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
            // After a shutdown libzmq refuses options, and the linger stays as it was.
        }
    }
}
