// SPDX-License-Identifier: Apache-2.0
package io.panamq;

/**
 * What a {@link Proxy} has forwarded since it began. A message counts once, however many frames it
 * has. Its bytes are those of all its frames, also of routing ids and empty ones.
 *
 * <p>What one side received and the other side did not send had no peer there: it was for a ROUTER
 * with {@link SocketOption#ROUTER_MANDATORY} whose peer was gone, or came without the routing id
 * that a ROUTER needs. What waits in a socket does not count yet, and what libzmq itself drops, in
 * a PUB, an XPUB or another ROUTER, counts as sent.
 *
 * <p>Of a one-way proxy the frontend is the socket that it receives from, and the backend the one
 * that it sends to. Of a proxy between a socket and itself everything counts for the frontend.
 *
 * @param frontendMessagesReceived messages from the peers of the frontend
 * @param frontendBytesReceived their content, in bytes
 * @param frontendMessagesSent messages to the peers of the frontend
 * @param frontendBytesSent their content, in bytes
 * @param backendMessagesReceived messages from the peers of the backend
 * @param backendBytesReceived their content, in bytes
 * @param backendMessagesSent messages to the peers of the backend
 * @param backendBytesSent their content, in bytes
 */
public record ProxyStatistics(
        long frontendMessagesReceived,
        long frontendBytesReceived,
        long frontendMessagesSent,
        long frontendBytesSent,
        long backendMessagesReceived,
        long backendBytesReceived,
        long backendMessagesSent,
        long backendBytesSent) {}
