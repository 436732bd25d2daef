// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.option;

import static io.panamq.bindings.calls.Constants.CONFLATE;
import static io.panamq.bindings.calls.Constants.CURVE_SECRETKEY;
import static io.panamq.bindings.calls.Constants.CURVE_SERVER;
import static io.panamq.bindings.calls.Constants.CURVE_SERVERKEY;
import static io.panamq.bindings.calls.Constants.RCVHWM;
import static io.panamq.bindings.calls.Constants.RCVTIMEO;
import static io.panamq.bindings.calls.Constants.SNDHWM;
import static io.panamq.bindings.calls.Constants.SNDTIMEO;
import static io.panamq.bindings.calls.Constants.SOCKS_PROXY;
import static io.panamq.bindings.calls.Constants.XPUB_MANUAL;
import static io.panamq.bindings.calls.Constants.XPUB_MANUAL_LAST_VALUE;
import static io.panamq.bindings.calls.Constants.ZAP_DOMAIN;
import static io.panamq.bindings.calls.Constants.ZAP_ENFORCE_DOMAIN;

import io.panamq.bindings.NativeLibrary;
import io.panamq.error.Errno;
import io.panamq.error.UnsupportedFeatureException;
import io.panamq.internal.socket.SocketCore;
import io.panamq.internal.socket.SocketTraits;
import io.panamq.internal.socket.Timeout;
import java.lang.foreign.Arena;
import java.time.Duration;

/**
 * Reads and sets socket options. It keeps the time-outs in Java, and refuses what would make libzmq
 * end the process. The calling thread must have entered the socket.
 */
public final class OptionRules {
    private OptionRules() {}

    /** Reads an option. */
    public static <T> T get(SocketCore core, int number, OptionCodec<T> codec, Arena arena) {
        if (!isTimeout(number)) {
            return codec.read(core, number, arena);
        }
        long nanos = number == RCVTIMEO ? core.receiveTimeout : core.sendTimeout;
        @SuppressWarnings("unchecked") // both time-outs are Durations
        T value = (T) (nanos == Timeout.FOREVER ? OptionCodec.FOREVER : Duration.ofNanos(nanos));
        return value;
    }

    /** Checks the value, and sets the option. */
    public static <T> void set(
            SocketCore core, int number, String name, OptionCodec<T> codec, T value, Arena arena) {
        codec.check(name, value);
        if (isTimeout(number)) {
            setTimeout(core, number, (Duration) value);
            return;
        }
        refuseDangers(core, number, name);
        codec.write(core, number, value, arena);
        switch (number) {
            case CONFLATE -> core.conflate |= (Boolean) value;
            case XPUB_MANUAL, XPUB_MANUAL_LAST_VALUE -> core.manual = (Boolean) value;
            case CURVE_SERVER -> core.curveServer = (Boolean) value;
            case CURVE_SERVERKEY -> core.curveClient = true;
            case CURVE_SECRETKEY -> core.curveSecretKey = true;
            // Without it, a domain lets everybody in while there is no ZAP handler.
            case ZAP_DOMAIN -> core.setInt(ZAP_ENFORCE_DOMAIN, 1);
            default -> {}
        }
        core.readsContent |= core.curveServer || core.curveClient;
    }

    private static void refuseDangers(SocketCore core, int number, String name) {
        if (number == CONFLATE && core.type == SocketTraits.SUB) {
            // libzmq aborts if the subscription does not match one frame of a multipart message.
            requireHardened("fq", core, name, "any publisher could end the process");
        }
        if (number == SOCKS_PROXY) {
            // After a failed attempt libzmq adds the closed connection to epoll, and aborts.
            requireHardened("socks", core, name, "an unreachable proxy could end the process");
        }
        boolean manual = number == XPUB_MANUAL || number == XPUB_MANUAL_LAST_VALUE;
        if (manual) {
            // libzmq subscribes the peer of the last message, also one that it has freed.
            requireHardened(
                    "xpub-manual", core, name, "a subscriber that goes could end the process");
        }
        if (core.hadEndpoint && (manual || number == SNDHWM || number == RCVHWM)) {
            // libzmq would tell the other end of each pipe, also an end that was just freed, or
            // take one subscriber for another.
            throw new IllegalStateException(
                    name + " of " + core.name + " must be set before bind and connect");
        }
    }

    /** Sets a time-out in Java only; the native one is the length of a slice of a wait. */
    private static void setTimeout(SocketCore core, int number, Duration timeout) {
        long nanos = timeout.equals(OptionCodec.FOREVER) ? Timeout.FOREVER : Timeout.nanos(timeout);
        if (number == RCVTIMEO) {
            core.receiveTimeout = nanos;
        } else {
            core.sendTimeout = nanos;
        }
    }

    private static void requireHardened(String edit, SocketCore core, String name, String danger) {
        if (!NativeLibrary.isHardened(edit)) {
            String advice = " of this libzmq; the bundled library is mended (Zmq.librarySource())";
            String text = "set " + name + " on " + core.name + ": " + danger + advice;
            throw new UnsupportedFeatureException(Errno.ENOTSUP, "set", "", text);
        }
    }

    private static boolean isTimeout(int number) {
        return number == RCVTIMEO || number == SNDTIMEO;
    }
}
