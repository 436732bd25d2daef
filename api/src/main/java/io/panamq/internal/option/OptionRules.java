// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.option;

import static io.panamq.bindings.calls.Constants.CONFLATE;
import static io.panamq.bindings.calls.Constants.CONNECT_ROUTING_ID;
import static io.panamq.bindings.calls.Constants.CURVE_PUBLICKEY;
import static io.panamq.bindings.calls.Constants.CURVE_SECRETKEY;
import static io.panamq.bindings.calls.Constants.CURVE_SERVER;
import static io.panamq.bindings.calls.Constants.CURVE_SERVERKEY;
import static io.panamq.bindings.calls.Constants.DISCONNECT_MSG;
import static io.panamq.bindings.calls.Constants.PLAIN_USERNAME;
import static io.panamq.bindings.calls.Constants.RCVHWM;
import static io.panamq.bindings.calls.Constants.RCVTIMEO;
import static io.panamq.bindings.calls.Constants.RECONNECT_STOP;
import static io.panamq.bindings.calls.Constants.SNDHWM;
import static io.panamq.bindings.calls.Constants.SNDTIMEO;
import static io.panamq.bindings.calls.Constants.SOCKS_PROXY;
import static io.panamq.bindings.calls.Constants.USE_FD;
import static io.panamq.bindings.calls.Constants.XPUB_MANUAL;
import static io.panamq.bindings.calls.Constants.XPUB_MANUAL_LAST_VALUE;
import static io.panamq.bindings.calls.Constants.ZAP_DOMAIN;
import static io.panamq.bindings.calls.Constants.ZAP_ENFORCE_DOMAIN;

import io.panamq.bindings.NativeLibrary;
import io.panamq.error.Errno;
import io.panamq.error.UnsupportedFeatureException;
import io.panamq.error.ZmqException;
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
    private static final String AFTER_DISCONNECT = "AFTER_DISCONNECT";

    private OptionRules() {}

    /** Reads an option. */
    public static <T> T get(
            SocketCore core, OptionFacts option, OptionCodec<T> codec, Arena arena) {
        UnsupportedOptions.requireDrafts(option, "get", core.name);
        if (isTimeout(option.number())) {
            long nanos = option.number() == RCVTIMEO ? core.receiveTimeout : core.sendTimeout;
            @SuppressWarnings("unchecked") // both time-outs are Durations
            T value =
                    (T) (nanos == Timeout.FOREVER ? OptionCodec.FOREVER : Duration.ofNanos(nanos));
            return value;
        }
        if (option.number() == USE_FD) {
            @SuppressWarnings("unchecked") // descriptors are Integers
            T value = (T) (Integer) core.listenOn;
            return value;
        }
        try {
            return codec.read(core, option.number(), arena);
        } catch (ZmqException e) {
            throw explained(e, option, "get", core);
        }
    }

    /** Checks the value, and sets the option. */
    public static <T> void set(
            SocketCore core, OptionFacts option, OptionCodec<T> codec, T value, Arena arena) {
        int number = option.number();
        codec.check(option.name(), value);
        UnsupportedOptions.requireDrafts(option, "set", core.name);
        refuseDangers(core, option, value);
        if (isTimeout(number)) {
            setTimeout(core, number, (Duration) value);
            return;
        }
        if (number == USE_FD) {
            ListeningDescriptor.check((Integer) value, "set " + option.name() + " on " + core.name);
            core.listenOn = (Integer) value;
            return;
        }
        try {
            codec.write(core, number, value, arena);
        } catch (ZmqException e) {
            throw explained(e, option, "set", core);
        }
        core.security.note(number);
        switch (number) {
            case CONFLATE -> core.conflate |= (Boolean) value;
            case XPUB_MANUAL, XPUB_MANUAL_LAST_VALUE -> core.manual = (Boolean) value;
            case CURVE_SERVER -> core.security.curveServer = (Boolean) value;
            case CURVE_SERVERKEY -> {
                core.security.curveClient = true;
                core.security.curveServer = false;
            }
            case PLAIN_USERNAME -> core.security.plainClient = true;
            case CURVE_PUBLICKEY -> core.security.curvePublicKey = true;
            case CURVE_SECRETKEY -> core.security.curveSecretKey = true;
            // Without it, a domain lets everybody in while there is no ZAP handler.
            case ZAP_DOMAIN -> core.setInt(ZAP_ENFORCE_DOMAIN, 1);
            default -> {}
        }
        core.readsContent |= core.security.curveServer || core.security.curveClient;
    }

    private static ZmqException explained(
            ZmqException e, OptionFacts option, String operation, SocketCore core) {
        return e.errno() == Errno.EINVAL
                ? UnsupportedOptions.explain(e, option, operation, core.name)
                : e;
    }

    private static void refuseDangers(SocketCore core, OptionFacts option, Object value) {
        int number = option.number();
        String name = option.name();
        if (number == CONFLATE && core.type == SocketTraits.SUB) {
            // libzmq aborts if the subscription does not match one frame of a multipart message.
            requireHardened("fq", core, name, "any publisher could end the process");
        }
        if (number == SOCKS_PROXY) {
            // After a failed attempt libzmq adds the closed connection to epoll, and aborts.
            requireHardened("socks", core, name, "an unreachable proxy could end the process");
        }
        if (number == CONNECT_ROUTING_ID) {
            requireHardened("routing-id", core, name, "a name in use would end the process");
        }
        if (number == DISCONNECT_MSG) {
            // Over inproc libzmq writes it to a pipe that may have ended.
            requireHardened(
                    "disconnect-msg", core, name, "a peer that closes could end the process");
        }
        if (number == RECONNECT_STOP && value.toString().contains(AFTER_DISCONNECT)) {
            UnsupportedOptions.requireVersion("4.3.5", option, AFTER_DISCONNECT, core.name);
        }
        boolean manual = number == XPUB_MANUAL || number == XPUB_MANUAL_LAST_VALUE;
        if (manual) {
            // libzmq subscribes the peer of the last message, also one that it has freed.
            requireHardened(
                    "xpub-manual", core, name, "a subscriber that goes could end the process");
        }
        // libzmq would tell the other end of each pipe of a new high-water mark, also an end that
        // was just freed, or take one subscriber for another; and CONFLATE would be ignored.
        boolean early = manual || number == SNDHWM || number == RCVHWM || number == CONFLATE;
        if (core.hadEndpoint && (early || core.security.isNew(number))) {
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
