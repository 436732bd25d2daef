// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.error.UnsupportedFeatureException;

/** A failure after which a connection is not tried again, see {@link Reconnect}. */
public enum ReconnectStop {
    /** Nobody listens at the address, over tcp. C: {@code ZMQ_RECONNECT_STOP_CONN_REFUSED}. */
    CONN_REFUSED,
    /** The handshake failed. C: {@code ZMQ_RECONNECT_STOP_HANDSHAKE_FAILED}. */
    HANDSHAKE_FAILED,
    /**
     * The socket was disconnected from the endpoint. C: {@code
     * ZMQ_RECONNECT_STOP_AFTER_DISCONNECT}. It needs libzmq 4.3.5: up to 4.3.4 its number meant
     * both of the others, and setting it throws {@link UnsupportedFeatureException}.
     */
    AFTER_DISCONNECT
}
