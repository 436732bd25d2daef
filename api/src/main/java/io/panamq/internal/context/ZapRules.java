// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.context;

import static io.panamq.bindings.calls.Constants.PLAIN_SERVER;
import static io.panamq.bindings.calls.Constants.ZAP_DOMAIN;
import static io.panamq.bindings.calls.Constants.ZAP_ENFORCE_DOMAIN;

import io.panamq.internal.socket.SocketCore;
import io.panamq.internal.socket.SocketTraits;
import java.lang.foreign.Arena;

/**
 * Refuses what libzmq gets wrong about ZAP, its protocol for authentication: a socket whose peers
 * nobody would authenticate, and one whose first peer would end the process.
 */
final class ZapRules {
    /** Where libzmq looks for the ZAP handler of a context. */
    static final String ENDPOINT = "inproc://zeromq.zap.01";

    private static final int DOMAIN_ROOM = 256;

    private ZapRules() {}

    /** Throws if a socket that is not made for it would become a ZAP handler: libzmq aborts. */
    static void checkHandler(SocketCore core, String endpoint) {
        boolean fit = core.type == SocketTraits.REP || core.type == SocketTraits.ROUTER;
        if (endpoint.equals(ENDPOINT) && !fit) {
            throw new IllegalArgumentException(
                    ENDPOINT
                            + " is for an authenticator, a REP or ROUTER socket, not for "
                            + core.name);
        }
    }

    /** Throws if the socket wants its peers authenticated, and they cannot be. */
    static void checkPeers(String operation, SocketCore core, InprocRegistry inproc) {
        if (core.getInt(ZAP_ENFORCE_DOMAIN) == 0) {
            return;
        }
        if (!hasDomain(core)) {
            if (core.getInt(PLAIN_SERVER) != 0) {
                // libzmq has an assertion there, which ends the process when a peer comes.
                throw refusal(
                        operation, core, "a PLAIN server that enforces a ZAP domain has none");
            }
        } else if (!inproc.isBound(ENDPOINT)) {
            throw refusal(
                    operation,
                    core,
                    "it has a ZAP domain, and its context has no authenticator, so every peer would"
                            + " be refused: start a ZapAuthenticator first");
        }
    }

    private static boolean hasDomain(SocketCore core) {
        try (Arena arena = Arena.ofConfined()) {
            // The length counts the terminator.
            return core.getOption(ZAP_DOMAIN, DOMAIN_ROOM, arena).byteSize() > 1;
        }
    }

    private static IllegalStateException refusal(String operation, SocketCore core, String text) {
        return new IllegalStateException(operation + " on " + core.name + ": " + text);
    }
}
