// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.SocketOption.ReadWrite;
import io.panamq.SocketOption.WriteOnly;
import io.panamq.error.UnsupportedFeatureException;
import io.panamq.internal.option.FlagCodec;
import io.panamq.internal.option.OptionCodec;
import java.time.Duration;
import java.util.Set;

/** The options of connections; users find them in {@link SocketOption}. */
interface ConnectionOptions {
    /**
     * Sets the size of the kernel's send buffer for each connection.
     *
     * <p>{@code ZMQ_SNDBUF}, 11: an int, in bytes; read and set; default -1, the system's; every
     * socket type; since 3.1.
     */
    ReadWrite<Integer> SNDBUF =
            new ReadWrite<>("ZMQ_SNDBUF", 11, OptionCodec.ints(-1, Integer.MAX_VALUE), -1, "3.1");

    /**
     * Sets the size of the kernel's receive buffer for each connection.
     *
     * <p>{@code ZMQ_RCVBUF}, 12: an int, in bytes; read and set; default -1, the system's; every
     * socket type; since 3.1.
     */
    ReadWrite<Integer> RCVBUF =
            new ReadWrite<>("ZMQ_RCVBUF", 12, OptionCodec.ints(-1, Integer.MAX_VALUE), -1, "3.1");

    /**
     * Waits for so long before a connection that failed or broke is tried again, see {@link
     * Reconnect}. With 0 or {@link SocketOption#FOREVER} it is not tried again.
     *
     * <p>{@code ZMQ_RECONNECT_IVL}, 18: a duration, in ms; read and set; default 100 ms; every
     * socket type; since 3.1.
     */
    ReadWrite<Duration> RECONNECT_IVL =
            new ReadWrite<>(
                    "ZMQ_RECONNECT_IVL", 18, OptionCodec.MILLIS, Duration.ofMillis(100), "3.1");

    /**
     * Bounds how many connections to a bound endpoint may wait to be accepted.
     *
     * <p>{@code ZMQ_BACKLOG}, 19: an int, in connections; read and set; default 100; every socket
     * type; since 3.1.
     */
    ReadWrite<Integer> BACKLOG =
            new ReadWrite<>("ZMQ_BACKLOG", 19, OptionCodec.ints(0, Integer.MAX_VALUE), 100, "3.1");

    /**
     * Bounds the pause before connecting again: it starts with {@link SocketOption#RECONNECT_IVL}
     * and doubles up to this.
     *
     * <p>{@code ZMQ_RECONNECT_IVL_MAX}, 21: a duration, in ms; read and set; default 0, it does not
     * grow; every socket type; since 3.1.
     */
    ReadWrite<Duration> RECONNECT_IVL_MAX =
            new ReadWrite<>(
                    "ZMQ_RECONNECT_IVL_MAX",
                    21,
                    OptionCodec.MILLIS.between(0, Integer.MAX_VALUE),
                    Duration.ZERO,
                    "3.1");

    /**
     * Bounds the frames to receive: a peer that sends a longer one is disconnected.
     *
     * <p>{@code ZMQ_MAXMSGSIZE}, 22: a long, in bytes; read and set; default -1, any length; every
     * socket type; since 3.1.
     */
    ReadWrite<Long> MAXMSGSIZE =
            new ReadWrite<>("ZMQ_MAXMSGSIZE", 22, OptionCodec.LONG, -1L, "3.1");

    /**
     * Switches TCP keep-alive on or off, see {@link KeepAlive}.
     *
     * <p>{@code ZMQ_TCP_KEEPALIVE}, 34: an int, 1 on, 0 off; read and set; default -1, as the
     * system does; every socket type; since 3.2.
     */
    ReadWrite<Integer> TCP_KEEPALIVE =
            new ReadWrite<>("ZMQ_TCP_KEEPALIVE", 34, OptionCodec.ints(-1, 1), -1, "3.2");

    /**
     * Sends so many keep-alive probes before the connection is dropped.
     *
     * <p>{@code ZMQ_TCP_KEEPALIVE_CNT}, 35: an int, in probes, 1 to 127; read and set; default -1,
     * as the system does; every socket type; since 3.2.
     */
    ReadWrite<Integer> TCP_KEEPALIVE_CNT =
            new ReadWrite<>("ZMQ_TCP_KEEPALIVE_CNT", 35, OptionCodec.ints(-1, 127), -1, "3.2");

