// SPDX-License-Identifier: Apache-2.0
package io.panamq.it;

/** Tests PanaMQ with Debian's pyzmq on Debian's libzmq, which has CURVE by libsodium. */
class PyzmqIT extends InteropMatrix {

    PyzmqIT() {
        super("pyzmq");
    }
}
