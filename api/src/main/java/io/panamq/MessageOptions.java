// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.SocketOption.ReadOnly;
import io.panamq.SocketOption.ReadWrite;
import io.panamq.error.ProtocolStateException;
import io.panamq.error.UnsupportedFeatureException;
import io.panamq.internal.option.OptionCodec;
import java.time.Duration;
import java.util.Set;

/**
 * The options of queues, waits and state of every socket type; users find them in {@link
 * SocketOption}.
 */
interface MessageOptions {
    /**
     * Selects the I/O threads that serve new connections. With a mask that has none of them, bind
     * and connect throw EMTHREAD.
     *
     * <p>{@code ZMQ_AFFINITY}, 4: a long, a bit mask, with the lowest bit for the first thread;
     * read and set; default 0, all threads; every socket type; since 3.1.
     */
    ReadWrite<Long> AFFINITY = new ReadWrite<>("ZMQ_AFFINITY", 4, OptionCodec.LONG, 0L, "3.1");

    /**
     * Tells whether more frames follow the one that was received last. {@link Message#more} costs
     * less.
     *
     * <p>{@code ZMQ_RCVMORE}, 13: a boolean; read only; default false; every socket type; since
     * 3.1.
     */
    ReadOnly<Boolean> RCVMORE = new ReadOnly<>("ZMQ_RCVMORE", 13, OptionCodec.BOOL, false, "3.1");

    /**
     * Names the descriptor that becomes readable, once, when libzmq has news for the socket; a
     * {@link Poller} waits on sockets without it. It stays libzmq's: never read, write or close it.
     * It is a hint that {@link SocketOption#EVENTS} may have changed, not that a message is there.
     *
     * <p>{@code ZMQ_FD}, 14: an int, a file descriptor; read only; default none; every socket type
     * but the thread-safe ones, which have no descriptor that users may wait on; since 3.1.
     */
    ReadOnly<Integer> FD =
            new ReadOnly<>(
                    "ZMQ_FD",
                    14,
                    OptionCodec.INT,
                    null,
                    "3.1",
                    SocketType.PAIR,
                    SocketType.PUB,
                    SocketType.SUB,
                    SocketType.REQ,
                    SocketType.REP,
                    SocketType.DEALER,
                    SocketType.ROUTER,
                    SocketType.PULL,
                    SocketType.PUSH,
                    SocketType.XPUB,
                    SocketType.XSUB,
                    SocketType.STREAM,
                    SocketType.DGRAM);

    /**
     * Tells whether a message can be received or sent now. Reading it also makes libzmq handle what
     * peers and I/O threads told the socket.
     *
     * <p>{@code ZMQ_EVENTS}, 15: a set of {@link PollEvent}; read only; default none; every socket
     * type; since 3.1.
     */
    ReadOnly<Set<PollEvent>> EVENTS =
            new ReadOnly<>("ZMQ_EVENTS", 15, new EventsCodec(), null, "3.1");

    /**
     * Tells the type of the socket, as {@link Socket#type} does.
     *
     * <p>{@code ZMQ_TYPE}, 16: a socket type; read only; default none; every socket type; since
     * 3.1.
     */
    ReadOnly<SocketType> TYPE = new ReadOnly<>("ZMQ_TYPE", 16, new SocketTypeCodec(), null, "3.1");

    /**
     * Bounds how long what is queued is still sent after a close, in the background. {@link
     * SocketOption#FOREVER} is allowed, but {@link Context#close()} cuts it short.
     *
     * <p>{@code ZMQ_LINGER}, 17: a duration, in ms; read and set; default 5 s, {@link
     * Context.Builder#linger} of the context; 0 for SUB and XSUB; every socket type; since 3.1.
     */
    ReadWrite<Duration> LINGER =
            new ReadWrite<>("ZMQ_LINGER", 17, OptionCodec.MILLIS, Duration.ofSeconds(5), "3.1");

    /**
     * Bounds how many messages may be queued for each peer: the high-water mark for sending. Must
     * be set before bind and connect; later it is refused with {@link IllegalStateException}. The
     * page of each socket type says what a full queue does.
     *
     * <p>{@code ZMQ_SNDHWM}, 23: an int, in messages, 0 for no limit; read and set; default 1000,
     * for SUB and XSUB 0, because libzmq drops subscriptions that exceed it; every socket type;
     * since 3.1.
     */
    ReadWrite<Integer> SNDHWM =
            new ReadWrite<>("ZMQ_SNDHWM", 23, OptionCodec.ints(0, Integer.MAX_VALUE), 1000, "3.1");

