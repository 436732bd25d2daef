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
 * Calls to Linux's {@code epoll}, for descriptors that are each watched until they are readable
 * once. Thread safe. Initialising this class throws where there is no epoll.
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
     * Makes the event for {@link #add} and {@link #rearm}: the descriptor is readable, told once.
     * The memory is freed with the segment.
     *
     * @param fd the descriptor, which {@link #fd} returns when it is readable
     * @return an {@code epoll_event}
     */
    public static MemorySegment readableOnce(int fd) {
        MemorySegment event = Arena.ofAuto().allocate(SIZE, 8);
        event.set(JAVA_INT_UNALIGNED, 0, READABLE | ONE_SHOT);
        event.set(JAVA_INT_UNALIGNED, DATA, fd);
        return event;
    }

    /**
     * {@code EPOLL_CTL_ADD}: starts to watch a descriptor.
     *
     * @param capture receives errno
     * @param epoll from {@link #create}
     * @param fd the descriptor to watch
     * @param event from {@link #readableOnce}
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
     * {@code close}: ends an epoll that no thread uses any more.
     *
     * @param capture receives errno
     * @param epoll from {@link #create}
     * @return 0, or the negated error number
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
     * Allocates the array that {@link #await} fills; its memory is freed with the segment.
     *
     * @param count the number of events
     * @return an array of {@code epoll_event}
     */
    public static MemorySegment events(int count) {
        return Arena.ofAuto().allocate((long) SIZE * count, 8);
    }

    /**
     * {@code epoll_wait}: <strong>blocks</strong> until a watched descriptor is readable, or the
     * time is over.
     *
     * @param capture receives errno
     * @param epoll from {@link #create}
     * @param events from {@link #events}
     * @param count the number of those events
     * @param millis how long to wait at most, in milliseconds
     * @return the number of events that were written, or the negated error number
     */
    public static int await(
            MemorySegment capture, int epoll, MemorySegment events, int count, int millis) {
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
