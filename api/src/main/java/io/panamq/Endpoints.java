// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.bindings.SocketCalls;
import io.panamq.bindings.SocketQueries;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Bind and connect, and what libzmq would not forgive: endpoints it wraps silently, the ZAP
 * endpoint on a type that makes it abort, and more pending inproc connections than it can tidy up.
 */
final class Endpoints {
    private static final String INPROC = "inproc://";
    private static final String ZAP = "inproc://zeromq.zap.01";
    private static final int LAST_ENDPOINT = 32;

    private final Context context;

    /** Who is bound to an inproc name, and how many connections wait for one that nobody is. */
    private final Map<String, SocketCore> bound = new HashMap<>();

    private final Map<String, Integer> pending = new HashMap<>();
    private int pendingTotal;

    Endpoints(Context context) {
        this.context = context;
    }

    String bind(SocketCore core, String endpoint) {
        check("bind", endpoint);
        boolean zapType = core.type == SocketType.REP || core.type == SocketType.ROUTER;
        if (endpoint.equals(ZAP) && !zapType) {
            throw new IllegalArgumentException(
                    ZAP + " is for an authenticator, a REP or ROUTER socket, not for " + core.name);
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = CStrings.of(endpoint, "endpoint", arena);
            if (!endpoint.startsWith(INPROC)) {
                checked(SocketCalls.bind(core.capture, core.handle, text), core, "bind", endpoint);
                return OptionCodec.STRING.read(core, LAST_ENDPOINT, arena);
            }
            synchronized (this) {
                checked(SocketCalls.bind(core.capture, core.handle, text), core, "bind", endpoint);
                bound.put(endpoint, core);
                Integer waited = pending.remove(endpoint);
                pendingTotal -= waited == null ? 0 : waited;
            }
            return endpoint;
        }
    }

    void checkConnect(SocketCore core, String endpoint) {
        check("connect", endpoint);
    }

    void connect(SocketCore core, String endpoint) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = CStrings.of(endpoint, "endpoint", arena);
            if (!endpoint.startsWith(INPROC)) {
                connect(core, endpoint, text);
                return;
            }
            synchronized (this) {
                boolean waits = !bound.containsKey(endpoint);
                if (waits && pendingTotal >= context.maxSockets()) {
                    throw core.failure(-Errno.EMFILE.number(), "connect", endpoint);
                }
                connect(core, endpoint, text);
                if (waits) {
                    pending.put(endpoint, pending.getOrDefault(endpoint, 0) + 1);
                    pendingTotal++;
                }
            }
        }
    }

    private static void connect(SocketCore core, String endpoint, MemorySegment text) {
        checked(SocketCalls.connect(core.capture, core.handle, text), core, "connect", endpoint);
    }

    void unbind(SocketCore core, String endpoint) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = CStrings.of(endpoint, "endpoint", arena);
            checked(
                    SocketQueries.unbind(core.capture, core.handle, text),
                    core,
                    "unbind",
                    endpoint);
        }
        synchronized (this) {
            bound.remove(endpoint, core);
        }
    }

    void disconnect(SocketCore core, String endpoint) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = CStrings.of(endpoint, "endpoint", arena);
            int result = SocketQueries.disconnect(core.capture, core.handle, text);
            checked(result, core, "disconnect", endpoint);
        }
    }

    /** Its inproc names are free again. */
    synchronized void forget(SocketCore core) {
        bound.values().removeAll(List.of(core));
    }

    private static void checked(int result, SocketCore core, String operation, String endpoint) {
        if (result < 0) {
            throw core.failure(result, operation, endpoint);
        }
    }

    private static void check(String operation, String endpoint) {
        int scheme = endpoint.indexOf("://");
        if (scheme <= 0 || scheme + 3 == endpoint.length()) {
            throw new IllegalArgumentException(
                    operation
                            + " '"
                            + endpoint
                            + "': write transport://address, such as tcp://127.0.0.1:5555,"
                            + " ipc:///tmp/name or inproc://name");
        }
        String transport = endpoint.substring(0, scheme);
        if (transport.equals("tcp") || transport.equals("ws")) {
            checkPort(operation, endpoint, endpoint.substring(scheme + 3));
        }
    }

    /** libzmq takes a port modulo 65536. */
    private static void checkPort(String operation, String endpoint, String address) {
        String authority =
                address.contains("/") ? address.substring(0, address.indexOf('/')) : address;
        for (String part : authority.split(";", -1)) {
            String port = part.substring(part.lastIndexOf(':') + 1);
            if (port.startsWith("-") || isTooLarge(port)) {
                throw new IllegalArgumentException(
                        operation + " '" + endpoint + "': the port is not in 0 to 65535");
            }
        }
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
