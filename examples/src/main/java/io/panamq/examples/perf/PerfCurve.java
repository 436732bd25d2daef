// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.perf;

import io.panamq.Curve;
import io.panamq.CurveKeyPair;
import io.panamq.PullSocket;
import io.panamq.PushSocket;

/** Sets up CURVE with the server key that is built into libzmq's tools. */
final class PerfCurve {
    /** This key is no secret: libzmq publishes it, and it serves for nothing but measuring. */
    private static final String SERVER = "{X}#>t#jRGaQ}gMhv=30r(Mw+87YGs+5%kh=i@f8";

    private PerfCurve() {}

    /** Makes a server. */
    static void serve(PullSocket socket) {
        socket.security().curveServer(new CurveKeyPair(Curve.publicKey(SERVER), SERVER));
    }

    /** Makes a client with a new key: the server accepts any key, since nothing checks them. */
    static void use(PushSocket socket) {
        socket.security().curveClient(Curve.publicKey(SERVER), Curve.keyPair());
    }
}
