// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.error.ProtocolStateException;
import io.panamq.error.UnreachablePeerException;
import io.panamq.error.UnsupportedFeatureException;
import io.panamq.error.ZmqException;
import io.panamq.internal.option.OptionCodec;
import java.time.Duration;
import java.util.Set;

/**
 * An option of a socket, with its C name, number and Java type. {@link Socket#get} takes only the
 * options that can be read, and {@link Socket#set} only those that can be set; with any other the
 * program does not compile.
 *
 * <p>Times are durations, which are rounded up to the unit of libzmq; {@link #FOREVER} is its -1.
 * An option that is not one of this socket type is refused with {@link IllegalArgumentException},
 * and an option that the loaded libzmq does not have with {@link ZmqException} EINVAL.
 *
 * @param <T> type of the value
 */
public sealed interface SocketOption<T>
        permits SocketOption.Gettable, SocketOption.Settable, TypedOption {

    /**
     * An option that can be read.
     *
     * @param <T> type of the value
     */
    sealed interface Gettable<T> extends SocketOption<T> permits ReadOnly, ReadWrite {}

    /**
     * An option that can be set.
     *
     * @param <T> type of the value
     */
    sealed interface Settable<T> extends SocketOption<T> permits WriteOnly, ReadWrite {}

    /**
     * An option that can only be read.
     *
     * @param <T> type of the value
     */
    final class ReadOnly<T> extends TypedOption<T> implements Gettable<T> {
        ReadOnly(String name, int number, OptionCodec<T> codec, SocketType... types) {
            super(name, number, codec, types);
        }
    }

    /**
     * An option that can only be set.
     *
     * @param <T> type of the value
     */
    final class WriteOnly<T> extends TypedOption<T> implements Settable<T> {
        WriteOnly(String name, int number, OptionCodec<T> codec, SocketType... types) {
            super(name, number, codec, types);
        }
    }

    /**
     * An option that can be read and set.
     *
     * @param <T> type of the value
     */
    final class ReadWrite<T> extends TypedOption<T> implements Gettable<T>, Settable<T> {
        ReadWrite(String name, int number, OptionCodec<T> codec, SocketType... types) {
            super(name, number, codec, types);
        }
    }

    /** The duration without a limit, which libzmq knows as -1. */
    Duration FOREVER = OptionCodec.FOREVER;

    /**
     * Selects the I/O threads that serve new connections: a bit mask, with the lowest bit for the
     * first thread. Default 0: all threads.
     */
    ReadWrite<Long> AFFINITY = new ReadWrite<>("ZMQ_AFFINITY", 4, OptionCodec.LONG);

    /**
     * The name under which a ROUTER peer addresses this socket: 1 to 255 bytes, of which the first
     * is not 0. Set it before connect. Default empty: the ROUTER then makes one up.
     */
    ReadWrite<byte[]> ROUTING_ID =
            new ReadWrite<>(
                    "ZMQ_ROUTING_ID",
                    5,
                    OptionCodec.ROUTING_ID,
                    SocketType.REQ,
                    SocketType.REP,
                    SocketType.DEALER,
                    SocketType.ROUTER,
                    SocketType.STREAM);

    /** {@link #ROUTING_ID} as text, 1 to 255 bytes in UTF-8. It is the same option of libzmq. */
    ReadWrite<String> ROUTING_ID_TEXT =
            new ReadWrite<>(
                    "ZMQ_ROUTING_ID",
                    5,
                    OptionCodec.ROUTING_ID_TEXT,
                    SocketType.REQ,
                    SocketType.REP,
                    SocketType.DEALER,
                    SocketType.ROUTER,
                    SocketType.STREAM);

    /** The highest rate of the multicast transports pgm and epgm, in kbit/s. Default 100. */
    ReadWrite<Integer> RATE =
            new ReadWrite<>("ZMQ_RATE", 8, OptionCodec.ints(1, Integer.MAX_VALUE));

    /**
     * How long a receiver of pgm or epgm can be absent and still get what it has missed. Default 10
     * s.
     */
    ReadWrite<Duration> RECOVERY_IVL =
            new ReadWrite<>(
                    "ZMQ_RECOVERY_IVL", 9, OptionCodec.MILLIS.between(0, Integer.MAX_VALUE));

    /**
     * The size of the kernel's send buffer for each connection, in bytes. Default -1: the system's.
     */
    ReadWrite<Integer> SNDBUF =
            new ReadWrite<>("ZMQ_SNDBUF", 11, OptionCodec.ints(-1, Integer.MAX_VALUE));

    /**
     * The size of the kernel's receive buffer for each connection, in bytes. Default -1: the
     * system's.
     */
    ReadWrite<Integer> RCVBUF =
            new ReadWrite<>("ZMQ_RCVBUF", 12, OptionCodec.ints(-1, Integer.MAX_VALUE));

    /**
     * Tells whether more frames follow the one that was received last. {@link Message#more} costs
     * less.
     */
    ReadOnly<Boolean> RCVMORE = new ReadOnly<>("ZMQ_RCVMORE", 13, OptionCodec.BOOL);

    /**
     * How long what is queued is still sent after a close, in the background. Default: {@link
     * Context.Builder#linger} of the context, 5 s; for SUB and XSUB 0. {@link #FOREVER} is allowed,
     * but {@link Context#close()} cuts it short.
     */
    ReadWrite<Duration> LINGER = new ReadWrite<>("ZMQ_LINGER", 17, OptionCodec.MILLIS);

    /**
     * How long to wait before a connection that failed or broke is tried again. Default 100 ms.
     * With 0 or {@link #FOREVER} it is not tried again.
     */
    ReadWrite<Duration> RECONNECT_IVL =
            new ReadWrite<>("ZMQ_RECONNECT_IVL", 18, OptionCodec.MILLIS);

    /** How many connections to a bound endpoint may wait to be accepted. Default 100. */
    ReadWrite<Integer> BACKLOG =
            new ReadWrite<>("ZMQ_BACKLOG", 19, OptionCodec.ints(0, Integer.MAX_VALUE));

    /**
     * The longest pause before connecting again: the pause starts with {@link #RECONNECT_IVL} and
     * doubles up to this. Default 0: it does not grow.
     */
    ReadWrite<Duration> RECONNECT_IVL_MAX =
            new ReadWrite<>(
                    "ZMQ_RECONNECT_IVL_MAX", 21, OptionCodec.MILLIS.between(0, Integer.MAX_VALUE));

    /**
     * The longest frame to receive, in bytes: a peer that sends a longer one is disconnected.
     * Default -1: any length.
     */
    ReadWrite<Long> MAXMSGSIZE = new ReadWrite<>("ZMQ_MAXMSGSIZE", 22, OptionCodec.LONG);

    /**
     * The high-water mark for sending: how many messages may be queued for each peer, with 0 for no
     * limit. Default 1000; for SUB and XSUB 0, because libzmq drops subscriptions that exceed it.
     * Must be set before bind and connect; later it is refused with {@link IllegalStateException}.
     * The page of each socket type says what a full queue does.
     */
    ReadWrite<Integer> SNDHWM =
            new ReadWrite<>("ZMQ_SNDHWM", 23, OptionCodec.ints(0, Integer.MAX_VALUE));

    /**
     * The high-water mark for receiving: how many messages may be queued from each peer, with 0 for
     * no limit. Default 1000. Must be set before bind and connect; later it is refused with {@link
     * IllegalStateException}.
     */
    ReadWrite<Integer> RCVHWM =
            new ReadWrite<>("ZMQ_RCVHWM", 24, OptionCodec.ints(0, Integer.MAX_VALUE));

    /** The time to live of multicast packets, in hops. Default 1: the local network. */
    ReadWrite<Integer> MULTICAST_HOPS =
            new ReadWrite<>("ZMQ_MULTICAST_HOPS", 25, OptionCodec.ints(1, 255));

    /**
     * How long a receive that is given no time waits at most. Default {@link #FOREVER}. When that
     * time is over, methods return false, 0 or an empty value; those that could not say so, such as
     * {@code receive()}, throw {@link IllegalStateException} as soon as the option is set: see
     * {@link Receiver}.
     */
    ReadWrite<Duration> RCVTIMEO = new ReadWrite<>("ZMQ_RCVTIMEO", 27, OptionCodec.MILLIS);

    /**
     * How long a send that is given no time waits at most. Default {@link #FOREVER}. When that time
     * is over, {@code send} returns false.
     */
    ReadWrite<Duration> SNDTIMEO = new ReadWrite<>("ZMQ_SNDTIMEO", 28, OptionCodec.MILLIS);

    /** The endpoint that was bound or connected last, with the actual port. Empty before that. */
    ReadOnly<String> LAST_ENDPOINT = new ReadOnly<>("ZMQ_LAST_ENDPOINT", 32, OptionCodec.STRING);

    /**
     * Refuses to drop: a send to a peer that is not there throws {@link UnreachablePeerException},
     * and one to a peer without room waits. Default true, other than libzmq's. If false, such
     * messages are dropped, and nobody is told.
     */
    WriteOnly<Boolean> ROUTER_MANDATORY =
            new WriteOnly<>("ZMQ_ROUTER_MANDATORY", 33, OptionCodec.BOOL, SocketType.ROUTER);

    /** Switches TCP keep-alive on (1) or off (0). Default -1: as the system does. */
    ReadWrite<Integer> TCP_KEEPALIVE =
            new ReadWrite<>("ZMQ_TCP_KEEPALIVE", 34, OptionCodec.ints(-1, 1));

    /**
     * How many keep-alive probes are sent before the connection is dropped, 1 to 127. Default -1:
     * as the system does.
     */
    ReadWrite<Integer> TCP_KEEPALIVE_CNT =
            new ReadWrite<>("ZMQ_TCP_KEEPALIVE_CNT", 35, OptionCodec.ints(-1, 127));

    /**
     * How long a connection is silent before the first keep-alive probe, in whole seconds. Default
     * {@link #FOREVER}: as the system does.
     */
    ReadWrite<Duration> TCP_KEEPALIVE_IDLE =
            new ReadWrite<>(
                    "ZMQ_TCP_KEEPALIVE_IDLE", 36, OptionCodec.durations(1000).between(-1, 32767));

    /**
     * How long to wait between keep-alive probes, in whole seconds. Default {@link #FOREVER}: as
     * the system does.
     */
    ReadWrite<Duration> TCP_KEEPALIVE_INTVL =
            new ReadWrite<>(
                    "ZMQ_TCP_KEEPALIVE_INTVL", 37, OptionCodec.durations(1000).between(-1, 32767));

    /**
     * Queues messages only for peers whose connection is complete. Default false: an endpoint has a
     * queue from the connect on, before anybody is there.
     */
    ReadWrite<Boolean> IMMEDIATE = new ReadWrite<>("ZMQ_IMMEDIATE", 39, OptionCodec.BOOL);

    /**
     * Receives every subscription, also to a prefix to which another subscriber has subscribed.
     * Default false: the first to each prefix only.
     */
    WriteOnly<Boolean> XPUB_VERBOSE =
            new WriteOnly<>("ZMQ_XPUB_VERBOSE", 40, OptionCodec.BOOL, SocketType.XPUB);

    /** Allows IPv6 beside IPv4. Default: {@link Context.Builder#ipv6} of the context, false. */
    ReadWrite<Boolean> IPV6 = new ReadWrite<>("ZMQ_IPV6", 42, OptionCodec.BOOL);

    /** The security mechanism that the options ask for: 0 is NULL, 1 PLAIN, 2 CURVE, 3 GSSAPI. */
    ReadOnly<Integer> MECHANISM = new ReadOnly<>("ZMQ_MECHANISM", 43, OptionCodec.INT);

    /** Makes the socket the PLAIN server, see {@link SocketSecurity#plainServer}. Default false. */
    ReadWrite<Boolean> PLAIN_SERVER = new ReadWrite<>("ZMQ_PLAIN_SERVER", 44, OptionCodec.BOOL);

    /**
     * The user name of a PLAIN client, 1 to 255 bytes in UTF-8, see {@link
     * SocketSecurity#plainClient}.
     */
    ReadWrite<String> PLAIN_USERNAME =
            new ReadWrite<>("ZMQ_PLAIN_USERNAME", 45, OptionCodec.STRING);

    /**
     * The password of a PLAIN client, 1 to 255 bytes in UTF-8, see {@link
     * SocketSecurity#plainClient}.
     */
    ReadWrite<String> PLAIN_PASSWORD =
            new ReadWrite<>("ZMQ_PLAIN_PASSWORD", 46, OptionCodec.STRING);

    /**
     * Makes the socket the CURVE server of its connections. Default false. Use {@link
     * SocketSecurity#curveServer}, which also sets the keys: without {@link #CURVE_SECRETKEY}, bind
     * and connect throw {@link IllegalStateException} (inproc is never encrypted, and excepted).
     */
    ReadWrite<Boolean> CURVE_SERVER = new ReadWrite<>("ZMQ_CURVE_SERVER", 47, OptionCodec.BOOL);

    /** The socket's own public key for CURVE, 40 characters of Z85. Not set by default. */
    ReadWrite<String> CURVE_PUBLICKEY = new ReadWrite<>("ZMQ_CURVE_PUBLICKEY", 48, new KeyCodec());

    /** The socket's own secret key for CURVE, 40 characters of Z85. Not set by default. */
    ReadWrite<String> CURVE_SECRETKEY = new ReadWrite<>("ZMQ_CURVE_SECRETKEY", 49, new KeyCodec());

    /**
     * The public key of the server that a CURVE client talks to, 40 characters of Z85. It makes the
     * socket a CURVE client. Use {@link SocketSecurity#curveClient}, which also sets the client's
     * keys: without {@link #CURVE_SECRETKEY}, bind and connect throw {@link IllegalStateException}.
     */
    ReadWrite<String> CURVE_SERVERKEY = new ReadWrite<>("ZMQ_CURVE_SERVERKEY", 50, new KeyCodec());

    /**
     * Sends an empty message to each new peer, so that a ROUTER learns the routing id of this
     * socket at once. Default false.
     */
    WriteOnly<Boolean> PROBE_ROUTER =
            new WriteOnly<>(
                    "ZMQ_PROBE_ROUTER",
                    51,
                    OptionCodec.BOOL,
                    SocketType.REQ,
                    SocketType.DEALER,
                    SocketType.ROUTER);

    /**
     * Numbers the requests, so that a late reply is not taken for the reply to a later request. It
     * adds a frame, which REP and ROUTER peers send back. Default false.
     */
    WriteOnly<Boolean> REQ_CORRELATE =
            new WriteOnly<>("ZMQ_REQ_CORRELATE", 52, OptionCodec.BOOL, SocketType.REQ);

    /**
     * Allows another request before the reply to the last one has come, which gives that one up.
     * Set {@link #REQ_CORRELATE} too. Default false.
     */
    WriteOnly<Boolean> REQ_RELAXED =
            new WriteOnly<>("ZMQ_REQ_RELAXED", 53, OptionCodec.BOOL, SocketType.REQ);

    /**
     * Keeps only the newest message in the queue. Default false. Set it before bind and connect. It
     * is for messages of one frame: others are refused by send with {@link
     * IllegalArgumentException}, and when received with {@link ProtocolStateException}. For a SUB
     * it needs the bundled library; with another one, set throws {@link
     * UnsupportedFeatureException} (ENOTSUP).
     */
    ReadWrite<Boolean> CONFLATE =
            new ReadWrite<>(
                    "ZMQ_CONFLATE",
                    54,
                    OptionCodec.BOOL,
                    SocketType.PULL,
                    SocketType.PUSH,
                    SocketType.SUB,
                    SocketType.PUB,
                    SocketType.DEALER);

    /**
     * The domain that a ZAP handler is told with each of its requests. Default empty; once set it
     * cannot be emptied again.
     */
    ReadWrite<String> ZAP_DOMAIN = new ReadWrite<>("ZMQ_ZAP_DOMAIN", 55, OptionCodec.STRING);

    /**
     * Lets a new peer take over the routing id of an older one. Default false: the new peer is
     * ignored.
     */
    WriteOnly<Boolean> ROUTER_HANDOVER =
            new WriteOnly<>("ZMQ_ROUTER_HANDOVER", 56, OptionCodec.BOOL, SocketType.ROUTER);

    /** The type-of-service byte of IP packets. Default 0. */
    ReadWrite<Integer> TOS = new ReadWrite<>("ZMQ_TOS", 57, OptionCodec.ints(0, 255));

    /** How long the handshake of a connection may take, with 0 for any time. Default 30 s. */
    ReadWrite<Duration> HANDSHAKE_IVL =
            new ReadWrite<>(
                    "ZMQ_HANDSHAKE_IVL", 66, OptionCodec.MILLIS.between(0, Integer.MAX_VALUE));

    /**
     * The SOCKS5 proxy for connects over tcp, as {@code host:port}. Default empty: none. It needs
     * the bundled library; with another one, set throws {@link UnsupportedFeatureException}
     * (ENOTSUP).
     */
    ReadWrite<String> SOCKS_PROXY = new ReadWrite<>("ZMQ_SOCKS_PROXY", 68, OptionCodec.STRING);

    /**
     * Lets a send wait while a subscriber has no room, and {@code trySend} return false. Default
     * false: the message is dropped for that subscriber.
     */
    WriteOnly<Boolean> XPUB_NODROP =
            new WriteOnly<>(
                    "ZMQ_XPUB_NODROP", 69, OptionCodec.BOOL, SocketType.PUB, SocketType.XPUB);

    /**
     * Leaves it to the program to make the subscriptions that arrive effective, with {@link
     * XPubSocket#subscribe(byte[])}. Default false. Set it before bind and connect; later it is
     * refused with {@link IllegalStateException}. It needs the bundled library; with another one,
     * set throws {@link UnsupportedFeatureException} (ENOTSUP).
     */
    WriteOnly<Boolean> XPUB_MANUAL =
            new WriteOnly<>("ZMQ_XPUB_MANUAL", 71, OptionCodec.BOOL, SocketType.XPUB);

    /**
     * Does what {@link #XPUB_MANUAL} does; and the message that is sent next after a subscription
     * was received, or one that was taken back, goes to that subscriber alone, if it is subscribed
     * to it: send one after each receive. Default false. The same conditions hold for it. It is a
     * draft.
     */
    WriteOnly<Boolean> XPUB_MANUAL_LAST_VALUE =
            new WriteOnly<>("ZMQ_XPUB_MANUAL_LAST_VALUE", 98, OptionCodec.BOOL, SocketType.XPUB);

    /**
     * The message that each new subscriber gets first, if a subscription of it matches. Default
     * empty: none.
     */
    WriteOnly<byte[]> XPUB_WELCOME_MSG =
            new WriteOnly<>("ZMQ_XPUB_WELCOME_MSG", 72, OptionCodec.BYTES, SocketType.XPUB);

    /**
     * Receives a message with empty data for each connection that was made or closed. Default true.
     */
    WriteOnly<Boolean> STREAM_NOTIFY =
            new WriteOnly<>("ZMQ_STREAM_NOTIFY", 73, OptionCodec.BOOL, SocketType.STREAM);

    /**
     * Delivers what does not match the subscriptions, instead of what does. Both sides must set it.
     * Default false.
     */
    ReadWrite<Boolean> INVERT_MATCHING =
            new ReadWrite<>(
                    "ZMQ_INVERT_MATCHING",
                    74,
                    OptionCodec.BOOL,
                    SocketType.PUB,
                    SocketType.XPUB,
                    SocketType.SUB);

    /** How long to wait between two pings of a peer. Default 0: no pings. */
    ReadWrite<Duration> HEARTBEAT_IVL =
            new ReadWrite<>(
                    "ZMQ_HEARTBEAT_IVL", 75, OptionCodec.MILLIS.between(0, Integer.MAX_VALUE));

    /**
     * After how long a silence the peer shall drop the connection; it is told with the pings, in
     * steps of 100 ms. Default 0: it is not told.
     */
    ReadWrite<Duration> HEARTBEAT_TTL =
            new ReadWrite<>("ZMQ_HEARTBEAT_TTL", 76, OptionCodec.MILLIS.between(0, 6553599));

    /**
     * How long after a ping something must arrive, or the connection is dropped. Default {@link
     * #FOREVER}, which means: as {@link #HEARTBEAT_IVL}.
     */
    ReadWrite<Duration> HEARTBEAT_TIMEOUT =
            new ReadWrite<>(
                    "ZMQ_HEARTBEAT_TIMEOUT", 77, OptionCodec.MILLIS.between(0, Integer.MAX_VALUE));

    /**
     * Receives every subscription and every unsubscription. Default false: the first and the last
     * of each prefix only.
     */
    WriteOnly<Boolean> XPUB_VERBOSER =
            new WriteOnly<>("ZMQ_XPUB_VERBOSER", 78, OptionCodec.BOOL, SocketType.XPUB);

    /** How long a TCP connection may take to be made. Default 0: as the system does. */
    ReadWrite<Duration> CONNECT_TIMEOUT =
            new ReadWrite<>(
                    "ZMQ_CONNECT_TIMEOUT", 79, OptionCodec.MILLIS.between(0, Integer.MAX_VALUE));

    /**
     * How long data may be unacknowledged before a TCP connection is dropped. Default 0: as the
     * system does.
     */
    ReadWrite<Duration> TCP_MAXRT =
            new ReadWrite<>("ZMQ_TCP_MAXRT", 80, OptionCodec.MILLIS.between(0, Integer.MAX_VALUE));

    /** The longest multicast packet, in bytes. Default 1500. */
    ReadWrite<Integer> MULTICAST_MAXTPDU =
            new ReadWrite<>("ZMQ_MULTICAST_MAXTPDU", 84, OptionCodec.ints(1, 65535));

    /**
     * Refuses peers when there is no ZAP handler, or no {@link #ZAP_DOMAIN}. Default false. It is a
     * draft: a libzmq that was built without drafts does not have it.
     */
    ReadWrite<Boolean> ZAP_ENFORCE_DOMAIN =
            new ReadWrite<>("ZMQ_ZAP_ENFORCE_DOMAIN", 93, OptionCodec.BOOL);

    /**
     * How many bytes are read from a connection at once, 256 to 16 MiB. Default: {@link
     * Context.Builder#batchSize} of the context. It is a draft.
     */
    ReadWrite<Integer> IN_BATCH_SIZE =
            new ReadWrite<>("ZMQ_IN_BATCH_SIZE", 101, OptionCodec.ints(256, 16 << 20));

    /**
     * How many bytes are written to a connection at once, 256 to 16 MiB. Default: {@link
     * Context.Builder#batchSize} of the context. It is a draft.
     */
    ReadWrite<Integer> OUT_BATCH_SIZE =
            new ReadWrite<>("ZMQ_OUT_BATCH_SIZE", 102, OptionCodec.ints(256, 16 << 20));

    /**
     * Returns the name of the constant in {@code zmq.h}.
     *
     * @return such as {@code ZMQ_LINGER}
     */
    String name();

    /**
     * Returns the number of the option in {@code zmq.h}.
     *
     * @return the number
     */
    int number();

    /**
     * Returns the socket types that have the option.
     *
     * @return all types if it is an option of every socket
     */
    Set<SocketType> types();
}
