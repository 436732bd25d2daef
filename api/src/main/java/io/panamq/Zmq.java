// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.bindings.LibraryLoadException;
import io.panamq.bindings.LibraryVersion;
import io.panamq.bindings.NativeLibrary;
import io.panamq.bindings.calls.LibraryCalls;
import io.panamq.bindings.calls.NativeMemory;
import io.panamq.error.NativeLibraryException;
import io.panamq.internal.guard.StackGuard;
import java.lang.foreign.Arena;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * Facts about the loaded libzmq. Any thread may call these methods; the first call loads libzmq.
 *
 * <p>All methods throw {@link NativeLibraryException} if there is no usable libzmq.
 */
public final class Zmq {
    private Zmq() {}

    /** Loads libzmq, once. Everything that may be a program's first call comes through here. */
    static void load() {
        try {
            NativeLibrary.load();
        } catch (LibraryLoadException e) {
            throw new NativeLibraryException(e);
        }
    }

    /**
     * Returns the version of libzmq. C function: {@code zmq_version}.
     *
     * @return the version
     */
    public static Version version() {
        load();
        LibraryVersion version = NativeLibrary.version();
        return new Version(version.major(), version.minor(), version.patch());
    }

    /**
     * Returns whether libzmq was built with a given capability. C function: {@code zmq_has}.
     *
     * @param capability what to ask for
     * @return true if it was
     */
    public static boolean has(Capability capability) {
        Objects.requireNonNull(capability, "capability");
        load();
        StackGuard.require(); // or Present could fail once and for all
        return Present.SET.contains(capability);
    }

    /**
     * Returns the file that was loaded.
     *
     * @return its absolute path
     */
    public static String libraryPath() {
        load();
        return NativeLibrary.path().toString();
    }

    /**
     * Returns how the library was found.
     *
     * @return {@code property} if the system property {@code panamq.library} named it, {@code
     *     bundled} if it came with PanaMQ, {@code system} if it was found on this system
     */
    public static String librarySource() {
        load();
        return NativeLibrary.source();
    }

    /** Asked once: sockets want to know at each creation. */
    private static final class Present {
        static final Set<Capability> SET = ask();

        private static Set<Capability> ask() {
            Set<Capability> present = EnumSet.noneOf(Capability.class);
            try (Arena arena = Arena.ofConfined()) {
                for (Capability capability : Capability.values()) {
                    var name = NativeMemory.cString(capability.nativeName(), "name", arena);
                    if (LibraryCalls.has(name) != 0) {
                        present.add(capability);
                    }
                }
            }
            return present;
        }
    }
}
