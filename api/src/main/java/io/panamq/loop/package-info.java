// SPDX-License-Identifier: Apache-2.0
/**
 * The event loop: one thread that serves many sockets with handlers, timers and tasks ({@link
 * io.panamq.loop.EventLoop}). An {@link io.panamq.loop.AsyncSocket} is a socket on such a loop that
 * any thread can use, with futures and {@link java.util.concurrent.Flow}.
 *
 * <p><strong>AsyncSocket or ConcurrentSender?</strong> With {@link io.panamq.loop.AsyncSocket} and
 * with {@link io.panamq.ConcurrentSender}, many threads can send through one socket. With a
 * ConcurrentSender the calling threads themselves send, one after the other, and wait while there
 * is no room. It needs no loop, and it is faster. With an AsyncSocket the call returns a future at
 * once, and the thread of the loop sends. Use it where no thread may wait, or where the same socket
 * also receives.
 */
@NullMarked
package io.panamq.loop;

import org.jspecify.annotations.NullMarked;
