// SPDX-License-Identifier: Apache-2.0
package io.panamq.it;

import io.panamq.SocketType;
import java.util.ArrayList;
import java.util.List;

/** A conversation of the matrix: both socket types, which side binds, and whether CURVE is used. */
record Scenario(SocketType ours, String theirs, boolean weBind, boolean curve) {

    /** Returns all combinations in a fixed order. */
    static List<Scenario> all() {
        var all = new ArrayList<Scenario>();
        for (boolean curve : new boolean[] {false, true}) {
            for (boolean weBind : new boolean[] {true, false}) {
                all.add(new Scenario(SocketType.REQ, "REP", weBind, curve));
                all.add(new Scenario(SocketType.REP, "REQ", weBind, curve));
                // An XPUB is a PUB that sees its subscriber arrive, so it sends no message too
                // early.
                all.add(new Scenario(SocketType.XPUB, "SUB", weBind, curve));
                all.add(new Scenario(SocketType.SUB, "PUB", weBind, curve));
                all.add(new Scenario(SocketType.PUSH, "PULL", weBind, curve));
                all.add(new Scenario(SocketType.PULL, "PUSH", weBind, curve));
                all.add(new Scenario(SocketType.DEALER, "ROUTER", weBind, curve));
                all.add(new Scenario(SocketType.ROUTER, "DEALER", weBind, curve));
            }
        }
        return all;
    }

    boolean weSend() {
        return ours != SocketType.SUB && ours != SocketType.PULL;
    }

    boolean theySend() {
        return ours != SocketType.XPUB && ours != SocketType.PUSH;
    }

    @Override
    public String toString() {
        return "PanaMQ %s %s, peer %s, %s"
                .formatted(ours, weBind ? "binds" : "connects", theirs, curve ? "CURVE" : "NULL");
    }
}
