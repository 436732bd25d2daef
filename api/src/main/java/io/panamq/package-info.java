// SPDX-License-Identifier: Apache-2.0
/**
 * ZeroMQ for Java: contexts, typed sockets, messages.
 *
 * {@snippet class="io.panamq.snippets.PackageSnippets" region="first"}
 *
 * <table class="striped">
 * <caption>From a task to a type</caption>
 * <thead><tr><th scope="col">task</th><th scope="col">type</th></tr></thead>
 * <tbody>
 * <tr><td>begin and end</td><td>{@link io.panamq.Context}, which makes all sockets</td></tr>
 * <tr><td>ask and answer, one at a time</td><td>{@link io.panamq.ReqSocket}, {@link
 *     io.panamq.RepSocket}; {@link io.panamq.RetryPolicy} to ask again</td></tr>
 * <tr><td>ask and answer, many at a time; brokers</td><td>{@link io.panamq.DealerSocket}, {@link
 *     io.panamq.RouterSocket}</td></tr>
 * <tr><td>publish and subscribe</td><td>{@link io.panamq.PubSocket}, {@link io.panamq.SubSocket};
 *     and {@link io.panamq.XPubSocket}, {@link io.panamq.XSubSocket} to see each {@link
 *     io.panamq.Subscription}</td></tr>
 * <tr><td>share work out and collect the results</td><td>{@link io.panamq.PushSocket}, {@link
 *     io.panamq.PullSocket}</td></tr>
 * <tr><td>two threads that talk to each other</td><td>{@link io.panamq.Context#pipe}, {@link
 *     io.panamq.PairSocket}</td></tr>
 * <tr><td>talk to plain TCP peers</td><td>{@link io.panamq.StreamSocket}, {@link
 *     io.panamq.StreamEvent}</td></tr>
 * <tr><td>datagrams of udp</td><td>{@link io.panamq.DatagramSocket}; {@link
 *     io.panamq.RadioSocket}, {@link io.panamq.DishSocket} with groups</td></tr>
 * <tr><td>send and receive without a copy</td><td>{@link io.panamq.Message}; {@link
 *     io.panamq.MessageArena} and {@link io.panamq.MessageTracker} for memory of your own</td></tr>
 * <tr><td>send a file without a copy, learn when it is done</td><td>{@link
 *     io.panamq.Message#map}, {@link io.panamq.MessageTracker}</td></tr>
 * <tr><td>messages of several frames, envelopes</td><td>{@link io.panamq.Multipart}</td></tr>
 * <tr><td>buffers, segments, lists of arrays, batches</td><td>{@link io.panamq.BulkSender}, {@link
 *     io.panamq.BulkReceiver}</td></tr>
 * <tr><td>wait for many sockets in one thread</td><td>{@link io.panamq.Poller}, or an {@link
 *     io.panamq.loop.EventLoop} with handlers and timers</td></tr>
 * <tr><td>stop a thread that waits</td><td>{@link io.panamq.Socket#cancel}, {@link
 *     io.panamq.Socket#close}, {@link io.panamq.Context#shutdown}, or an interrupt</td></tr>
 * <tr><td>send through one socket from many threads</td><td>{@link io.panamq.ConcurrentSender}
 *     </td></tr>
 * <tr><td>send and receive through one socket in many threads (drafts)</td><td>{@link
 *     io.panamq.ClientSocket}, {@link io.panamq.ServerSocket}; {@link io.panamq.ScatterSocket},
 *     {@link io.panamq.GatherSocket}; {@link io.panamq.RadioSocket}, {@link io.panamq.DishSocket};
 *     {@link io.panamq.PeerSocket}; {@link io.panamq.ChannelSocket}</td></tr>
 * <tr><td>futures, {@code Flow}</td><td>{@link io.panamq.loop.AsyncSocket}</td></tr>
 * <tr><td>encryption, user names</td><td>{@link io.panamq.SocketSecurity}, {@link io.panamq.Curve}
 *     </td></tr>
 * <tr><td>who may connect, key files</td><td>{@link io.panamq.security.ZapAuthenticator}, {@link
 *     io.panamq.security.Certificate}</td></tr>
 * <tr><td>see connections come and go</td><td>{@link io.panamq.SocketMonitor}, {@link
 *     io.panamq.MonitorEvent}</td></tr>
 * <tr><td>find out which client has gone</td><td>{@link io.panamq.ConnectionId}; {@link
 *     io.panamq.PeerMessages} as a message</td></tr>
 * <tr><td>notice peers that are silently gone, connect again</td><td>{@link io.panamq.Heartbeat},
 *     {@link io.panamq.KeepAlive}, {@link io.panamq.Reconnect}</td></tr>
 * <tr><td>high-water marks, time-outs, all other settings</td><td>{@link io.panamq.SocketOption},
 *     {@link io.panamq.ContextOption}</td></tr>
 * <tr><td>methods that take several socket types</td><td>{@link io.panamq.SendingSocket}, {@link
 *     io.panamq.ReceivingSocket}</td></tr>
 * <tr><td>a proxy between two sockets</td><td>{@link io.panamq.Proxy}</td></tr>
 * <tr><td>which libzmq this is</td><td>{@link io.panamq.Zmq}</td></tr>
 * </tbody>
 * </table>
 *
 * <table class="striped">
 * <caption>From JeroMQ and pyzmq</caption>
 * <thead><tr><th scope="col">there</th><th scope="col">here</th></tr></thead>
 * <tbody>
 * <tr><td>{@code ZContext}, {@code createSocket(SocketType.REQ)}</td><td>{@link
 *     io.panamq.Context}, {@link io.panamq.Context#req}; its linger is 5 s, not 0</td></tr>
 * <tr><td>{@code recvStr}, {@code recv_string}</td><td>{@link io.panamq.Receiver#receiveString()}
 *     </td></tr>
 * <tr><td>{@code DONTWAIT}, {@code zmq.Again}, null</td><td>{@link io.panamq.Receiver#tryReceive()}
 *     and the others that begin with try</td></tr>
 * <tr><td>{@code setReceiveTimeOut}, {@code RCVTIMEO}</td><td>{@link
 *     io.panamq.Receiver#receiveString(java.time.Duration)} and the like</td></tr>
 * <tr><td>{@code sendMore}, {@code SNDMORE}, {@code ZMsg}, {@code send_multipart}</td><td>{@link
 *     io.panamq.Multipart}</td></tr>
 * <tr><td>{@code msg.popString()}, {@code msg.wrap(id)}</td><td>{@link
 *     io.panamq.Multipart#removeFirstString}, {@link io.panamq.Multipart#wrap(byte[])}</td></tr>
 * <tr><td>{@code hasReceiveMore}</td><td>{@link io.panamq.Message#more}, {@link
 *     io.panamq.Receiver#receiveMultipart()}</td></tr>
 * <tr><td>{@code poller.register(socket, POLLIN)}, {@code pollin(0)}</td><td>{@link
 *     io.panamq.Poller#add(Socket, PollEvent, PollEvent...)}, {@link io.panamq.PollItem#isReadable}
 *     </td></tr>
 * <tr><td>{@code setLinger(0)}, {@code setsockopt}</td><td>{@link io.panamq.Socket#set} with {@link
 *     io.panamq.SocketOption#LINGER}</td></tr>
 * <tr><td>{@code ZMQ.proxy}, {@code zmq.proxy}, {@code proxy_steerable}</td><td>{@link
 *     io.panamq.Proxy}</td></tr>
 * <tr><td>{@code ZThread.fork}</td><td>{@link io.panamq.Context#pipe}</td></tr>
 * <tr><td>{@code ZMonitor}, {@code get_monitor_socket}</td><td>{@link io.panamq.Socket#monitor}
 *     </td></tr>
 * <tr><td>{@code ZAuth}, {@code ZCert}, {@code zmq.auth}</td><td>{@link
 *     io.panamq.security.ZapAuthenticator}, {@link io.panamq.security.Certificate}</td></tr>
 * </tbody>
 * </table>
 *
 * <p><strong>Start.</strong> PanaMQ needs Java 22 or later. Java prints a warning unless native
 * access is allowed on the command line:
 *
 * {@snippet lang="shell" :
 * java --enable-native-access=ALL-UNNAMED -cp 'lib/*' app.Main
 * java --enable-native-access=io.panamq.bindings -p lib -m app/app.Main
 * }
 *
 * <p><strong>Words.</strong> A ZeroMQ message consists of one or more frames, which are sent and
 * received together or not at all. A {@link io.panamq.Message} object is one frame; a {@link
 * io.panamq.Multipart} holds all frames of one message. A view is the {@link
 * java.lang.foreign.MemorySegment} that {@link io.panamq.Message#data} returns.
 *
 * <p><strong>Blocking.</strong> {@code send} and {@code receive} wait until they succeed, {@code
 * trySend} and {@code tryReceive} return at once, and the overloads with a {@link
 * java.time.Duration} wait up to that time. That nothing could be sent or received in time is a
 * return value: false, 0 or an empty {@code Optional}. Errors are exceptions, and {@link
 * io.panamq.error.ZmqException} shows which ones a loop should catch. An interrupt ends a wait with
 * {@link io.panamq.error.OperationInterruptedException}. Only {@code close()} of a socket, a
 * context or an {@link io.panamq.loop.EventLoop} goes on after an interrupt: it returns after a
 * bounded time and leaves the interrupt flag set. An {@code EventLoop} then abandons the tasks that
 * it has not run.
 *
 * <p><strong>Connecting</strong> goes on in the background: a {@code connect} that returns does not
 * mean that a peer is there. A {@link io.panamq.SocketMonitor}, which {@link
 * io.panamq.Socket#monitor} returns, reports connections, and {@link
 * io.panamq.SocketMonitor#awaitConnected} waits for one.
 *
 * <p><strong>Threads.</strong> All threads may use a {@link io.panamq.Context}. A {@link
 * io.panamq.Socket} and a {@link io.panamq.Message} belong to one thread at a time, and {@code
 * handOver()} hands them over to the thread that uses them next. Any thread may close a socket or
 * context, which wakes the threads that wait in it. A virtual thread that waits parks and leaves
 * its carrier to others. An {@link io.panamq.loop.EventLoop} serves many sockets with one thread.
 * Many threads can use one socket through an {@link io.panamq.loop.AsyncSocket}, which sends and
 * receives on an event loop, or send through a {@link io.panamq.ConcurrentSender}.
 *
 * <p><strong>Memory.</strong> The content of a {@link io.panamq.Message} is written and read in
 * place, and a send moves it to libzmq. A received message must be closed or sent on; what was sent
 * needs no close. A view can be used until the message is sent, receives other content, is handed
 * over or is closed; after that its access throws. The methods of the hot path ({@code send},
 * {@code receive(message)}, {@code prepare}, and the accessors of a message) allocate nothing on
 * the Java heap.
 *
 * <p><strong>Leaks.</strong> A context, socket, monitor, poller or message arena that becomes
 * garbage and was not closed is reported once, and so is a message that was neither closed nor
 * sent, unless it was made for a send that failed: that one is given back. The report is a warning
 * of the {@link java.lang.System.Logger} {@code io.panamq.leaks}, with the place where the object
 * was made. The warning closes and frees nothing: a lost socket stays open until its context is
 * closed, and the memory of a lost message or arena is not given back. Of lost messages that were
 * made at the same place only number 1, 2, 4, 8 and so on are logged. An event loop is never
 * reported, since its thread keeps it and its sockets alive until it is closed; {@link
 * io.panamq.Context#close(java.time.Duration)} reports which of those sockets were still open.
 *
 * <p><strong>Wrong use</strong> throws an exception that says what to do, and does not crash the
 * JVM. Examples are a call on a closed socket or message or on a thread that does not own it, a
 * view that is used too late, an access outside the content, and a malformed endpoint. There is one
 * exception: reading through a view of a message that {@link io.panamq.Message#map} made may crash
 * the JVM if another program shortens the file meanwhile.
 *
 * <p><strong>Configuration.</strong> These system properties are read once:
 *
 * <ul>
 *   <li>{@code panamq.library} is the path or name of the libzmq to load. {@code
 *       panamq.library.source} is {@code bundled} for the one in the jar, or {@code system}. By
 *       default the bundled one is loaded, and the system's where there is none; where it can be
 *       neither unpacked nor executed a warning of the logger {@code io.panamq} says so. {@code
 *       panamq.library.cache} is the folder that it is unpacked into.
 *   <li>{@code panamq.leaks} is {@code sampled} (the default), which follows one of 1024 new
 *       messages and every object of the other kinds; {@code all}, which follows every message, for
 *       one or two microseconds each; or {@code off}.
 *   <li>{@code panamq.watcher} is how the daemon thread {@code panamq-watcher} wakes threads that
 *       wait in PanaMQ: {@code epoll} (the default on Linux) or {@code poll} (the default
 *       elsewhere). With {@code none} there is no such thread, and a virtual thread that waits
 *       looks again every few milliseconds.
 *   <li>{@code panamq.poller} is {@code libzmq} for a {@link io.panamq.Poller} or {@link
 *       io.panamq.loop.EventLoop} that asks all its sockets in each round, as libzmq's pollers do.
 *       The default on Linux is {@code epoll}, with which a round costs what is ready. It makes no
 *       difference elsewhere.
 * </ul>
 */
@NullMarked
package io.panamq;

import org.jspecify.annotations.NullMarked;
