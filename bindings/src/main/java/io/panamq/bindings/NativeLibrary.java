// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one libzmq of this class loader, which is found, checked and loaded once. The JVM gives a
 * library file to one class loader only; when another loader has PanaMQ too, such as a second web
 * application, this one loads a copy of the file.
 *
 * <p>The property {@code panamq.library} names it, by a path or a name. Without that property it is
 * the library that is bundled for this platform, or else the system's. The property {@code
 * panamq.library.source}, set to {@code bundled} or {@code system}, allows only one of these; the
 * property {@code panamq.library.cache} names the folder into which the bundled library is
 * unpacked. Thread safe.
 */
public final class NativeLibrary {
    /** The size of a {@code zmq_msg_t} in bytes. A library with another size is refused. */
    public static final int MESSAGE_SIZE = 64;

    private static final Object LOCK = new Object();
    private static volatile LibrarySearch.@Nullable Found loaded;
    private static @Nullable String failed;

    private NativeLibrary() {}

    /**
     * Loads libzmq unless it is loaded. Later calls cost one volatile read. After a failure each
     * later call throws with the text of the first.
     *
     * @throws LibraryLoadException if no usable libzmq was found; the text lists each attempt
     */
    public static void load() {
        found();
    }

    private static LibrarySearch.Found found() {
        LibrarySearch.Found found = loaded;
        return found != null ? found : find();
    }

    private static LibrarySearch.Found find() {
        synchronized (LOCK) {
            LibrarySearch.Found found = loaded;
            if (found != null) {
                return found;
            }
            if (failed != null) {
                throw new LibraryLoadException(failed);
            }
            try {
                LibrarySearch search = LibrarySearch.fromProperties();
                found = search.find();
                // This class loads it, because jextract's code looks it up in its class loader.
                try {
                    System.load(found.path().toString());
                } catch (UnsatisfiedLinkError e) {
                    found = search.loadCopy(found, e);
                }
                search.warn(found);
                loaded = found;
                return found;
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

    /** Explains a refusal of a library that the checks found fit. */
    private static String refused(UnsatisfiedLinkError e) {
        return "libzmq is fit for "
                + Platform.current()
                + ", but the JVM refused it:\n  - "
                + e.getMessage()
                + "\n  To fix: "
                + (LibraryCopy.isWanted(e)
                        ? LibrarySearch.CACHE_REMEDY + ", for a copy"
                        : "name another library with -D"
                                + LibrarySearch.LIBRARY_PROPERTY
                                + "=/path/to/libzmq");
    }

    /**
     * Returns the version that the loaded library reports.
     *
     * @return the version
     */
    public static LibraryVersion version() {
        return found().version();
    }

    /**
     * Returns the file that was loaded.
     *
     * @return the absolute path
     */
    public static Path path() {
        return found().path();
    }

    /**
     * Returns how the library was found.
     *
     * @return {@code property}, {@code bundled} or {@code system}
     */
    public static String source() {
        return found().source();
    }

    /**
     * Returns whether the loaded library was built with an edit that keeps it from ending the
     * process; {@code bindings/native/README.md} lists these edits.
     *
     * @param name the name of the edit
     * @return true if it is the bundled library and has the edit
     */
    public static boolean isHardened(String name) {
        return ("," + found().hardened() + ",").contains("," + name + ",");
    }

    /**
     * Looks up a function.
     *
     * @param name the C name of the function
     * @return the address of the function, or empty if this libzmq does not export it
     */
    public static Optional<MemorySegment> find(String name) {
        load();
        return Symbols.LOOKUP.find(name);
    }

    private static final class Symbols {
        static final SymbolLookup LOOKUP = SymbolLookup.loaderLookup();
    }
}
