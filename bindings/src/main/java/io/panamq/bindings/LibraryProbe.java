// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;

/**
 * Checks a library before it is loaded: whether it is a libzmq, is new enough, and has the message
 * structure that the bindings were generated for. It opens the library in an arena of its own, so
 * that a library that fails leaves the process again. This is slow, and is not done if a complete
 * manifest has the answers.
 */
final class LibraryProbe {
    /** The oldest release whose stable functions are all that PanaMQ needs. */
    static final LibraryVersion OLDEST = new LibraryVersion(4, 3, 0);

    private static final int ZMQ_MSG_T_SIZE_OPTION = 6;

    private LibraryProbe() {}

    /** Returns the version of the library; throws the reason if the library cannot be used. */
    static LibraryVersion check(Path library) {
        try (Arena arena = Arena.ofConfined()) {
            SymbolLookup symbols = open(library, arena);
            LibraryVersion version = version(symbols);
            // This comes first, because older libraries may not know the option for the size.
            check(version);
            check(version, messageSize(symbols));
            return version;
        }
    }

    /** Throws the reason if a library with these properties cannot be used. */
    static void check(LibraryVersion version, long messageSize) {
        check(version);
        if (messageSize != NativeLibrary.MESSAGE_SIZE) {
            throw new IllegalStateException(
                    "has a zmq_msg_t of "
                            + messageSize
                            + " bytes, but the bindings are for "
                            + NativeLibrary.MESSAGE_SIZE);
        }
    }

    private static void check(LibraryVersion version) {
        if (version.compareTo(OLDEST) < 0) {
            throw new IllegalStateException(
                    "is libzmq " + version + ", but " + OLDEST + " or newer is needed");
        }
    }

    private static SymbolLookup open(Path library, Arena arena) {
        try {
            return SymbolLookup.libraryLookup(library, arena);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("cannot be opened" + linkerText(library), e);
        }
    }

    /** Returns why a library cannot be opened: the lookup does not tell, but System.load does. */
    private static String linkerText(Path library) {
        try {
            System.load(library.toString());
            return "";
        } catch (UnsatisfiedLinkError e) {
            return ": " + String.valueOf(e.getMessage()).replace(library + ": ", "");
        }
    }

    private static LibraryVersion version(SymbolLookup symbols) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment numbers = arena.allocate(JAVA_INT, 3);
            var descriptor = FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, ADDRESS);
            Linker.nativeLinker()
                    .downcallHandle(find(symbols, "zmq_version"), descriptor)
                    .invokeExact(numbers, numbers.asSlice(4), numbers.asSlice(8));
            return new LibraryVersion(
                    numbers.getAtIndex(JAVA_INT, 0),
                    numbers.getAtIndex(JAVA_INT, 1),
                    numbers.getAtIndex(JAVA_INT, 2));
        } catch (Throwable t) {
            throw failed(t);
        }
    }

    private static int messageSize(SymbolLookup symbols) {
        var linker = Linker.nativeLinker();
        MemorySegment create = find(symbols, "zmq_ctx_new");
        MemorySegment get = find(symbols, "zmq_ctx_get");
        MemorySegment term = find(symbols, "zmq_ctx_term");
        try {
            var context =
                    (MemorySegment)
                            linker.downcallHandle(create, FunctionDescriptor.of(ADDRESS))
                                    .invokeExact();
            int size =
                    (int)
                            linker.downcallHandle(
                                            get, FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT))
                                    .invokeExact(context, ZMQ_MSG_T_SIZE_OPTION);
            int ignored =
                    (int)
                            linker.downcallHandle(term, FunctionDescriptor.of(JAVA_INT, ADDRESS))
                                    .invokeExact(context);
            return size;
        } catch (Throwable t) {
            throw failed(t);
        }
    }

    private static RuntimeException failed(Throwable t) {
        return t instanceof RuntimeException e
                ? e
                : new IllegalStateException("cannot be called", t);
    }

    private static MemorySegment find(SymbolLookup symbols, String name) {
        return symbols.find(name)
                .orElseThrow(() -> new IllegalStateException("does not export " + name));
    }
}
