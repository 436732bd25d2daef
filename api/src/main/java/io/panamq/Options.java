// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static io.panamq.bindings.calls.Constants.RCVTIMEO;

import io.panamq.bindings.NativeLibrary;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.Set;

/** Reads and sets options, some of which Java keeps itself. Between enter and exit. */
final class Options {
    private static final Set<OptionEntry<?>> CURVE =
            Set.of(
                    SocketOption.CURVE_SERVER,
                    SocketOption.CURVE_PUBLICKEY,
                    SocketOption.CURVE_SECRETKEY,
                    SocketOption.CURVE_SERVERKEY);

    private Options() {}

    static <T> T get(SocketCore core, SocketOption.Gettable<T> option, Arena arena) {
        OptionEntry<T> entry = entry(core, option);
        if (isTimeout(entry)) {
            long nanos = entry.number() == RCVTIMEO ? core.receiveTimeout : core.sendTimeout;
            @SuppressWarnings("unchecked") // both time-outs are Durations
            T value = (T) (nanos == Timeout.FOREVER ? SocketOption.FOREVER : millis(nanos));
            return value;
        }
        return entry.codec.read(core, entry.number(), arena);
    }

    static <T> void set(SocketCore core, SocketOption.Settable<T> option, T value, Arena arena) {
        OptionEntry<T> entry = entry(core, option);
        entry.codec.check(entry.name(), value);
        if (isTimeout(entry)) {
            // The native one is the slice of a wait.
            Duration timeout = (Duration) value;
            long nanos =
                    timeout.equals(SocketOption.FOREVER) ? Timeout.FOREVER : Timeout.nanos(timeout);
            if (entry.number() == RCVTIMEO) {
                core.receiveTimeout = nanos;
            } else {
                core.sendTimeout = nanos;
            }
            return;
        }
        if (entry == SocketOption.CONFLATE && core.type == SocketType.SUB) {
            // A frame of several that the subscription does not match makes libzmq abort.
            requireHardened(
                    "fq", entry, core, "any publisher could end the process of this libzmq");
        }
        if (entry == SocketOption.SOCKS_PROXY) {
            // After a failed attempt libzmq gives the closed connection to epoll, and aborts.
            requireHardened(
                    "socks",
                    entry,
                    core,
                    "a proxy that cannot be reached would end the process of this libzmq");
        }
        if (core.hadEndpoint && (entry == SocketOption.SNDHWM || entry == SocketOption.RCVHWM)) {
            // libzmq tells the other ends of all pipes, also one that has just been freed.
            throw new IllegalStateException(
                    entry.name() + " of " + core.name + " must be set before bind and connect");
        }
        entry.codec.write(core, entry.number(), value, arena);
        if (entry == SocketOption.CONFLATE) {
            core.conflate |= (Boolean) value;
        }
        core.readsContent |= CURVE.contains(entry);
    }

    private static void requireHardened(
            String edit, OptionEntry<?> entry, SocketCore core, String danger) {
        if (!NativeLibrary.isHardened(edit)) {
            throw new UnsupportedFeatureException(
                    Errno.ENOTSUP,
                    "set",
                    "",
                    "set "
                            + entry.name()
                            + " on "
                            + core.name
                            + ": "
                            + danger
                            + "; the bundled library is mended (Zmq.librarySource())");
        }
    }

    private static Duration millis(long nanos) {
        return Duration.ofNanos(nanos);
    }

    private static boolean isTimeout(OptionEntry<?> entry) {
        return entry == SocketOption.RCVTIMEO || entry == SocketOption.SNDTIMEO;
    }

    private static <T> OptionEntry<T> entry(SocketCore core, SocketOption<T> option) {
        OptionEntry<T> entry = (OptionEntry<T>) option;
        if (!entry.types().contains(core.type)) {
            throw new IllegalArgumentException(
                    entry.name() + " is an option of " + entry.types() + ", not of " + core.name);
        }
        return entry;
    }
}
