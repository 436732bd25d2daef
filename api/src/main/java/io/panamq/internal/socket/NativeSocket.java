// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import io.panamq.bindings.calls.NativeMemory;
import io.panamq.bindings.calls.SocketCalls;
import io.panamq.bindings.calls.SocketQueries;
import io.panamq.error.Errno;
import io.panamq.error.ZmqException;
import io.panamq.internal.error.Failures;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Holds the handle of a socket of libzmq, and reads and sets its options. The calling thread must
 * be in a call, or be alone with the socket.
 */
public class NativeSocket extends Ownership {
    public final MemorySegment handle;
    public final MemorySegment capture = NativeMemory.errnoCapture();
    public final String name;

    NativeSocket(MemorySegment handle, String name) {
        this.handle = handle;
        this.name = name;
    }

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
     * @param room the most bytes that the value can have
     * @return the bytes that it has
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
            setOption(option, NativeMemory.cInt(value, arena));
        }
    }

    public int getInt(int option) {
        try (Arena arena = Arena.ofConfined()) {
            return NativeMemory.getInt(getOption(option, Integer.BYTES, arena).address());
        }
    }

    public ZmqException failure(Errno errno, String operation, String endpoint) {
        return failure(-errno.number(), operation, endpoint);
    }

    public ZmqException failure(int result, String operation, String endpoint) {
        return Failures.of(result, operation, endpoint, name);
    }

    @Override
    public String toString() {
        return name;
    }
}
