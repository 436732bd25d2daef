// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.context;

import static io.panamq.bindings.calls.Constants.LAST_ENDPOINT;
import static io.panamq.bindings.calls.Constants.RCVMORE;

import io.panamq.bindings.NativeLibrary;
import io.panamq.bindings.calls.DraftSocketCalls;
import io.panamq.bindings.calls.NativeMemory;
import io.panamq.bindings.calls.SocketCalls;
import io.panamq.bindings.calls.SocketQueries;
import io.panamq.error.Errno;
import io.panamq.internal.option.ListeningDescriptor;
import io.panamq.internal.option.OptionCodec;
import io.panamq.internal.socket.SocketCore;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Binds and connects sockets, after it has checked what libzmq gets wrong: what {@link
 * EndpointCheck} and {@link IpcPath} refuse, an endpoint of ZAP on a type that makes libzmq abort,
 * a disconnect in the middle of a message.
 */
public final class Endpoints {
    private static final String IPC = "ipc://";
    private static final String INPROC = "inproc://";
    private static final String UDP = "udp://";

    private static final long FIRST_PAUSE = 100_000;
    private static final long LONGEST_PAUSE = 20_000_000;

    /** Held while a path is looked at and bound. */
    private static final Object IPC_BINDS = new Object();

    public final InprocRegistry inproc;

    Endpoints(int maxSockets) {
        inproc = new InprocRegistry(maxSockets);
    }

    /** Binds a socket. Returns the endpoint, with the port that the system chose. */
    public String bind(SocketCore core, String endpoint) {
        PortRange range = PortRange.of(endpoint);
        String first = range == null ? endpoint : range.with(range.first());
        EndpointCheck.check("bind", core, first, inproc);
        if (range != null) {
            return bindOneOf(core, range);
        }
        ZapRules.checkHandler(core, endpoint);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = NativeMemory.cString(endpoint, "endpoint", arena);
            int result = tryBind(core, endpoint, text);
            if (Errno.of(-result) == Errno.EADDRINUSE) {
                result = bindWhenFreed(core, endpoint, text);
            }
            throwIfFailed(result, core, "bind", endpoint);
            return markBound(core, endpoint, arena);
        }
    }

    private static String markBound(SocketCore core, String endpoint, Arena arena) {
        markUsed(core, endpoint);
        String bound =
                // libzmq would tell one of udp without its transport
                endpoint.startsWith(INPROC) || endpoint.startsWith(UDP)
                        ? endpoint
                        : OptionCodec.STRING.read(core, LAST_ENDPOINT, arena);
        core.bound.add(bound);
        FreedAddresses.remove(bound);
        return bound;
    }

    /** Binds the first port of a range that is free. */
    private static String bindOneOf(SocketCore core, PortRange range) {
        for (int port = range.first(); port <= range.last(); port++) {
            try (Arena arena = Arena.ofConfined()) {
                String endpoint = range.with(port);
                MemorySegment text = NativeMemory.cString(endpoint, "endpoint", arena);
                int result = SocketCalls.bind(core.capture, core.handle, text);
                if (Errno.of(-result) != Errno.EADDRINUSE) {
                    throwIfFailed(result, core, "bind", endpoint);
                    return markBound(core, endpoint, arena);
                }
            }
        }
        throw core.failure(Errno.EADDRINUSE, "bind", range.endpoint());
    }

    /** libzmq gives an address up in the background, so it may be free in a moment. */
    private int bindWhenFreed(SocketCore core, String endpoint, MemorySegment text) {
        long end = FreedAddresses.end(endpoint);
        long pause = FIRST_PAUSE;
        int result = -Errno.EADDRINUSE.number();
        while (Errno.of(-result) == Errno.EADDRINUSE && end - System.nanoTime() > 0) {
            LockSupport.parkNanos(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE);
            result = tryBind(core, endpoint, text);
        }
        return result;
    }

    private int tryBind(SocketCore core, String endpoint, MemorySegment text) {
        if (ListeningDescriptor.isFor(core, endpoint)) {
            return ListeningDescriptor.bind(core, endpoint, text);
        }
        if (endpoint.startsWith(INPROC)) {
            synchronized (inproc) {
                inproc.checkBind(core, endpoint);
                int result = SocketCalls.bind(core.capture, core.handle, text);
                if (result >= 0) {
                    inproc.onBound(core, endpoint);
                }
                return result;
            }
        }
        if (!endpoint.startsWith(IPC)) {
            return SocketCalls.bind(core.capture, core.handle, text);
        }
        // libzmq deletes what has the path, also what another thread has bound just now.
        synchronized (IPC_BINDS) {
            return IpcPath.isTaken(endpoint, IPC.length())
                    ? -Errno.EADDRINUSE.number()
                    : SocketCalls.bind(core.capture, core.handle, text);
        }
    }

    /** Throws if the endpoint is not one to connect to; {@link #connect} does not check that. */
    public void checkConnect(SocketCore core, String endpoint) {
        EndpointCheck.check("connect", core, endpoint, inproc);
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

    /** Connects a PEER; returns the routing id of its peer. */
    public long connectPeer(SocketCore core, String endpoint) {
        checkConnect(core, endpoint);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = NativeMemory.cString(endpoint, "endpoint", arena);
            if (!endpoint.startsWith(INPROC)) {
                return connectPeer(core, endpoint, text);
            }
            synchronized (inproc) {
                inproc.checkConnect(core, endpoint);
                long routingId = connectPeer(core, endpoint, text);
                inproc.onConnected(core, endpoint);
                return routingId;
            }
        }
    }

    private static long connectPeer(SocketCore core, String endpoint, MemorySegment text) {
        long result = DraftSocketCalls.connectPeer(core.capture, core.handle, text);
        if (result < 0) {
            throw core.failure((int) result, "connect", endpoint);
        }
        markUsed(core, endpoint);
        return result;
    }

    private static void markUsed(SocketCore core, String endpoint) {
        core.hadEndpoint = true;
        core.noteEndpoint(endpoint);
        core.readsContent |= !endpoint.startsWith("tcp://") && !endpoint.startsWith("ipc://");
    }

    public void unbind(SocketCore core, String endpoint) {
        if (endpoint.startsWith(UDP) && core.type.hasUdp()) {
            // libzmq forgets which endpoint of udp it is.
            throw new IllegalStateException(
                    "unbind " + endpoint + " on " + core.name + ": close the socket instead");
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = NativeMemory.cString(endpoint, "endpoint", arena);
            refuseWithinMessage(core, "unbind");
            synchronized (inproc) {
                if (endpoint.startsWith(INPROC)) {
                    inproc.checkUnbind(core, endpoint);
                }
                int result = SocketQueries.unbind(core.capture, core.handle, text);
                throwIfFailed(result, core, "unbind", endpoint);
                core.bound.remove(endpoint);
                FreedAddresses.add(List.of(endpoint));
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
}