    /**
     * Lets a connection be silent for so long before the first keep-alive probe.
     *
     * <p>{@code ZMQ_TCP_KEEPALIVE_IDLE}, 36: a duration, in s; read and set; default {@link
     * SocketOption#FOREVER}, as the system does; every socket type; since 3.2.
     */
    ReadWrite<Duration> TCP_KEEPALIVE_IDLE =
            new ReadWrite<>(
                    "ZMQ_TCP_KEEPALIVE_IDLE",
                    36,
                    OptionCodec.durations(1000).between(-1, 32767),
                    SocketOption.FOREVER,
                    "3.2");

    /**
     * Waits for so long between keep-alive probes.
     *
     * <p>{@code ZMQ_TCP_KEEPALIVE_INTVL}, 37: a duration, in s; read and set; default {@link
     * SocketOption#FOREVER}, as the system does; every socket type; since 3.2.
     */
    ReadWrite<Duration> TCP_KEEPALIVE_INTVL =
            new ReadWrite<>(
                    "ZMQ_TCP_KEEPALIVE_INTVL",
                    37,
                    OptionCodec.durations(1000).between(-1, 32767),
                    SocketOption.FOREVER,
                    "3.2");

    /**
     * Allows IPv6 beside IPv4. It replaces {@code ZMQ_IPV4ONLY}.
     *
     * <p>{@code ZMQ_IPV6}, 42: a boolean; read and set; default false, {@link Context.Builder#ipv6}
     * of the context; every socket type; since 4.0.
     */
    ReadWrite<Boolean> IPV6 = new ReadWrite<>("ZMQ_IPV6", 42, OptionCodec.BOOL, false, "4.0");

    /**
     * Sets the type-of-service byte of IP packets.
     *
     * <p>{@code ZMQ_TOS}, 57: an int; read and set; default 0; every socket type; since 4.1.
     */
    ReadWrite<Integer> TOS = new ReadWrite<>("ZMQ_TOS", 57, OptionCodec.ints(0, 255), 0, "4.1");

    /**
     * Bounds how long the handshake of a connection may take.
     *
     * <p>{@code ZMQ_HANDSHAKE_IVL}, 66: a duration, in ms, 0 for any time; read and set; default 30
     * s; every socket type; since 4.1.
     */
    ReadWrite<Duration> HANDSHAKE_IVL =
            new ReadWrite<>(
                    "ZMQ_HANDSHAKE_IVL",
                    66,
                    OptionCodec.MILLIS.between(0, Integer.MAX_VALUE),
                    Duration.ofSeconds(30),
                    "4.1");

    /**
     * Names the SOCKS5 proxy for connects over tcp. It needs the bundled library; with another one,
     * set throws {@link UnsupportedFeatureException} (ENOTSUP).
     *
     * <p>{@code ZMQ_SOCKS_PROXY}, 68: text, {@code host:port}; read and set; default empty, none;
     * every socket type; since 4.1.
     */
    ReadWrite<String> SOCKS_PROXY =
            new ReadWrite<>("ZMQ_SOCKS_PROXY", 68, OptionCodec.text(0, 1000), "", "4.1");

    /**
     * Waits for so long between two pings of a peer, see {@link Heartbeat}.
     *
     * <p>{@code ZMQ_HEARTBEAT_IVL}, 75: a duration, in ms; read and set; default 0, no pings; every
     * socket type; since 4.2.
     */
    ReadWrite<Duration> HEARTBEAT_IVL =
            new ReadWrite<>(
                    "ZMQ_HEARTBEAT_IVL",
                    75,
                    OptionCodec.MILLIS.between(0, Integer.MAX_VALUE),
                    Duration.ZERO,
                    "4.2");

