// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * A connection of a STREAM, by its routing id: the key under which a program keeps what it knows of
 * a connection, and the first frame of what it sends. libzmq does not use the id of a connection
 * that has ended again, until it has counted through four billion others.
 *
 * @param routingId as libzmq made it up, 5 bytes; the array itself and no copy
 */
@SuppressWarnings("ArrayRecordComponent") // compares the bytes
public record StreamPeer(byte[] routingId) {
    /**
     * Makes the name of a connection.
     *
     * @param routingId the first frame of a message of the connection, which is not copied
     */
    public StreamPeer {
        Objects.requireNonNull(routingId, "routingId");
    }

    /** Returns whether the other is the same connection. */
    @Override
    public boolean equals(Object other) {
        return other instanceof StreamPeer that && Arrays.equals(routingId, that.routingId);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(routingId);
    }

    /** Returns the routing id in hexadecimal. */
    @Override
    public String toString() {
        return "StreamPeer[" + HexFormat.of().formatHex(routingId) + "]";
    }
}
