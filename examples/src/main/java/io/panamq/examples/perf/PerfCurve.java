// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.perf;

import io.panamq.Curve;
import io.panamq.CurveKeyPair;
import io.panamq.PullSocket;
import io.panamq.PushSocket;

/** Encryption, with the server key that libzmq's tools have built in. */
final class PerfCurve {
    /** No secret: it is published with libzmq, to measure with and for nothing else. */
    private static final String SERVER = "{X}#>t#jRGaQ}gMhv=30r(Mw+87YGs+5%kh=i@f8";

    private PerfCurve() {}

    static void serve(PullSocket socket) {
        socket.curveServer(new CurveKeyPair(Curve.publicKey(SERVER), SERVER));
    }

    /** The client's own key may be any: the server asks nobody whether it knows it. */
    static void use(PushSocket socket) {
        socket.curveClient(Curve.publicKey(SERVER), Curve.keyPair());
    }
}
