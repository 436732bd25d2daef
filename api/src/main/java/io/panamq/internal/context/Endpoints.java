// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.context;

import static io.panamq.bindings.calls.Constants.CURVE;
import static io.panamq.bindings.calls.Constants.GSSAPI;
import static io.panamq.bindings.calls.Constants.LAST_ENDPOINT;
import static io.panamq.bindings.calls.Constants.MECHANISM;
import static io.panamq.bindings.calls.Constants.RCVMORE;

import io.panamq.bindings.NativeLibrary;
import io.panamq.bindings.calls.NativeMemory;
import io.panamq.bindings.calls.SocketCalls;
import io.panamq.bindings.calls.SocketQueries;
import io.panamq.error.Errno;
import io.panamq.internal.error.EndpointAdvice;
import io.panamq.internal.guard.DescriptorCheck;
import io.panamq.internal.option.ListeningDescriptor;
import io.panamq.internal.option.OptionCodec;
import io.panamq.internal.socket.SocketCore;
import io.panamq.internal.socket.SocketTraits;
import java.io.File;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Binds and connects sockets, after it has checked what libzmq gets wrong: a port that is too
 * large, an endpoint of ZAP on a type that makes libzmq abort, a disconnect in the middle of a
 * message.
 */
public final class Endpoints {
    private static final String IPC = "ipc://";
    private static final String INPROC = "inproc://";
    private static final String ZAP = "inproc://zeromq.zap.01";
    private static final int MAX_LENGTH = 1000;
    private static final int MAX_HOST_LENGTH = 255;

    public final InprocRegistry inproc;

    Endpoints(int maxSockets) {
        inproc = new InprocRegistry(maxSockets);
    }

    /** Binds a socket. Returns the endpoint, with the port that the system chose. */
    public String bind(SocketCore core, String endpoint) {
        check("bind", core, endpoint);
        if (endpoint.startsWith(IPC)) {
            refuseFile(core, endpoint);
        }
        boolean zapType = core.type == SocketTraits.REP || core.type == SocketTraits.ROUTER;
        if (endpoint.equals(ZAP) && !zapType) {
            throw new IllegalArgumentException(
                    ZAP + " is for an authenticator, a REP or ROUTER socket, not for " + core.name);
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = NativeMemory.cString(endpoint, "endpoint", arena);
            if (!endpoint.startsWith(INPROC)) {
                bind(core, endpoint, text);
                return OptionCodec.STRING.read(core, LAST_ENDPOINT, arena);
            }
            synchronized (inproc) {
                inproc.checkBind(core, endpoint);
                bind(core, endpoint, text);
                inproc.onBound(core, endpoint);
            }
            return endpoint;
        }
    }

    /** Throws if a file has the path, because libzmq would delete it to make its socket. */
    private static void refuseFile(SocketCore core, String endpoint) {
        if (new File(endpoint.substring(IPC.length())).isFile()) {
            throw core.failure(Errno.EADDRINUSE, "bind", endpoint);
        }
    }

    private static void bind(SocketCore core, String endpoint, MemorySegment text) {
        int result =
                ListeningDescriptor.isFor(core, endpoint)
                        ? ListeningDescriptor.bind(core, endpoint, text)
                        : SocketCalls.bind(core.capture, core.handle, text);
        throwIfFailed(result, core, "bind", endpoint);
        markUsed(core, endpoint);
    }

    /** Throws if the endpoint is not one to connect to; {@link #connect} does not check that. */
    public void checkConnect(SocketCore core, String endpoint) {
        check("connect", core, endpoint);
    }

