// SPDX-License-Identifier: Apache-2.0
/**
 * The native socket and the frames that go through it: which thread owns them, how they are sent
 * and received, how a call waits, and how the socket is closed. The public sockets and messages
 * stand on this package; the event loop uses it through {@code SocketSecrets}.
 */
package io.panamq.internal.socket;
