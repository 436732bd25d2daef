// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings.calls;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.panamq.bindings.NativeLibrary;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/**
 * Access to memory that libzmq owns, by address. <strong>Nothing is checked here</strong>: callers
 * prove the bounds and the lifetime first. The only place that turns addresses into segments.
 */
public final class NativeMemory {
    private static final MemorySegment EVERYTHING = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private NativeMemory() {}

    /**
     * A view of memory that dies with an arena.
     *
     * @param address where it starts
     * @param size its length in bytes
     * @param arena access throws once this is closed, and on threads other than its own
     * @return the view
     */
    public static MemorySegment view(long address, long size, Arena arena) {
        return MemorySegment.ofAddress(address).reinterpret(size, arena, null);
    }

    /**
     * Reads a byte.
     *
     * @param address of the byte
     * @return the byte
     */
    public static byte getByte(long address) {
        return EVERYTHING.get(JAVA_BYTE, address);
    }

    /**
     * Reads an int in native byte order.
     *
     * @param address of its first byte, aligned or not
     * @return the int
     */
    public static int getInt(long address) {
        return EVERYTHING.get(JAVA_INT_UNALIGNED, address);
    }

    /**
     * Reads a long in native byte order.
     *
     * @param address of its first byte, aligned or not
     * @return the long
     */
    public static long getLong(long address) {
        return EVERYTHING.get(JAVA_LONG_UNALIGNED, address);
    }

    /**
     * Writes a byte.
     *
     * @param address of the byte
     * @param value the byte
     */
    public static void setByte(long address, byte value) {
        EVERYTHING.set(JAVA_BYTE, address, value);
    }

    /**
     * Writes an int in native byte order.
     *
     * @param address of its first byte, aligned or not
     * @param value the int
     */
    public static void setInt(long address, int value) {
        EVERYTHING.set(JAVA_INT_UNALIGNED, address, value);
    }

    /**
     * Writes a long in native byte order.
     *
     * @param address of its first byte, aligned or not
     * @param value the long
     */
    public static void setLong(long address, long value) {
        EVERYTHING.set(JAVA_LONG_UNALIGNED, address, value);
    }

    /**
     * Copies a {@code zmq_msg_t}, whatever it holds: then only one of the two may be used.
     *
     * @param from its address
     * @param to where it goes
     */
    static void copySlot(long from, long to) {
        // No loop: its bounds checks would cost more than the copy.
        setLong(to, getLong(from));
        setLong(to + 8, getLong(from + 8));
        setLong(to + 16, getLong(from + 16));
        setLong(to + 24, getLong(from + 24));
        setLong(to + 32, getLong(from + 32));
        setLong(to + 40, getLong(from + 40));
        setLong(to + 48, getLong(from + 48));
        setLong(to + 56, getLong(from + 56));
    }

    /**
     * Copies out of native memory.
     *
     * @param address where to start
     * @param target what to fill; its own bounds are checked
     * @param offset first byte in the target
     * @param bytes how many
     */
    public static void copyFrom(long address, MemorySegment target, long offset, long bytes) {
        Pieces.copy(EVERYTHING, address, target, offset, bytes);
    }

    /**
     * Copies into native memory.
     *
     * @param source what to read; its own bounds are checked
     * @param offset first byte in the source
     * @param address where to write
     * @param bytes how many
     */
    public static void copyTo(MemorySegment source, long offset, long address, long bytes) {
        Pieces.copy(source, offset, EVERYTHING, address, bytes);
    }

    /**
     * Copies a byte array into native memory.
     *
     * @param source all of it is copied
     * @param address where to write
     */
    public static void copyTo(byte[] source, long address) {
        if (source.length <= Pieces.SIZE) {
            MemorySegment.copy(source, 0, EVERYTHING, JAVA_BYTE, address, source.length);
        } else {
            copyTo(MemorySegment.ofArray(source), 0, address, source.length);
        }
    }

    /**
     * Copies native memory into a new array.
     *
     * @param address where to start
     * @param bytes how many
     * @return the array
     */
    public static byte[] toByteArray(long address, int bytes) {
        byte[] array = new byte[bytes];
        if (bytes <= Pieces.SIZE) {
            MemorySegment.copy(EVERYTHING, JAVA_BYTE, address, array, 0, bytes);
        } else {
            copyFrom(address, MemorySegment.ofArray(array), 0, bytes);
        }
        return array;
    }

    /**
     * Reads a C string.
     *
     * @param pointer as a C function returned it
     * @return the text, decoded as UTF-8, or null for a null pointer
     */
    public static String string(MemorySegment pointer) {
        return pointer.address() == 0 ? null : EVERYTHING.getString(pointer.address());
    }

    /**
     * Text for C. An arena's own method does the same, but writes the terminator through a layout,
     * and the first such write of a program costs it 20 ms.
     *
     * @param text in which a NUL character would end it early, and is refused
     * @param what names the text in the exception
     * @param arena what it is allocated from
     * @return the text as UTF-8 with a terminator
     * @throws IllegalArgumentException if there is a NUL character in it
     */
    public static MemorySegment cString(String text, String what, Arena arena) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    what + " has a NUL character at index " + text.indexOf('\0'));
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        MemorySegment zeroed = arena.allocate(bytes.length + 1L);
        MemorySegment.copy(bytes, 0, zeroed, JAVA_BYTE, 0, bytes.length);
        return zeroed;
    }

    /**
     * Memory that is never freed, for the few small structures that outlive every scope.
     *
     * @param size bytes
     * @param alignment a power of two
     * @return zeroed memory
     */
    public static MemorySegment permanent(long size, long alignment) {
        return Arena.global().allocate(size, alignment);
    }

    /**
     * A segment that receives errno, freed with the object that holds it.
     *
     * @return the segment to pass to the calls of this package
     */
    public static MemorySegment errnoCapture() {
        return Arena.ofAuto().allocate(Downcalls.captureSize(), Downcalls.captureAlignment());
    }

    /**
     * An array of addresses, freed with the object that holds it.
     *
     * @param count how many
     * @return all null
     */
    public static MemorySegment addresses(int count) {
        return Arena.ofAuto().allocate(ADDRESS, count);
    }

    /**
     * An array of longs, freed with the object that holds it.
     *
     * @param count how many
     * @return all 0
     */
    public static MemorySegment longs(int count) {
        return Arena.ofAuto().allocate(JAVA_LONG, count);
    }

    /**
     * Writes into {@link #addresses}.
     *
     * @param addresses the array
     * @param index in it
     * @param segment whose address is written
     */
    public static void setAddress(MemorySegment addresses, int index, MemorySegment segment) {
        addresses.set(ADDRESS, index * ADDRESS.byteSize(), segment);
    }

    /**
     * A pointer variable for C, freed with the segment.
     *
     * @param pointer its first value
     * @return the variable
     */
    public static MemorySegment pointerTo(MemorySegment pointer) {
        MemorySegment variable = Arena.ofAuto().allocate(ADDRESS);
        variable.set(ADDRESS, 0, pointer);
        return variable;
    }

    /**
     * Room for one {@code zmq_msg_t}, freed with the object that holds it: it must be empty then.
     *
     * @return zeroed memory that holds no message yet
     */
    public static MemorySegment scratchSlot() {
        return Arena.ofAuto().allocate(NativeLibrary.MESSAGE_SIZE, NativeLibrary.MESSAGE_SIZE);
    }
}
