// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.memory;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Checks that memory of the user stays valid while libzmq reads it. */
public final class WrappableMemory {
    /** The JDK does not tell the kind of an arena, but each kind has a class of scopes. */
    private static final Class<?> GLOBAL = Arena.global().scope().getClass();

    private static final Class<?> AUTOMATIC = Arena.ofAuto().scope().getClass();
    private static final Class<?> BUFFER =
            MemorySegment.ofBuffer(ByteBuffer.allocateDirect(1)).scope().getClass();
    private static final Class<?> SHARED = kindOf(Arena.ofShared());
    private static final Class<?> CONFINED = kindOf(Arena.ofConfined());

    private WrappableMemory() {}

    private static Class<?> kindOf(Arena arena) {
        try (arena) {
            return arena.scope().getClass();
        }
    }

    /** Returns whether no call can free the memory while it is reachable; false if in doubt. */
    public static boolean isPermanent(MemorySegment content) {
        Class<?> kind = content.scope().getClass();
        return (kind == GLOBAL || kind == AUTOMATIC || kind == BUFFER)
                && kind != SHARED
                && kind != CONFINED;
    }

    /** Throws unless the memory is native and {@link #isPermanent permanent}. */
    public static void checkPermanent(MemorySegment content) {
        checkNative(content);
        if (!isPermanent(content)) {
            throw new IllegalArgumentException(
                    "this memory could be freed while libzmq reads it: allocate it from"
                            + " Arena.ofAuto(), Arena.global() or a MessageArena, or send a copy");
        }
    }

    /** Maps a part of a file to read it; the part must lie within the file. */
    public static MemorySegment map(Arena arena, FileChannel channel, long position, long size)
            throws IOException {
        if (position < 0 || size < 0) {
            throw new IllegalArgumentException("negative: position " + position + ", size " + size);
        }
        if (size > channel.size() - position) {
            // Mapping more would make the file longer if it can be written to.
            throw new EOFException(
                    size + " bytes at " + position + " of a file of " + channel.size() + " bytes");
        }
        return channel.map(FileChannel.MapMode.READ_ONLY, position, size, arena);
    }

    /** Throws unless the memory is native and belongs to the arena. */
    public static void checkOf(Arena arena, MemorySegment content) {
        checkNative(content);
        if (!arena.scope().equals(content.scope())) {
            throw new IllegalArgumentException("this memory does not belong to this arena");
        }
    }

    private static void checkNative(MemorySegment content) {
        if (!content.isNative()) {
            throw new IllegalArgumentException(
                    "this memory is on the Java heap, where libzmq cannot read it: Message.of copies it");
        }
        if (content.address() == 0 && content.byteSize() > 0) {
            throw new IllegalArgumentException("a null pointer has no content");
        }
    }
}
