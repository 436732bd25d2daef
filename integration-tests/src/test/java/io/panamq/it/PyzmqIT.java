// SPDX-License-Identifier: Apache-2.0
package io.panamq.it;

/** PanaMQ and Python: Debian's pyzmq on Debian's libzmq, with CURVE by libsodium. */
class PyzmqIT extends InteropMatrix {

    PyzmqIT() {
        super("pyzmq");
    }
}
