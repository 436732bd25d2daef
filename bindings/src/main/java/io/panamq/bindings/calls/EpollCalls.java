// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings.calls;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import io.panamq.bindings.Platform;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Calls to Linux's {@code epoll}, for descriptors that are watched as long as they are added, or
 * each until it is readable once. Thread safe. Initialising this class throws where there is no
 * epoll.
 */
public final class EpollCalls {
    private static final MethodHandle CREATE =
            Downcalls.ofLibc("epoll_create1", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle CONTROL =
            Downcalls.ofLibc(
                    "epoll_ctl",
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle WAIT =
            Downcalls.ofLibc(
                    "epoll_wait",
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
    private static final MethodHandle CLOSE =
            Downcalls.ofLibc("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private static final int CLOEXEC = 0x80000;
    private static final int ADD = 1;
    private static final int DELETE = 2;
    private static final int MODIFY = 3;
    private static final int READABLE = 1;
    private static final int ONE_SHOT = 1 << 30;

    /** Whether {@code epoll_event} is packed, as it is on this one processor. */
    private static final boolean PACKED = Platform.current().arch().equals("x86_64");

    private static final int SIZE = PACKED ? 12 : 16;
    private static final int DATA = PACKED ? 4 : 8;

    private EpollCalls() {}

    /**
     * {@code epoll_create1}.
     *
     * @param capture receives errno
     * @return the descriptor of the epoll, or the negated error number
     */
    public static int create(MemorySegment capture) {
        try {
            int result = (int) CREATE.invokeExact(capture, CLOEXEC);
            return result >= 0 ? result : Downcalls.libcFailure(capture);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@code close}: ends an epoll, in which no thread waits.
     *
     * @param capture receives errno
     * @param epoll from {@link #create}; it is not used again
     * @return 0, or the negated error number; the epoll has ended in any case
     */
    public static int close(MemorySegment capture, int epoll) {
        try {
            int result = (int) CLOSE.invokeExact(capture, epoll);
            return result >= 0 ? result : Downcalls.libcFailure(capture);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * Makes the event for {@link #add} and {@link #rearm}: the descriptor is readable, told once.
     * The memory is freed with the segment.
     *
     * @param fd the descriptor, which {@link #fd} returns when it is readable
     * @return an {@code epoll_event}
     */
    public static MemorySegment readableOnce(int fd) {
        MemorySegment event = Arena.ofAuto().allocate(SIZE, 8);
        write(event, READABLE | ONE_SHOT, fd);
        return event;
    }

    /**
     * Writes the event for {@link #add}: the descriptor is readable, told by each wait as long as
     * it is.
     *
     * @param event the first of {@link #events}
     * @param fd the descriptor, which {@link #fd} returns when it is readable
     */
    public static void setReadable(MemorySegment event, int fd) {
        write(event, READABLE, fd);
    }

    private static void write(MemorySegment event, int flags, int fd) {
        event.set(JAVA_INT_UNALIGNED, 0, flags);
        event.set(JAVA_INT_UNALIGNED, DATA, fd);
    }

    /**
     * {@code EPOLL_CTL_ADD}: starts to watch a descriptor.
     *
     * @param capture receives errno
     * @param epoll from {@link #create}
     * @param fd the descriptor to watch
     * @param event from {@link #readableOnce} or {@link #setReadable}
     * @return 0, or the negated error number
     */
    public static int add(MemorySegment capture, int epoll, int fd, MemorySegment event) {
        return control(capture, epoll, ADD, fd, event);
    }

    /**
     * {@code EPOLL_CTL_MOD}: watches a descriptor once more.
     *
     * @param capture receives errno
     * @param epoll from {@link #create}
     * @param fd a descriptor that was added
     * @param event from {@link #readableOnce}
     * @return 0, or the negated error number
     */
    public static int rearm(MemorySegment capture, int epoll, int fd, MemorySegment event) {
        return control(capture, epoll, MODIFY, fd, event);
    }

    /**
     * {@code EPOLL_CTL_DEL}: ends watching a descriptor.
     *
     * @param capture receives errno
     * @param epoll from {@link #create}
     * @param fd a descriptor that was added
     * @return 0, or the negated error number
     */
    public static int remove(MemorySegment capture, int epoll, int fd) {
        return control(capture, epoll, DELETE, fd, MemorySegment.NULL);
    }

    private static int control(
            MemorySegment capture, int epoll, int operation, int fd, MemorySegment event) {
        try {
            int result = (int) CONTROL.invokeExact(capture, epoll, operation, fd, event);
            return result >= 0 ? result : Downcalls.libcFailure(capture);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * Allocates the array that {@link #await} fills. The memory is freed with the segment.
     *
     * @param count the number of events
     * @return an array of {@code epoll_event}
     */
    public static MemorySegment events(int count) {
        return Arena.ofAuto().allocate((long) SIZE * count, 8);
    }

    /**
     * {@code epoll_wait}: <strong>blocks</strong> until a watched descriptor is readable, up to the
     * given time.
     *
     * @param capture receives errno
     * @param epoll from {@link #create}
     * @param events from {@link #events}
     * @param count the number of those events
     * @param millis the time in milliseconds; 0 does not wait, -1 waits without a limit
     * @return the number of events that were written, or the negated error number
     */
    public static int await(
            MemorySegment capture, int epoll, MemorySegment events, int count, int millis) {
        if ((long) SIZE * count > events.byteSize()) {
            throw new IndexOutOfBoundsException(count);
        }
        try {
            int result = (int) WAIT.invokeExact(capture, epoll, events, count, millis);
            return result >= 0 ? result : Downcalls.libcFailure(capture);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * Returns the descriptor of an event.
     *
     * @param events filled by {@link #await}
     * @param index of the event, from 0
     * @return the descriptor that is readable
     */
    public static int fd(MemorySegment events, int index) {
        return events.get(JAVA_INT_UNALIGNED, (long) SIZE * index + DATA);
    }
}
