// SPDX-License-Identifier: Apache-2.0
/**
 * Rounds over many sockets and file descriptors: what is registered, the ways to find what is ready
 * (epoll, and two of libzmq), and how another thread ends the wait. Used by the public {@code
 * Poller}, and by the event loop through {@code PollSecrets}; uses contexts and sockets.
 */
package io.panamq.internal.poll;
