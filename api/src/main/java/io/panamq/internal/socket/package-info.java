// SPDX-License-Identifier: Apache-2.0
/**
 * A native socket and the frames that go through it: who owns it, how it sends, receives and waits,
 * and how it ends. Used by the public sockets and messages, and by the event loop through {@code
 * SocketSecrets}; uses memory, watchers, leaks and guards.
 */
package io.panamq.internal.socket;
