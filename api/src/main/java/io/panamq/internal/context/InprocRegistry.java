// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.context;

import io.panamq.bindings.NativeLibrary;
import io.panamq.error.Errno;
import io.panamq.error.ZmqException;
import io.panamq.internal.guard.DescriptorCheck;
import io.panamq.internal.socket.SocketCore;
import io.panamq.internal.socket.SocketTraits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who is bound to an inproc name, and which connections wait for one that nobody is bound to yet.
 * libzmq keeps such a connection even when its socket is closed, and aborts over what is missing
 * when somebody binds the name at last. Callers hold its lock from the check to the call.
 */
public final class InprocRegistry {
    private final int mostPending;
    private final Map<String, SocketCore> bound = new HashMap<>();

    /** The same the other way round, for closing. */
    private final Map<SocketCore, Set<String>> names = new HashMap<>();

    private final Map<String, List<SocketCore>> pending = new HashMap<>();
    private int pendingTotal;

    InprocRegistry(int mostPending) {
        this.mostPending = mostPending;
    }

    void checkBind(SocketCore core, String endpoint) {
        List<SocketCore> waiting = pending.getOrDefault(endpoint, List.of());
        for (SocketCore peer : waiting) {
            checkTypes("bind", core, endpoint, peer);
            if (peer.isNativeClosed()) {
                throw new IllegalStateException(
                        "bind "
                                + endpoint
                                + ": "
                                + peer.name
                                + " connected to it and was closed before anybody bound it: use"
                                + " another name");
            }
        }
    }

    void bound(SocketCore core, String endpoint) {
        names.computeIfAbsent(core, socket -> new HashSet<>(2)).add(endpoint);
        bound.put(endpoint, core);
        answered(endpoint);
    }

    /** Who waited for the name is connected: a socket of libzmq's own was bound to it. */
    public void answered(String endpoint) {
        List<SocketCore> waited = pending.remove(endpoint);
        pendingTotal -= waited == null ? 0 : waited.size();
    }

    void unbound(SocketCore core, String endpoint) {
        Set<String> own = names.get(core);
        if (own != null) {
            own.remove(endpoint);
        }
        bound.remove(endpoint, core);
    }

    void checkConnect(SocketCore core, String endpoint) {
        SocketCore binder = bound.get(endpoint);
        if (binder != null) {
            checkTypes("connect", core, endpoint, binder);
            return;
        }
        if (core.type == SocketTraits.PAIR && core.hadEndpoint) {
            // libzmq would refuse a second peer, but keep its end for the binder to find.
            throw new IllegalStateException(
                    "connect "
                            + endpoint
                            + ": nobody has bound it yet, and "
                            + core.name
                            + " had another endpoint; a PAIR has one peer");
        }
        if (pendingTotal >= mostPending) {
            throw core.failure(Errno.EMFILE, "connect", endpoint);
        }
    }

    private static void checkTypes(
            String operation, SocketCore core, String endpoint, SocketCore peer) {
        if (!core.type.talksTo(peer.type)) {
            throw new IllegalArgumentException(
                    operation
                            + " "
                            + endpoint
                            + ": "
                            + core.name
                            + " and "
                            + peer.name
                            + " cannot be peers: "
                            + core.type
                            + " talks to "
                            + core.type.peers());
        }
    }

    void connected(SocketCore core, String endpoint) {
        if (!bound.containsKey(endpoint)) {
            pending.computeIfAbsent(endpoint, name -> new ArrayList<>()).add(core);
            pendingTotal++;
        }
    }

    void checkUnbind(SocketCore core, String endpoint) {
        if (bound.get(endpoint) != core) {
            throw core.failure(Errno.ENOENT, "unbind", endpoint);
        }
    }

    /** To libzmq unbinding and disconnecting are the same: it would do the other. */
    void checkDisconnect(SocketCore core, String endpoint) {
        if (bound.get(endpoint) == core) {
            throw new IllegalStateException(
                    "disconnect "
                            + endpoint
                            + ": "
                            + core.name
                            + " is bound to it; unbind it first");
        }
        if (pending.containsKey(endpoint)) {
            throw new IllegalStateException(
                    "disconnect "
                            + endpoint
                            + ": nobody has bound it yet; close the socket instead");
        }
    }

    /** A closed socket's names are free again. */
    void forget(SocketCore core) {
        Set<String> own = names.remove(core);
        if (own != null) {
            for (String endpoint : own) {
                bound.remove(endpoint, core);
            }
        }
    }

    /**
     * Before the context ends: libzmq makes a socket for each connection that still waits, and
     * aborts when it gets none. False if that could happen: then it must not be terminated.
     *
     * @param closing sockets that were closed just now, which may still have their places
     */
    synchronized boolean canEnd(int closing) {
        if (pendingTotal == 0) {
            return true;
        }
        // Those that wait keep their sockets' places too. The bundled library has one to spare.
        if (closing + 2L * pendingTotal > mostPending
                && !NativeLibrary.isHardened("pending-term")) {
            return false;
        }
        try {
            DescriptorCheck.require(pendingTotal + 4, "closing a context");
            return true;
        } catch (ZmqException e) {
            return false;
        }
    }
}
