// SPDX-License-Identifier: Apache-2.0
/**
 * ZeroMQ for Java: contexts, typed sockets, messages.
 *
 * {@snippet :
 * try (var context = Context.create();
 *         var pull = context.pull();
 *         var push = context.push()) {
 *     String endpoint = pull.bind("tcp://127.0.0.1:*"); // returns the resolved endpoint
 *     push.connect(endpoint);
 *     push.send("hello"); // String, byte[], MemorySegment: copied; Message: moved
 *     try (Message message = pull.receive()) {
 *         System.out.println(message.toUtf8());
 *     }
 * }
 * }
 *
 * <p><strong>Start.</strong> Java 22 or later, with {@code
 * --enable-native-access=io.panamq.bindings} on the module path or {@code ALL-UNNAMED} on the class
 * path. libzmq comes with the jar; the properties {@code panamq.library} (a path or a name) and
 * {@code panamq.library.source} ({@code bundled} or {@code system}) choose another one.
 *
 * <p><strong>Blocking.</strong> {@code send} and {@code receive} block, {@code trySend} and {@code
 * tryReceive} do not, overloads with a {@link java.time.Duration} wait that long. Would-block and
 * time-out are values, errors are exceptions.
 *
 * <p><strong>Threads.</strong> A {@link io.panamq.Context} is for all threads; a {@link
 * io.panamq.Socket} and a {@link io.panamq.Message} belong to one at a time, and {@code release()}
 * hands them over. Closing a socket or context is legal from any thread and wakes who waits.
 * Virtual threads park while they wait. An {@link io.panamq.EventLoop} serves many sockets with one
 * thread; an {@link io.panamq.AsyncSocket} and a {@link io.panamq.ConcurrentSender} on it are for
 * all threads.
 *
 * <p><strong>Memory.</strong> A {@link io.panamq.Message} is written and read in place, moves when
 * sent, and must be closed. Views of it die with its content. The methods of the hot path ({@code
 * send}, {@code receive(message)}, {@code prepare}, and the accessors of a message) allocate
 * nothing on the Java heap.
 *
 * <p><strong>Misuse</strong> never reaches C: a closed or foreign socket or message, a view too
 * late, an access outside the content, a malformed endpoint are exceptions that say what to do.
 */
package io.panamq;