    /** Connects a socket to an endpoint that {@link #checkConnect} has accepted. */
    public void connect(SocketCore core, String endpoint) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = NativeMemory.cString(endpoint, "endpoint", arena);
            if (!endpoint.startsWith(INPROC)) {
                connect(core, endpoint, text);
                return;
            }
            synchronized (inproc) {
                inproc.checkConnect(core, endpoint);
                connect(core, endpoint, text);
                inproc.onConnected(core, endpoint);
            }
        }
    }

    private static void connect(SocketCore core, String endpoint, MemorySegment text) {
        int result = SocketCalls.connect(core.capture, core.handle, text);
        throwIfFailed(result, core, "connect", endpoint);
        markUsed(core, endpoint);
    }

    private static void markUsed(SocketCore core, String endpoint) {
        core.hadEndpoint = true;
        core.noteEndpoint(endpoint);
        core.readsContent |= !endpoint.startsWith("tcp://") && !endpoint.startsWith("ipc://");
    }

    public void unbind(SocketCore core, String endpoint) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = NativeMemory.cString(endpoint, "endpoint", arena);
            refuseWithinMessage(core, "unbind");
            synchronized (inproc) {
                if (endpoint.startsWith(INPROC)) {
                    inproc.checkUnbind(core, endpoint);
                }
                int result = SocketQueries.unbind(core.capture, core.handle, text);
                throwIfFailed(result, core, "unbind", endpoint);
                inproc.onUnbound(core, endpoint);
            }
        }
    }

    public void disconnect(SocketCore core, String endpoint) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = NativeMemory.cString(endpoint, "endpoint", arena);
            refuseWithinMessage(core, "disconnect");
            synchronized (inproc) {
                inproc.checkDisconnect(core, endpoint);
                int result = SocketQueries.disconnect(core.capture, core.handle, text);
                throwIfFailed(result, core, "disconnect", endpoint);
            }
        }
    }

    /** Throws if a frame was received and others follow: libzmq would abort without them. */
    private static void refuseWithinMessage(SocketCore core, String operation) {
        if (core.polled && core.type.readsAhead() && !NativeLibrary.isHardened("fq")) {
            String text =
                    ": it was in a poller and may have read the start of a message, and then this"
                            + " libzmq would end the process: close the socket instead, or use the"
                            + " bundled library (Zmq.librarySource())";
            throw new IllegalStateException(operation + " on " + core.name + text);
        }
        if (core.getInt(RCVMORE) != 0) {
            String text = ": receive the remaining frames of the last message first";
            throw new IllegalStateException(operation + " on " + core.name + text);
        }
    }

    private static void throwIfFailed(
            int result, SocketCore core, String operation, String endpoint) {
        if (result < 0) {
            throw core.failure(result, operation, endpoint);
        }
    }

    /** Throws if the socket has half of the CURVE options, with which no handshake succeeds. */
    private static void refuseCurveWithoutKeys(String operation, SocketCore core) {
        String missing = missingForCurve(core);
        if (!missing.isEmpty() && core.getInt(MECHANISM) == CURVE) {
            throw new IllegalStateException(
                    operation
                            + " on "
                            + core.name
                            + ": it uses CURVE and has no "
                            + missing
                            + ", so every handshake would fail:"
                            + " call security().curveServer or curveClient first");
        }
    }

    private static String missingForCurve(SocketCore core) {
        if (!core.curveSecretKey) {
            boolean any = core.curveServer || core.curveClient || core.curvePublicKey;
            return any ? "secret key" : "";
        }
        if (core.curveServer) {
            return "";
        }
        return core.curveClient ? (core.curvePublicKey ? "" : "public key") : "key of a server";
    }

    private static void check(String operation, SocketCore core, String endpoint) {
        if (endpoint.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    operation + ": the endpoint is longer than " + MAX_LENGTH + " characters");
        }
        int scheme = endpoint.indexOf("://");
        if (scheme <= 0 || scheme + 3 == endpoint.length()) {
            throw malformed(operation, endpoint, EndpointAdvice.FORM);
        }
        String transport = endpoint.substring(0, scheme);
        if (core.type == SocketTraits.STREAM && !transport.equals("tcp")) {
            throw malformed(operation, endpoint, "a STREAM socket is for tcp:// only");
        }
        if (transport.equals("tcp") || transport.equals("ws")) {
            checkAddress(operation, core, endpoint, endpoint.substring(scheme + 3));
        }
        if (transport.startsWith("ws") && core.getInt(MECHANISM) == GSSAPI) {
            throw malformed(operation, endpoint, "libzmq has no GSSAPI over WebSocket, and aborts");
        }
        if (!transport.equals("inproc")) {
            refuseCurveWithoutKeys(operation, core);
            // When libzmq looks at the network interfaces and can open no file, it aborts.
            DescriptorCheck.require(4, operation + " " + endpoint);
        }
    }

    /**
     * Throws if the port is too large, which libzmq would take modulo 65536, or has something after
     * its digits, which libzmq would ignore, or if the host name is longer than the protocol of a
     * SOCKS proxy allows.
     */
    private static void checkAddress(
            String operation, SocketCore core, String endpoint, String address) {
        boolean hasPath = endpoint.startsWith("ws") && address.contains("/");
        String authority = hasPath ? address.substring(0, address.indexOf('/')) : address;
        for (String part : authority.split(";", -1)) {
            if (part.lastIndexOf(':') > MAX_HOST_LENGTH) {
                throw new IllegalArgumentException(
                        operation + ": the host name is longer than " + MAX_HOST_LENGTH);
            }
            String port = part.substring(part.lastIndexOf(':') + 1);
            if (port.startsWith("-") || isTooLarge(port)) {
                throw malformed(operation, endpoint, "the port is not in 0 to 65535");
            }
            boolean hasPort = part.indexOf(':') >= 0 && !part.endsWith("]");
            if (hasPort && port.indexOf('\0') < 0 && hasDigitsAndMore(port)) {
                throw core.failure(Errno.EINVAL, operation, endpoint);
            }
        }
    }

    private static IllegalArgumentException malformed(
            String operation, String endpoint, String text) {
        return new IllegalArgumentException(operation + " '" + endpoint + "': " + text);
    }

    private static boolean hasDigitsAndMore(String port) {
        int digits = 0;
        for (int i = 0; i < port.length(); i++) {
            digits += port.charAt(i) >= '0' && port.charAt(i) <= '9' ? 1 : 0;
        }
        return digits > 0 && digits < port.length();
    }

    private static boolean isTooLarge(String port) {
        long number = 0;
        for (int i = 0; i < port.length(); i++) {
            int digit = port.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            number = Math.min(number * 10 + digit, 1 << 20);
        }
        return number > 65535;
    }
}