    /**
     * Tells the peer, with the pings, after how long a silence it shall drop the connection.
     *
     * <p>{@code ZMQ_HEARTBEAT_TTL}, 76: a duration, in ms, in steps of 100 ms; read and set;
     * default 0, it is not told; every socket type; since 4.2.
     */
    ReadWrite<Duration> HEARTBEAT_TTL =
            new ReadWrite<>(
                    "ZMQ_HEARTBEAT_TTL",
                    76,
                    OptionCodec.MILLIS.between(0, 6553599),
                    Duration.ZERO,
                    "4.2");

    /**
     * Bounds how long after a ping something must arrive, or the connection is dropped.
     *
     * <p>{@code ZMQ_HEARTBEAT_TIMEOUT}, 77: a duration, in ms, 0 for any time; read and set;
     * default {@link SocketOption#FOREVER}, which means: as {@link SocketOption#HEARTBEAT_IVL};
     * every socket type; since 4.2.
     */
    ReadWrite<Duration> HEARTBEAT_TIMEOUT =
            new ReadWrite<>(
                    "ZMQ_HEARTBEAT_TIMEOUT",
                    77,
                    OptionCodec.MILLIS.between(0, Integer.MAX_VALUE),
                    SocketOption.FOREVER,
                    "4.2");

    /**
     * Bounds how long a TCP connection may take to be made.
     *
     * <p>{@code ZMQ_CONNECT_TIMEOUT}, 79: a duration, in ms; read and set; default 0, as the system
     * does; every socket type; since 4.2.
     */
    ReadWrite<Duration> CONNECT_TIMEOUT =
            new ReadWrite<>(
                    "ZMQ_CONNECT_TIMEOUT",
                    79,
                    OptionCodec.MILLIS.between(0, Integer.MAX_VALUE),
                    Duration.ZERO,
                    "4.2");

    /**
     * Bounds how long data may be unacknowledged before a TCP connection is dropped.
     *
     * <p>{@code ZMQ_TCP_MAXRT}, 80: a duration, in ms; read and set; default 0, as the system does;
     * every socket type; since 4.2.
     */
    ReadWrite<Duration> TCP_MAXRT =
            new ReadWrite<>(
                    "ZMQ_TCP_MAXRT",
                    80,
                    OptionCodec.MILLIS.between(0, Integer.MAX_VALUE),
                    Duration.ZERO,
                    "4.2");

    /**
     * Lets later binds over tcp and ipc listen on a socket that was made elsewhere, such as the one
     * that systemd passes, instead of on one of their own; they ignore the address of the endpoint.
     * It must be a listening stream socket, and of the family of the endpoint, or {@link
     * IllegalArgumentException} is thrown. libzmq gets a duplicate that does not block, so the
     * descriptor stays the caller's. Linux only: elsewhere set throws {@link
     * UnsupportedFeatureException}.
     *
     * <p>{@code ZMQ_USE_FD}, 89: an int, a file descriptor; read and set; default -1, none; every
     * socket type; since 4.2.
     */
    ReadWrite<Integer> USE_FD =
            new ReadWrite<>("ZMQ_USE_FD", 89, OptionCodec.ints(-1, Integer.MAX_VALUE), -1, "4.2");

    /**
     * Lets connections use one network interface only. Linux only, and it needs the capability
     * CAP_NET_RAW: without it, bind throws EPERM and a connect never succeeds.
     *
     * <p>{@code ZMQ_BINDTODEVICE}, 92: text, the name of an interface, up to 15 bytes; read and
     * set; default empty, any; every socket type; since 4.3.
     */
    ReadWrite<String> BINDTODEVICE =
            new ReadWrite<>("ZMQ_BINDTODEVICE", 92, OptionCodec.text(0, 15), "", "4.3");

    /**
     * Makes connections within a machine faster on Windows; elsewhere it does nothing.
     *
     * <p>{@code ZMQ_LOOPBACK_FASTPATH}, 94: a boolean; read and set; default false; every socket
     * type; since 4.2.4; draft.
     */
    ReadWrite<Boolean> LOOPBACK_FASTPATH =
            new ReadWrite<>("ZMQ_LOOPBACK_FASTPATH", 94, OptionCodec.BOOL, false, "4.2.4 draft");