    /**
     * Bounds how many messages may be queued from each peer: the high-water mark for receiving.
     * Must be set before bind and connect; later it is refused with {@link IllegalStateException}.
     *
     * <p>{@code ZMQ_RCVHWM}, 24: an int, in messages, 0 for no limit; read and set; default 1000;
     * every socket type; since 3.1.
     */
    ReadWrite<Integer> RCVHWM =
            new ReadWrite<>("ZMQ_RCVHWM", 24, OptionCodec.ints(0, Integer.MAX_VALUE), 1000, "3.1");

    /**
     * Bounds how long a receive that is given no time waits. When that time is over, methods return
     * false, 0 or an empty value; those that could not say so, such as {@code receive()}, throw
     * {@link IllegalStateException} as soon as the option is set: see {@link Receiver}.
     *
     * <p>{@code ZMQ_RCVTIMEO}, 27: a duration, in ns, kept in Java; read and set; default {@link
     * SocketOption#FOREVER}; every socket type; since 3.1.
     */
    ReadWrite<Duration> RCVTIMEO =
            new ReadWrite<>("ZMQ_RCVTIMEO", 27, OptionCodec.MILLIS, SocketOption.FOREVER, "3.1");

    /**
     * Bounds how long a send that is given no time waits. When that time is over, {@code send}
     * returns false.
     *
     * <p>{@code ZMQ_SNDTIMEO}, 28: a duration, in ns, kept in Java; read and set; default {@link
     * SocketOption#FOREVER}; every socket type; since 3.1.
     */
    ReadWrite<Duration> SNDTIMEO =
            new ReadWrite<>("ZMQ_SNDTIMEO", 28, OptionCodec.MILLIS, SocketOption.FOREVER, "3.1");

    /**
     * Tells the endpoint that was bound or connected last, with the actual port.
     *
     * <p>{@code ZMQ_LAST_ENDPOINT}, 32: text; read only; default empty; every socket type; since
     * 3.2.
     */
    ReadOnly<String> LAST_ENDPOINT =
            new ReadOnly<>("ZMQ_LAST_ENDPOINT", 32, OptionCodec.STRING, "", "3.2");

    /**
     * Queues messages only for peers whose connection is complete. If false, an endpoint has a
     * queue from the connect on, before anybody is there.
     *
     * <p>{@code ZMQ_IMMEDIATE}, 39: a boolean; read and set; default false; every socket type;
     * since 4.0.
     */
    ReadWrite<Boolean> IMMEDIATE =
            new ReadWrite<>("ZMQ_IMMEDIATE", 39, OptionCodec.BOOL, false, "4.0");

    /**
     * Keeps only the newest message in the queue. Must be set before bind and connect; later it is
     * refused with {@link IllegalStateException}. It is for messages of one frame: others are
     * refused by send with {@link IllegalArgumentException}, and when received with {@link
     * ProtocolStateException}. For a SUB it needs the bundled library; with another one, set throws
     * {@link UnsupportedFeatureException} (ENOTSUP). With another one the memory of a socket that
     * nobody reads grows with each message, by 72 bytes.
     *
     * <p>{@code ZMQ_CONFLATE}, 54: a boolean; read and set; default false; PULL, PUSH, SUB, PUB and
     * DEALER; since 4.0.
     */
    ReadWrite<Boolean> CONFLATE =
            new ReadWrite<>(
                    "ZMQ_CONFLATE",
                    54,
                    OptionCodec.BOOL,
                    false,
                    "4.0",
                    SocketType.PULL,
                    SocketType.PUSH,
                    SocketType.SUB,
                    SocketType.PUB,
                    SocketType.DEALER);

    /**
     * Tells whether libzmq lets several threads use the socket; only draft types are so.
     *
     * <p>{@code ZMQ_THREAD_SAFE}, 81: a boolean; read only; default false; every socket type; since
     * 4.2.
     */
    ReadOnly<Boolean> THREAD_SAFE =
            new ReadOnly<>("ZMQ_THREAD_SAFE", 81, OptionCodec.BOOL, false, "4.2");
}
