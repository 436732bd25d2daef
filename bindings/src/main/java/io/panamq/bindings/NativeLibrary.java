// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The one libzmq of this JVM: found, checked and loaded once.
 *
 * <p>Order: the property {@code panamq.library} (a path or a name), else the library bundled for
 * this platform, else the system's. {@code panamq.library.source} set to {@code bundled} or {@code
 * system} forces one of them, {@code panamq.library.cache} moves the folder the bundled one is
 * unpacked into. Any thread may call any method.
 */
public final class NativeLibrary {
    /** The size of a {@code zmq_msg_t}, in bytes: a library that has another one is refused. */
    public static final int MESSAGE_SIZE = 64;

    private static final Object LOCK = new Object();
    private static volatile LibrarySearch.Found loaded;
    private static String failed;

    private NativeLibrary() {}

    /**
     * Loads libzmq unless it is loaded. Later calls cost one volatile read; after a failure every
     * call throws, with the first call's text.
     *
     * @throws LibraryLoadException if no usable libzmq was found; the text lists each attempt
     */
    public static void load() {
        if (loaded != null) {
            return;
        }
        synchronized (LOCK) {
            if (loaded != null) {
                return;
            }
            if (failed != null) {
                throw new LibraryLoadException(failed);
            }
            try {
                LibrarySearch.Found found = LibrarySearch.fromProperties().find();
                // By this class, so that its loader's lookup sees it: jextract's code relies on it.
                System.load(found.path().toString());
                loaded = found;
            } catch (LibraryLoadException e) {
                failed = e.getMessage();
                throw e;
            } catch (UnsatisfiedLinkError e) {
                failed = refused(e);
                var failure = new LibraryLoadException(failed);
                failure.addSuppressed(e);
                throw failure;
            }
        }
    }

    /** The library was fit a moment ago, so this is nearly always a second class loader. */
    private static String refused(UnsatisfiedLinkError e) {
        return "libzmq is fit for "
                + Platform.current()
                + ", but the JVM refused it:\n  - "
                + e.getMessage()
                + "\n  To fix: if several class loaders hold PanaMQ, put its jars where they share one;"
                + " else name another library with -D"
                + LibrarySearch.LIBRARY_PROPERTY
                + "=/path/to/libzmq";
    }

    /**
     * The version that the loaded library reports.
     *
     * @return its version
     */
    public static LibraryVersion version() {
        return found().version();
    }

    /**
     * The file that was loaded.
     *
     * @return its absolute path
     */
    public static Path path() {
        return found().path();
    }

    /**
     * How the library was found.
     *
     * @return {@code property}, {@code bundled} or {@code system}
     */
    public static String source() {
        return found().source();
    }

    /**
     * Whether the bundled library was built with an edit that keeps it from ending the process; see
     * {@code bindings/native/README.md}.
     *
     * @param name of the edit
     * @return true if the loaded library has it for certain
     */
    public static boolean isHardened(String name) {
        return ("," + found().hardened() + ",").contains("," + name + ",");
    }

    /**
     * Looks a function up.
     *
     * @param name its C name
     * @return its address, or empty if this libzmq does not export it
     */
    public static Optional<MemorySegment> find(String name) {
        load();
        return Symbols.LOOKUP.find(name);
    }

    private static final class Symbols {
        static final SymbolLookup LOOKUP = SymbolLookup.loaderLookup();
    }

    private static LibrarySearch.Found found() {
        load();
        return loaded;
    }
}
