// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.context;

import static io.panamq.bindings.calls.Constants.EINTR;

import io.panamq.bindings.calls.ContextCalls;
import io.panamq.bindings.calls.NativeMemory;
import io.panamq.internal.guard.Threads;
import io.panamq.internal.socket.Ownership;
import io.panamq.internal.socket.SocketCore;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Knows the open sockets of a context; closes them, and then ends the native context. */
final class SocketRegistry {
    /** The nanoseconds that closing may take even if the deadline is earlier. */
    static final long GRACE = TimeUnit.MILLISECONDS.toNanos(200);

    /** The nanoseconds, at most, by which the linger ends before the deadline. */
    private static final long MARGIN = TimeUnit.MILLISECONDS.toNanos(100);

    private final Set<SocketCore> open = ConcurrentHashMap.newKeySet();

    /** How many of them count towards the limit of the context. */
    private final AtomicInteger counted = new AtomicInteger();

    /** What {@link #closeAll} knows so far, for other threads. */
    private volatile CloseResult found = new CloseResult(false, List.of(), List.of(), Map.of());

    /** The one thread that calls {@code zmq_ctx_term}; null before. */
    private Thread terminating;

    void add(SocketCore core) {
        open.add(core);
        if (core.counts) {
            counted.incrementAndGet();
        }
    }

    void remove(SocketCore core) {
        if (open.remove(core) && core.counts) {
            counted.decrementAndGet();
        }
    }

    /** Returns how many sockets of users are open. */
    int counted() {
        return counted.get();
    }

    int size() {
        return open.size();
    }

    /** Returns what is known so far about the sockets that are being closed. */
    CloseResult found() {
        return found;
    }

    /** Closes all sockets from this thread, then the context, in a number of nanoseconds. */
    CloseResult closeAll(MemorySegment context, InprocRegistry names, long nanos) {
        long deadline = System.nanoTime() + nanos;
        List<SocketCore> sockets = List.copyOf(open);
        List<SocketCore> stillOpen = new ArrayList<>();
        for (SocketCore socket : sockets) {
            if (!socket.isClosed() && !socket.internal) {
                stillOpen.add(socket);
            }
            socket.seize(); // no thread can start a call on it any more
            socket.untrackLeak();
        }
        if (!sockets.isEmpty()) {
            Ownership.fenceAllThreads();
        }
        // This takes about ten microseconds for each socket, within the given time.
        List<String> openNames = names(stillOpen);
        Map<String, String> createdAt = places(stillOpen);
        found = new CloseResult(false, openNames, List.of(), createdAt);
        List<SocketCore> abandoned = new ArrayList<>();
        // An owner leaves its call within a slice of a wait, so it always gets the time for that.
        long leave = Math.max(deadline, System.nanoTime() + GRACE);
        for (SocketCore socket : sockets) {
            socket.awaitLeft(leave);
            long left = Math.max(0, deadline - System.nanoTime());
            // The linger is a little shorter, so that its end is noticed before the deadline.
            socket.limitLinger(left - Math.min(left / 10, MARGIN));
            if (!socket.closeWhenLeft(leave)) {
                abandoned.add(socket);
            }
        }
        boolean canEnd = names.canEnd(sockets.size());
        // Without linger this takes a millisecond or two, if all sockets are closed.
        long end = abandoned.isEmpty() ? Math.max(deadline, System.nanoTime() + GRACE) : deadline;
        boolean terminated = canEnd && terminate(context, end);
        if (!terminated) {
            System.getLogger("io.panamq.Context")
                    .log(
                            System.Logger.Level.WARNING,
                            "the context did not end in time: "
                                    + reason(abandoned, canEnd)
                                    + "; libzmq goes on in the background");
        }
        return new CloseResult(terminated, openNames, names(abandoned), createdAt);
    }

    /** Explains why the context did not end, as far as that is known. */
    static String reason(List<SocketCore> abandoned, boolean canEnd) {
        if (!abandoned.isEmpty()) {
            return "calls do not return on " + abandoned + ", made at " + places(abandoned);
        }
        return canEnd
                ? "there may be messages still to be sent (linger), or the time was too short to"
                        + " close all sockets"
                : "there are connections to inproc names that nobody has bound, and too few sockets"
                        + " or descriptors left to end them safely";
    }

    private static List<String> names(List<SocketCore> sockets) {
        List<String> names = new ArrayList<>();
        for (SocketCore socket : sockets) {
            names.add(socket.name);
        }
        return names;
    }

    /** Returns where the sockets were made, by name, as far as that is known. */
    private static Map<String, String> places(List<SocketCore> sockets) {
        Map<String, String> places = new TreeMap<>();
        for (SocketCore socket : sockets) {
            if (socket.site != null) {
                places.put(socket.name, socket.site.frame());
            }
        }
        return places;
    }

    /**
     * Ends the native context on another thread, because nothing can end {@code zmq_ctx_term}
     * early. Waits for that until {@code end}, and returns whether it is done.
     */
    private boolean terminate(MemorySegment context, long end) {
        if (terminating == null) {
            Thread thread = Threads.daemon("panamq-terminate", new Termination(context));
            thread.start();
            terminating = thread;
        }
        Thread thread = terminating;
        boolean interrupted = false;
        while (thread.isAlive() && System.nanoTime() - end < 0) {
            try {
                long millis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()) + 1;
                thread.join(millis);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    /** Is a class because the first lambda of a program costs it 20 ms. */
    private static final class Termination implements Runnable {
        private final MemorySegment context;

        Termination(MemorySegment context) {
            this.context = context;
        }

        @Override
        public void run() {
            MemorySegment capture = NativeMemory.errnoCapture();
            int result;
            do {
                result = ContextCalls.terminate(capture, context);
            } while (result == EINTR);
        }
    }
}
