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
 * time-out are values, errors are exceptions. An interrupt ends all waits but those for an end,
 * which take a bounded time and leave the flag set: {@code close} of a socket or context, and of an
 * {@link io.panamq.loop.EventLoop}, which abandons then.
 *
 * <p><strong>Connecting</strong> goes on in the background: a {@code connect} that succeeds does
 * not mean that somebody is there. {@link io.panamq.Socket#monitor} tells, and waits for it.
 *
 * <p><strong>Threads.</strong> A {@link io.panamq.Context} is for all threads; a {@link
 * io.panamq.Socket} and a {@link io.panamq.Message} belong to one at a time, and {@code release()}
 * hands them over. Closing a socket or context is legal from any thread and wakes who waits.
 * Virtual threads park while they wait. An {@link io.panamq.loop.EventLoop} serves many sockets
 * with one thread; an {@link io.panamq.loop.AsyncSocket} on it is for all threads, and through a
 * {@link io.panamq.ConcurrentSender} they all send. A daemon thread named {@code panamq-watcher}
 * wakes those that wait for long; the system property {@code panamq.watcher} is {@code epoll} (the
 * default on Linux), {@code poll} (the default elsewhere), or {@code none}: without it, those that
 * wait look again after some milliseconds.
 *
 * <p><strong>Memory.</strong> A {@link io.panamq.Message} is written and read in place, moves when
 * sent, and must be closed. Views of it die with its content. The methods of the hot path ({@code
 * send}, {@code receive(message)}, {@code prepare}, and the accessors of a message) allocate
 * nothing on the Java heap.
 *
 * <p><strong>Leaks.</strong> A context, socket, monitor, poller, message or message arena that
 * becomes garbage and was not closed is named, once, in a warning of the {@link
 * java.lang.System.Logger} {@code io.panamq.leaks}, with the place where it was made. Nothing is
 * closed or given back then: sockets stay open until their context is closed, the memory of a
 * message or arena is lost. The system property {@code panamq.leaks} is {@code sampled} (the
 * default: one of 1024 new messages is followed, and all else), {@code all} (every message too, for
 * a microsecond or two each) or {@code off}. Of messages from the same place the 1st, 2nd, 4th, 8th
 * and so on are named. An event loop keeps itself and its sockets alive until it is closed; {@link
 * io.panamq.Context#close(java.time.Duration)} names those as well.
 *
 * <p><strong>Misuse</strong> never reaches C: a closed or foreign socket or message, a view too
 * late, an access outside the content, a malformed endpoint are exceptions that say what to do.
 */
package io.panamq;
