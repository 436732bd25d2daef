// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings.calls;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.panamq.bindings.NativeLibrary;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/**
 * Reads and writes memory that libzmq owns, by address. <strong>Nothing is checked here</strong>:
 * callers must have checked the bounds and the lifetime. Only this class turns addresses into
 * segments.
 */
public final class NativeMemory {
    private static final MemorySegment EVERYTHING = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private NativeMemory() {}

    /**
     * Makes a view of memory that lives as long as an arena.
     *
     * @param address of the first byte
     * @param size the length in bytes
     * @param arena access throws after it is closed, and on threads that it does not allow
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
     * Copies the bytes of a {@code zmq_msg_t}. Only one of the two may be used afterwards, unless
     * it is inline.
     *
     * @param from the address of the message
     * @param to the address of a slot that holds nothing
     */
    static void copySlot(long from, long to) {
        // The bounds checks of a loop would cost more than the copy.
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
     * @param address of the first byte to read
     * @param target the segment to fill, whose bounds are checked
     * @param offset of the first byte in the target
     * @param bytes the number of bytes
     */
    public static void copyFrom(long address, MemorySegment target, long offset, long bytes) {
        Pieces.copy(EVERYTHING, address, target, offset, bytes);
    }

    /**
     * Copies into native memory.
     *
     * @param source the segment to read, whose bounds are checked
     * @param offset of the first byte in the source
     * @param address of the first byte to write
     * @param bytes the number of bytes
     */
    public static void copyTo(MemorySegment source, long offset, long address, long bytes) {
        Pieces.copy(source, offset, EVERYTHING, address, bytes);
    }

    /**
     * Copies a whole byte array into native memory.
     *
     * @param source the array
     * @param address of the first byte to write
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
     * @param address of the first byte to read
     * @param bytes the number of bytes
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
     * Compares memory with an array.
     *
     * @param address of the first byte
     * @param expected as many bytes as there are to compare
     * @return whether all are equal
     */
    public static boolean contentEquals(long address, byte[] expected) {
        return MemorySegment.mismatch(
                        EVERYTHING,
                        address,
                        address + expected.length,
                        MemorySegment.ofArray(expected),
                        0,
                        expected.length)
                < 0;
    }

    /**
     * Reads a C string.
     *
     * @param pointer the result of a C function
     * @return the text, decoded as UTF-8, or null for a null pointer
     */
    public static String string(MemorySegment pointer) {
        return pointer.address() == 0 ? null : EVERYTHING.getString(pointer.address());
    }

    /**
     * Makes a C {@code int}. It is copied from an array, because the first {@code int} that a
     * program writes through a layout costs it milliseconds.
     *
     * @param value the number
     * @param arena what it is allocated from
     * @return the four bytes
     */
    public static MemorySegment cInt(int value, Arena arena) {
        MemorySegment made = arena.allocate(Integer.BYTES, Integer.BYTES);
        MemorySegment.copy(new int[] {value}, 0, made, JAVA_INT, 0, 1);
        return made;
    }

    /**
     * Makes a C string. {@link Arena#allocateFrom(String)} does the same, but writes the terminator
     * through a layout, and the first such write of a program costs it 20 ms.
     *
     * @param text the text, without NUL characters
     * @param what names the text in the exception
     * @param arena allocates the string
     * @return the text in UTF-8 with a terminator
     * @throws IllegalArgumentException if the text has a NUL character
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
     * Allocates memory that is never freed, for structures that live as long as the JVM.
     *
     * @param size bytes
     * @param alignment a power of two
     * @return zeroed memory
     */
    public static MemorySegment permanent(long size, long alignment) {
        return Arena.global().allocate(size, alignment);
    }

    /**
     * Allocates the segment in which a call receives errno; its memory is freed with the segment.
     *
     * @return the segment to pass to the calls of this package
     */
    public static MemorySegment errnoCapture() {
        return Arena.ofAuto().allocate(Downcalls.captureSize(), Downcalls.captureAlignment());
    }

    /**
     * Allocates an array of addresses; its memory is freed with the segment.
     *
     * @param count the number of addresses
     * @return an array of null pointers
     */
    public static MemorySegment addresses(int count) {
        return Arena.ofAuto().allocate(ADDRESS, count);
    }

    /**
     * Allocates an array of longs; its memory is freed with the segment.
     *
     * @param count the number of longs
     * @return an array of zeros
     */
    public static MemorySegment longs(int count) {
        return Arena.ofAuto().allocate(JAVA_LONG, count);
    }

    /**
     * Writes the address of a segment into an array.
     *
     * @param addresses from {@link #addresses}
     * @param index in the array, from 0
     * @param segment the segment whose address is written
     */
    public static void setAddress(MemorySegment addresses, int index, MemorySegment segment) {
        addresses.set(ADDRESS, index * ADDRESS.byteSize(), segment);
    }

    /**
     * Allocates a pointer variable for C; its memory is freed with the segment.
     *
     * @param pointer the initial value
     * @return the variable
     */
    public static MemorySegment pointerTo(MemorySegment pointer) {
        MemorySegment variable = Arena.ofAuto().allocate(ADDRESS);
        variable.set(ADDRESS, 0, pointer);
        return variable;
    }

    /**
     * Allocates a slot for one {@code zmq_msg_t}. Its memory is freed with the segment, when its
     * message must be empty.
     *
     * @return zeroed memory that holds no message yet
     */
    public static MemorySegment scratchSlot() {
        return Arena.ofAuto().allocate(NativeLibrary.MESSAGE_SIZE, NativeLibrary.MESSAGE_SIZE);
    }
}
