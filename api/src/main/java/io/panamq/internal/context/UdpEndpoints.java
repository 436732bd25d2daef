// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.context;

import static io.panamq.bindings.calls.Constants.IPV6;

import io.panamq.bindings.NativeLibrary;
import io.panamq.error.Errno;
import io.panamq.error.UnsupportedFeatureException;
import io.panamq.internal.socket.SocketCore;
import io.panamq.internal.socket.SocketTraits;

/** Checks endpoints of udp, where libzmq can be made to abort in many ways. */
final class UdpEndpoints {
    private UdpEndpoints() {}

    /** Throws if the endpoint of a RADIO, DISH or DGRAM is not safe, or cannot work. */
    static void check(String operation, SocketCore core, String endpoint) {
        String what = operation + " " + endpoint + " on " + core.name;
        if (!NativeLibrary.isHardened("udp") || !NativeLibrary.isHardened("udp-size")) {
            throw new UnsupportedFeatureException(
                    Errno.ENOTSUP,
                    operation,
                    endpoint,
                    what
                            + ": a single datagram could end the process with this libzmq; the"
                            + " bundled library is mended (Zmq.librarySource())");
        }
        if (endpoint.endsWith(":*") || endpoint.endsWith(":0")) {
            throw new IllegalArgumentException(
                    what + ": udp needs the number of a port, since libzmq cannot tell a free one");
        }
        if (core.type == SocketTraits.DGRAM) {
            if (core.hadEndpoint) {
                throw new IllegalStateException(what + ": it is bound already, and has one endpoint");
            }
            if (core.getInt(IPV6) != 0) {
                throw new IllegalStateException(
                        what + ": a DGRAM is for IPv4 only: set ZMQ_IPV6 to false before");
            }
        }
        // Before libzmq knows the endpoint, so that no other thread sends what does not fit.
        core.markUdp();
    }
}
