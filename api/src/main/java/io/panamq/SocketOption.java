// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.error.UnreachablePeerException;
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
     * Can be read only.
     *
     * @param <T> type of the value
     */
    final class ReadOnly<T> extends TypedOption<T> implements Gettable<T> {
        ReadOnly(String name, int number, OptionCodec<T> codec, SocketType... types) {
            super(name, number, codec, types);
        }
    }

    /**
     * Can be set only.
     *
     * @param <T> type of the value
     */
    final class WriteOnly<T> extends TypedOption<T> implements Settable<T> {
        WriteOnly(String name, int number, OptionCodec<T> codec, SocketType... types) {
            super(name, number, codec, types);
        }
    }

    /**
     * Can be read and set.
     *
     * @param <T> type of the value
     */
    final class ReadWrite<T> extends TypedOption<T> implements Gettable<T>, Settable<T> {
        ReadWrite(String name, int number, OptionCodec<T> codec, SocketType... types) {
            super(name, number, codec, types);
        }
    }

    /** No limit of time: libzmq's -1. */
    Duration FOREVER = OptionCodec.FOREVER;

    /** Which I/O threads serve new connections: a bit mask, 0 for all. */
    ReadWrite<Long> AFFINITY = new ReadWrite<>("ZMQ_AFFINITY", 4, OptionCodec.LONG);

    /**
     * The name under which a ROUTER peer addresses this socket: 1 to 255 bytes, the first not 0.
     * Before connect. Empty unless set: the peer then makes one up.
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

    /** {@link #ROUTING_ID} as text: 1 to 255 bytes in UTF-8. The same option of libzmq. */
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

    /** Multicast rate in kbit/s. Default 100. */
    ReadWrite<Integer> RATE =
            new ReadWrite<>("ZMQ_RATE", 8, OptionCodec.ints(1, Integer.MAX_VALUE));

    /** How long a multicast receiver may be absent without loss. Default 10 s. */
    ReadWrite<Duration> RECOVERY_IVL =
            new ReadWrite<>(
                    "ZMQ_RECOVERY_IVL", 9, OptionCodec.MILLIS.between(0, Integer.MAX_VALUE));

    /** Kernel send buffer in bytes, -1 for the system's default. */
    ReadWrite<Integer> SNDBUF =
            new ReadWrite<>("ZMQ_SNDBUF", 11, OptionCodec.ints(-1, Integer.MAX_VALUE));

    /** Kernel receive buffer in bytes, -1 for the system's default. */
    ReadWrite<Integer> RCVBUF =
            new ReadWrite<>("ZMQ_RCVBUF", 12, OptionCodec.ints(-1, Integer.MAX_VALUE));

    /** Whether more frames follow the one received last. {@link Message#more} is cheaper. */
    ReadOnly<Boolean> RCVMORE = new ReadOnly<>("ZMQ_RCVMORE", 13, OptionCodec.BOOL);

    /**
     * How long after close what is queued is still sent. Default: the context's, {@link
     * Context.Builder#linger}; {@link #FOREVER} is allowed, but {@link Context#close()} cuts it
     * short.
     */
    ReadWrite<Duration> LINGER = new ReadWrite<>("ZMQ_LINGER", 17, OptionCodec.MILLIS);

    /** First pause before connecting again; 0 and {@link #FOREVER}: never again. Default 100 ms. */
    ReadWrite<Duration> RECONNECT_IVL =
            new ReadWrite<>("ZMQ_RECONNECT_IVL", 18, OptionCodec.MILLIS);

    /** How many connections may wait to be accepted. Default 100. */
    ReadWrite<Integer> BACKLOG =
            new ReadWrite<>("ZMQ_BACKLOG", 19, OptionCodec.ints(0, Integer.MAX_VALUE));

    /** Up to which the pause doubles; 0: it does not. Default 0. */
    ReadWrite<Duration> RECONNECT_IVL_MAX =
            new ReadWrite<>(
                    "ZMQ_RECONNECT_IVL_MAX", 21, OptionCodec.MILLIS.between(0, Integer.MAX_VALUE));

    /**
     * Longest frame to receive in bytes, -1 for any: a peer that sends a longer one is
     * disconnected. Default -1.
     */
    ReadWrite<Long> MAXMSGSIZE = new ReadWrite<>("ZMQ_MAXMSGSIZE", 22, OptionCodec.LONG);

    /**
     * High-water mark for each peer: how many messages may wait to be sent, 0 for no limit. Default
     * 1000.
     */
    ReadWrite<Integer> SNDHWM =
            new ReadWrite<>("ZMQ_SNDHWM", 23, OptionCodec.ints(0, Integer.MAX_VALUE));

    /**
     * High-water mark for each peer: how many messages may wait to be received, 0 for no limit.
     * Default 1000.
     */
    ReadWrite<Integer> RCVHWM =
            new ReadWrite<>("ZMQ_RCVHWM", 24, OptionCodec.ints(0, Integer.MAX_VALUE));

    /** Time to live of multicast packets. Default 1. */
    ReadWrite<Integer> MULTICAST_HOPS =
            new ReadWrite<>("ZMQ_MULTICAST_HOPS", 25, OptionCodec.ints(1, 255));

    /** How long {@code receive} without a time waits. Default {@link #FOREVER}. */
    ReadWrite<Duration> RCVTIMEO = new ReadWrite<>("ZMQ_RCVTIMEO", 27, OptionCodec.MILLIS);

    /** How long {@code send} without a time waits. Default {@link #FOREVER}. */
    ReadWrite<Duration> SNDTIMEO = new ReadWrite<>("ZMQ_SNDTIMEO", 28, OptionCodec.MILLIS);

    /** The endpoint bound or connected last, empty if none. */
    ReadOnly<String> LAST_ENDPOINT = new ReadOnly<>("ZMQ_LAST_ENDPOINT", 32, OptionCodec.STRING);

    /**
     * Sending to an unknown peer throws {@link UnreachablePeerException}, and to a full one blocks,
     * instead of dropping. Default false.
     */
    WriteOnly<Boolean> ROUTER_MANDATORY =
            new WriteOnly<>("ZMQ_ROUTER_MANDATORY", 33, OptionCodec.BOOL, SocketType.ROUTER);

    /** TCP keep-alive: 0 off, 1 on, -1 the system's default. */
    ReadWrite<Integer> TCP_KEEPALIVE =
            new ReadWrite<>("ZMQ_TCP_KEEPALIVE", 34, OptionCodec.ints(-1, 1));

    /** Probes before the connection is dropped, -1 the system's default. */
    ReadWrite<Integer> TCP_KEEPALIVE_CNT =
            new ReadWrite<>("ZMQ_TCP_KEEPALIVE_CNT", 35, OptionCodec.ints(-1, 127));

    /** Silence before the first probe, in whole seconds; {@link #FOREVER} the system's default. */
    ReadWrite<Duration> TCP_KEEPALIVE_IDLE =
            new ReadWrite<>(
                    "ZMQ_TCP_KEEPALIVE_IDLE", 36, OptionCodec.durations(1000).between(-1, 32767));

    /** Pause between probes, in whole seconds; {@link #FOREVER} the system's default. */
    ReadWrite<Duration> TCP_KEEPALIVE_INTVL =
            new ReadWrite<>(
                    "ZMQ_TCP_KEEPALIVE_INTVL", 37, OptionCodec.durations(1000).between(-1, 32767));

    /** Queue only for peers whose connection is complete. Default false. */
    ReadWrite<Boolean> IMMEDIATE = new ReadWrite<>("ZMQ_IMMEDIATE", 39, OptionCodec.BOOL);

    /** Receive every subscription, also repeated ones. Default false. */
    WriteOnly<Boolean> XPUB_VERBOSE =
            new WriteOnly<>("ZMQ_XPUB_VERBOSE", 40, OptionCodec.BOOL, SocketType.XPUB);

    /** Allow IPv6 beside IPv4. Default: the context's. */
    ReadWrite<Boolean> IPV6 = new ReadWrite<>("ZMQ_IPV6", 42, OptionCodec.BOOL);

    /** Security mechanism: 0 NULL, 1 PLAIN, 2 CURVE, 3 GSSAPI. */
    ReadOnly<Integer> MECHANISM = new ReadOnly<>("ZMQ_MECHANISM", 43, OptionCodec.INT);

    /** Be the PLAIN server, see {@link SocketSecurity#plainServer}. */
    ReadWrite<Boolean> PLAIN_SERVER = new ReadWrite<>("ZMQ_PLAIN_SERVER", 44, OptionCodec.BOOL);

    /** User name of a PLAIN client. */
    ReadWrite<String> PLAIN_USERNAME =
            new ReadWrite<>("ZMQ_PLAIN_USERNAME", 45, OptionCodec.STRING);

    /** Password of a PLAIN client. */
    ReadWrite<String> PLAIN_PASSWORD =
            new ReadWrite<>("ZMQ_PLAIN_PASSWORD", 46, OptionCodec.STRING);

    /** Be the CURVE server, see {@link SocketSecurity#curveServer}. */
    ReadWrite<Boolean> CURVE_SERVER = new ReadWrite<>("ZMQ_CURVE_SERVER", 47, OptionCodec.BOOL);

    /** Own public key, 40 characters Z85. */
    ReadWrite<String> CURVE_PUBLICKEY = new ReadWrite<>("ZMQ_CURVE_PUBLICKEY", 48, new KeyCodec());

    /** Own secret key, 40 characters Z85. */
    ReadWrite<String> CURVE_SECRETKEY = new ReadWrite<>("ZMQ_CURVE_SECRETKEY", 49, new KeyCodec());

    /** Public key of the server that a CURVE client connects to, 40 characters Z85. */
    ReadWrite<String> CURVE_SERVERKEY = new ReadWrite<>("ZMQ_CURVE_SERVERKEY", 50, new KeyCodec());

    /**
     * Send an empty message to each new ROUTER peer, so that it learns the routing id. Default
     * false.
     */
    WriteOnly<Boolean> PROBE_ROUTER =
            new WriteOnly<>(
                    "ZMQ_PROBE_ROUTER",
                    51,
                    OptionCodec.BOOL,
                    SocketType.REQ,
                    SocketType.DEALER,
                    SocketType.ROUTER);

    /** Number the requests, so that late replies are told apart. Default false. */
    WriteOnly<Boolean> REQ_CORRELATE =
            new WriteOnly<>("ZMQ_REQ_CORRELATE", 52, OptionCodec.BOOL, SocketType.REQ);

    /** Allow a second request before the reply; set {@link #REQ_CORRELATE} too. Default false. */
    WriteOnly<Boolean> REQ_RELAXED =
            new WriteOnly<>("ZMQ_REQ_RELAXED", 53, OptionCodec.BOOL, SocketType.REQ);

    /** Keep the newest message only. Single frames only; before bind and connect. Default false. */
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

    /** Domain told to the authenticator; cannot be emptied again. */
    ReadWrite<String> ZAP_DOMAIN = new ReadWrite<>("ZMQ_ZAP_DOMAIN", 55, OptionCodec.STRING);

    /**
     * A new peer takes over the routing id of an old one, instead of being ignored. Default false.
     */
    WriteOnly<Boolean> ROUTER_HANDOVER =
            new WriteOnly<>("ZMQ_ROUTER_HANDOVER", 56, OptionCodec.BOOL, SocketType.ROUTER);

    /** Type of service byte of IP packets. Default 0. */
    ReadWrite<Integer> TOS = new ReadWrite<>("ZMQ_TOS", 57, OptionCodec.ints(0, 255));

    /** How long a handshake may take, 0 for any time. Default 30 s. */
    ReadWrite<Duration> HANDSHAKE_IVL =
            new ReadWrite<>(
                    "ZMQ_HANDSHAKE_IVL", 66, OptionCodec.MILLIS.between(0, Integer.MAX_VALUE));

    /** SOCKS5 proxy for connects, host:port. */
    ReadWrite<String> SOCKS_PROXY = new ReadWrite<>("ZMQ_SOCKS_PROXY", 68, OptionCodec.STRING);

    /** Block while a subscriber has no room, instead of dropping for it. Default false. */
    WriteOnly<Boolean> XPUB_NODROP =
            new WriteOnly<>(
                    "ZMQ_XPUB_NODROP", 69, OptionCodec.BOOL, SocketType.PUB, SocketType.XPUB);

    /** Subscriptions take effect only when this side confirms them. Default false. */
    WriteOnly<Boolean> XPUB_MANUAL =
            new WriteOnly<>("ZMQ_XPUB_MANUAL", 71, OptionCodec.BOOL, SocketType.XPUB);

    /** Sent to each new subscriber whose subscription matches it; empty for none. */
    WriteOnly<byte[]> XPUB_WELCOME_MSG =
            new WriteOnly<>("ZMQ_XPUB_WELCOME_MSG", 72, OptionCodec.BYTES, SocketType.XPUB);

    /** Receive an empty frame for each new and closed connection. Default true. */
    WriteOnly<Boolean> STREAM_NOTIFY =
            new WriteOnly<>("ZMQ_STREAM_NOTIFY", 73, OptionCodec.BOOL, SocketType.STREAM);

    /** Deliver what does not match; on both sides. Default false. */
    ReadWrite<Boolean> INVERT_MATCHING =
            new ReadWrite<>(
                    "ZMQ_INVERT_MATCHING",
                    74,
                    OptionCodec.BOOL,
                    SocketType.PUB,
                    SocketType.XPUB,
                    SocketType.SUB);

    /** How often to ping the peer, 0 for never. Default 0. */
    ReadWrite<Duration> HEARTBEAT_IVL =
            new ReadWrite<>(
                    "ZMQ_HEARTBEAT_IVL", 75, OptionCodec.MILLIS.between(0, Integer.MAX_VALUE));

    /**
     * After how long a silence the peer shall drop us; told with the pings, in steps of 100 ms.
     * Default 0, not told.
     */
    ReadWrite<Duration> HEARTBEAT_TTL =
            new ReadWrite<>("ZMQ_HEARTBEAT_TTL", 76, OptionCodec.MILLIS.between(0, 6553599));

    /**
     * How long after a ping to wait for any traffic. Reads {@link #FOREVER} until set, which means
     * {@link #HEARTBEAT_IVL}.
     */
    ReadWrite<Duration> HEARTBEAT_TIMEOUT =
            new ReadWrite<>(
                    "ZMQ_HEARTBEAT_TIMEOUT", 77, OptionCodec.MILLIS.between(0, Integer.MAX_VALUE));

    /** Receive every subscription and unsubscription. Default false. */
    WriteOnly<Boolean> XPUB_VERBOSER =
            new WriteOnly<>("ZMQ_XPUB_VERBOSER", 78, OptionCodec.BOOL, SocketType.XPUB);

    /** How long a TCP connection may take, 0 for the system's default. */
    ReadWrite<Duration> CONNECT_TIMEOUT =
            new ReadWrite<>(
                    "ZMQ_CONNECT_TIMEOUT", 79, OptionCodec.MILLIS.between(0, Integer.MAX_VALUE));

    /**
     * How long unacknowledged data may wait before the connection is dropped, 0 for the system's
     * default.
     */
    ReadWrite<Duration> TCP_MAXRT =
            new ReadWrite<>("ZMQ_TCP_MAXRT", 80, OptionCodec.MILLIS.between(0, Integer.MAX_VALUE));

    /** Longest multicast packet in bytes. Default 1500. */
    ReadWrite<Integer> MULTICAST_MAXTPDU =
            new ReadWrite<>("ZMQ_MULTICAST_MAXTPDU", 84, OptionCodec.ints(1, 65535));

    /** Refuse peers when there is no authenticator or no domain. Default false. Draft. */
    ReadWrite<Boolean> ZAP_ENFORCE_DOMAIN =
            new ReadWrite<>("ZMQ_ZAP_ENFORCE_DOMAIN", 93, OptionCodec.BOOL);

    /** Bytes read from a connection at once, 256 to 16 MiB. Default: the context's. Draft. */
    ReadWrite<Integer> IN_BATCH_SIZE =
            new ReadWrite<>("ZMQ_IN_BATCH_SIZE", 101, OptionCodec.ints(256, 16 << 20));

    /** Bytes written to a connection at once, 256 to 16 MiB. Default: the context's. Draft. */
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
