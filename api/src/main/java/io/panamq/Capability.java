// SPDX-License-Identifier: Apache-2.0
package io.panamq;

/** An optional part of libzmq; {@link Zmq#has} returns whether the loaded library has it. */
public enum Capability {
    /** The draft API: further socket types, options and functions. */
    DRAFT("draft"),
    /** The transport {@code ipc}. */
    IPC("ipc"),
    /** The transports {@code pgm} and {@code epgm}. */
    PGM("pgm"),
    /** The transport {@code norm}. */
    NORM("norm"),
    /** The transport {@code tipc}. */
    TIPC("tipc"),
    /** The transport {@code vmci}. */
    VMCI("vmci"),
    /** The transport {@code vsock}. */
    VSOCK("vsock"),
    /** The transport {@code ws}. */
    WS("WS"),
    /** The transport {@code wss}. */
    WSS("WSS"),
    /** The mechanism CURVE. */
    CURVE("curve"),
    /** The mechanism GSSAPI. */
    GSSAPI("gssapi");

    private final String nativeName;

    Capability(String nativeName) {
        this.nativeName = nativeName;
    }

    /** As {@code zmq_has} spells it; case matters. */
    String nativeName() {
        return nativeName;
    }
}
