// SPDX-License-Identifier: Apache-2.0
package io.panamq.security;

import java.util.Objects;

/**
 * The question of libzmq whether a peer may connect to a socket of this context.
 *
 * @param domain what the socket gave to {@link io.panamq.SocketSecurity#authenticate}; empty if it
 *     is a PLAIN or CURVE server that did not call it
 * @param address the IP address of the peer, without a port; for ipc a text such as {@code
 *     :1000:1000:4711}, made of the ids of the user, the group and the process of the peer where
 *     the system tells them
 * @param routingId the {@link io.panamq.SocketOption#ROUTING_ID} of the socket, not of the peer,
 *     decoded from UTF-8; mostly empty
 * @param credentials what the peer shows; its type tells the mechanism
 */
public record ZapRequest(
        String domain, String address, String routingId, ZapCredentials credentials) {
    /**
     * Makes a request, for tests of callbacks.
     *
     * @param domain the domain of the socket
     * @param address the address of the peer
     * @param routingId the routing id of the socket
     * @param credentials what the peer shows
     */
    public ZapRequest {
        Objects.requireNonNull(domain, "domain");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(routingId, "routingId");
        Objects.requireNonNull(credentials, "credentials");
    }

    /**
     * Returns whether the address of the peer is in a range.
     *
     * @param range an address or a range as {@link ZapAuthenticator.Builder#allowAddresses} takes
     *     them
     * @return true if it is
     * @throws IllegalArgumentException if it is no such range
     */
    public boolean isFrom(String range) {
        return AddressRange.parse(Objects.requireNonNull(range, "range"))
                .contains(AddressRange.bytes(address));
    }
}
