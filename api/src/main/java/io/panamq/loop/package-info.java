// SPDX-License-Identifier: Apache-2.0
/**
 * The event loop: one thread that serves many sockets with handlers, timers and tasks, and on it
 * futures and {@link java.util.concurrent.Flow} for one socket. It is built out of the public
 * sockets and pollers of {@code io.panamq}, and of a little beneath them ({@code SocketSecrets},
 * {@code PollSecrets}).
 *
 * <p><strong>Or a ConcurrentSender?</strong> {@link io.panamq.loop.AsyncSocket} and {@link
 * io.panamq.ConcurrentSender} both let many threads send through one socket. With a
 * ConcurrentSender the threads themselves send, one after the other, and wait while there is no
 * room: it needs no loop, and it is the faster way. An AsyncSocket answers with a future at once,
 * and the thread of the loop sends: use it where no thread may wait, or where the same socket also
 * receives.
 */
package io.panamq.loop;
