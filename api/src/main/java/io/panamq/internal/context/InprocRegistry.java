// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.context;

import io.panamq.bindings.NativeLibrary;
import io.panamq.error.Errno;
import io.panamq.error.ZmqException;
import io.panamq.internal.guard.DescriptorCheck;
import io.panamq.internal.socket.SocketCore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Knows which socket is bound to which inproc name, and which connections wait for a name that no
 * socket is bound to yet. libzmq keeps such a connection even after its socket is closed, and would
 * abort when a socket binds the name. Callers hold the lock of this object from the check until
 * libzmq has bound or connected.
 */
public final class InprocRegistry {
    private int mostPending;
    private final Map<String, SocketCore> bound = new HashMap<>();

    /** The names of each bound socket, for closing. */
    private final Map<SocketCore, Set<String>> names = new HashMap<>();

    /** The sockets that are connected to a name that no socket is bound to. */
    private final Map<String, List<SocketCore>> pending = new HashMap<>();

    private int pendingTotal;

    InprocRegistry(int mostPending) {
        this.mostPending = mostPending;
    }

    /** Returns whether a socket is bound to the name now. */
    synchronized boolean isBound(String endpoint) {
        return bound.containsKey(endpoint);
    }

    /** Sets how many connections may wait for a name. */
    synchronized void setMostPending(int most) {
        mostPending = most;
    }

    void checkBind(SocketCore core, String endpoint) {
        assert Thread.holdsLock(this);
        List<SocketCore> waiting = pending.getOrDefault(endpoint, List.of());
        for (SocketCore peer : waiting) {
            checkTypes("bind", core, endpoint, peer);
            if (peer.isNativeClosed()) {
                String text = " connected to it and was closed before anybody bound it: use";
                throw refusal("bind", endpoint, peer.name + text + " another name");
            }
        }
    }

    void onBound(SocketCore core, String endpoint) {
        names.computeIfAbsent(core, socket -> new HashSet<>(2)).add(endpoint);
        bound.put(endpoint, core);
        dropPending(endpoint);
    }

    /**
     * Forgets the connections that waited for a name, because a socket was bound to it. The caller
     * may have bound a socket that this registry does not know, such as the one of a monitor.
     */
    public void dropPending(String endpoint) {
        assert Thread.holdsLock(this);
        List<SocketCore> waited = pending.remove(endpoint);
        pendingTotal -= waited == null ? 0 : waited.size();
    }

    void onUnbound(SocketCore core, String endpoint) {
        assert Thread.holdsLock(this);
        Set<String> own = names.get(core);
        if (own != null) {
            own.remove(endpoint);
        }
        bound.remove(endpoint, core);
    }

    void checkConnect(SocketCore core, String endpoint) {
        assert Thread.holdsLock(this);
        SocketCore binder = bound.get(endpoint);
        if (binder != null) {
            checkTypes("connect", core, endpoint, binder);
            return;
        }
        if (core.type.hasOnePeer() && core.hadEndpoint) {
            // libzmq would refuse the second peer, but keep the connection waiting for the name.
            String text = " had another endpoint; a " + core.type + " has one peer";
            throw refusal("connect", endpoint, "nobody has bound it yet, and " + core.name + text);
        }
        if (pendingTotal >= mostPending) {
            throw core.failure(Errno.EMFILE, "connect", endpoint);
        }
    }

    private static void checkTypes(
            String operation, SocketCore core, String endpoint, SocketCore peer) {
        if (!core.type.talksTo(peer.type)) {
            String types = core.type + " talks to " + core.type.peers();
            String text = core.name + " and " + peer.name + " cannot be peers: " + types;
            throw new IllegalArgumentException(operation + " " + endpoint + ": " + text);
        }
    }

    private static IllegalStateException refusal(String operation, String endpoint, String text) {
        return new IllegalStateException(operation + " " + endpoint + ": " + text);
    }

    void onConnected(SocketCore core, String endpoint) {
        assert Thread.holdsLock(this);
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

    /** Throws if the name is not connected, because libzmq would unbind it or abort later. */
    void checkDisconnect(SocketCore core, String endpoint) {
        if (bound.get(endpoint) == core) {
            String text = core.name + " is bound to it; unbind it first";
            throw refusal("disconnect", endpoint, text);
        }
        if (pending.containsKey(endpoint)) {
            String text = "nobody has bound it yet; close the socket instead";
            throw refusal("disconnect", endpoint, text);
        }
    }

    /** Frees the names of a socket that was closed. */
    void forget(SocketCore core) {
        assert Thread.holdsLock(this);
        Set<String> own = names.remove(core);
        if (own != null) {
            for (String endpoint : own) {
                bound.remove(endpoint, core);
            }
        }
    }

    /**
     * Returns whether the context may be terminated. libzmq makes a socket for each connection that
     * still waits, and aborts if it cannot make one.
     *
     * @param closing the number of sockets that were just closed, which may still count as open
     */
    synchronized boolean canEnd(int closing) {
        if (pendingTotal == 0) {
            return true;
        }
        // A waiting connection also keeps its own socket. The bundled library keeps one in reserve.
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