    /**
     * Adds a property that peers read from each message with {@link Message#metadata}. It may be
     * set for several names; the first value of each name stays.
     *
     * <p>{@code ZMQ_METADATA}, 95: text, {@code X-name:value}; set only; default none; every socket
     * type; since 4.2.4; draft.
     */
    WriteOnly<String> METADATA =
            new WriteOnly<>("ZMQ_METADATA", 95, OptionCodec.METADATA, null, "4.2.4 draft");

    /**
     * Names this client at a SOCKS5 proxy that asks for a user and password.
     *
     * <p>{@code ZMQ_SOCKS_USERNAME}, 99: text, up to 255 bytes in UTF-8; read and set; default
     * empty, none; every socket type; since 4.3.2; draft.
     */
    ReadWrite<String> SOCKS_USERNAME =
            new ReadWrite<>("ZMQ_SOCKS_USERNAME", 99, OptionCodec.text(0, 255), "", "4.3.2 draft");

    /**
     * Is the password at a SOCKS5 proxy.
     *
     * <p>{@code ZMQ_SOCKS_PASSWORD}, 100: text, up to 255 bytes in UTF-8; read and set; default
     * empty; every socket type; since 4.3.2; draft.
     */
    ReadWrite<String> SOCKS_PASSWORD =
            new ReadWrite<>("ZMQ_SOCKS_PASSWORD", 100, OptionCodec.text(0, 255), "", "4.3.2 draft");

    /**
     * Reads so many bytes from a connection at once.
     *
     * <p>{@code ZMQ_IN_BATCH_SIZE}, 101: an int, in bytes, 256 to 16 MiB; read and set; default 256
     * KiB, {@link Context.Builder#batchSize} of the context; every socket type; since 4.3.2; draft.
     */
    ReadWrite<Integer> IN_BATCH_SIZE =
            new ReadWrite<>(
                    "ZMQ_IN_BATCH_SIZE",
                    101,
                    OptionCodec.ints(256, 16 << 20),
                    256 << 10,
                    "4.3.2 draft");

    /**
     * Writes so many bytes to a connection at once.
     *
     * <p>{@code ZMQ_OUT_BATCH_SIZE}, 102: an int, in bytes, 256 to 16 MiB; read and set; default
     * 256 KiB, {@link Context.Builder#batchSize} of the context; every socket type; since 4.3.2;
     * draft.
     */
    ReadWrite<Integer> OUT_BATCH_SIZE =
            new ReadWrite<>(
                    "ZMQ_OUT_BATCH_SIZE",
                    102,
                    OptionCodec.ints(256, 16 << 20),
                    256 << 10,
                    "4.3.2 draft");

    /**
     * Names the failures after which a connection is not tried again, see {@link Reconnect}.
     *
     * <p>{@code ZMQ_RECONNECT_STOP}, 109: a set of {@link ReconnectStop}; read and set; default
     * empty, never; every socket type; since 4.3.3; draft.
     */
    ReadWrite<Set<ReconnectStop>> RECONNECT_STOP =
            new ReadWrite<>(
                    "ZMQ_RECONNECT_STOP",
                    109,
                    new FlagCodec<>(ReconnectStop.class),
                    Set.of(),
                    "4.3.3 draft");

    /**
     * Sets the priority of the packets in the kernel's queues, on Linux. libzmq would end the
     * process over a higher one without the capability CAP_NET_ADMIN.
     *
     * <p>{@code ZMQ_PRIORITY}, 112: an int, 0 to 6; read and set; default 0; every socket type;
     * since 4.3.4; draft.
     */
    ReadWrite<Integer> PRIORITY =
            new ReadWrite<>("ZMQ_PRIORITY", 112, OptionCodec.ints(0, 6), 0, "4.3.4 draft");

    /**
     * Lets the kernel poll the network device for new packets, on Linux, for less delay and more
     * CPU time.
     *
     * <p>{@code ZMQ_BUSY_POLL}, 113: a boolean; set only; default false; every socket type; since
     * 4.3.5; draft.
     */
    WriteOnly<Boolean> BUSY_POLL =
            new WriteOnly<>("ZMQ_BUSY_POLL", 113, OptionCodec.BOOL, false, "4.3.5 draft");
}
