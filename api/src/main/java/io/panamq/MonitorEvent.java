// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.error.Errno;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * An event that a {@link SocketMonitor} reports. Events are plain values and may be used by any
 * thread.
 *
 * <p>A socket that connects sees {@link ConnectDelayed}, {@link Connected}, {@link
 * HandshakeSucceeded}; one that binds sees {@link Listening}, and for each peer {@link Accepted}
 * and {@link HandshakeSucceeded}. Only {@link HandshakeSucceeded} means that messages can flow.
 * Where nobody listens, {@link ConnectDelayed}, {@link Closed} and {@link ConnectRetried} come
 * again and again.
 *
 * <p>If libzmq was built with drafts ({@link Capability#DRAFT}), an event has both addresses.
 * Otherwise it has only the one that the socket was bound or connected to, and the other is empty.
 */
public sealed interface MonitorEvent {
    /**
     * Returns the address of this end.
     *
     * @return an endpoint, or empty if it is not known
     */
    String local();

    /**
     * Returns the address of the other end.
     *
     * @return an endpoint, or empty if it is not known
     */
    String remote();

    /**
     * The common supertype of the events that say that a handshake failed and that the connection
     * is not ready for messages: {@link HandshakeFailed}, {@link ProtocolFailed} and {@link
     * AuthenticationFailed}.
     */
    sealed interface HandshakeFailure extends MonitorEvent {
        /**
         * Says in words why the handshake failed.
         *
         * @return half a sentence, such as "the peers have different mechanisms"
         */
        String reason();
    }

    /**
     * Returns which connection the event is about, so that a program finds the peer that has come
     * or gone, see {@link ConnectionId}. The events of one connection are {@link Accepted} or
     * {@link Connected}, then {@link HandshakeSucceeded} or a {@link HandshakeFailure}, then {@link
     * Disconnected}.
     *
     * @return the connection; empty if the event is about none, or if it cannot be told: in a
     *     handshake, while two connections have the same addresses, as those of ipc, and without
     *     drafts ({@link Capability#DRAFT})
     */
    default Optional<ConnectionId> connection() {
        long fd =
                switch (this) {
                    case Accepted accepted -> accepted.fd;
                    case Connected connected -> connected.fd;
                    case HandshakeSucceeded succeeded -> succeeded.fd;
                    case HandshakeFailed failed -> failed.fd;
                    case ProtocolFailed failed -> failed.fd;
                    case AuthenticationFailed failed -> failed.fd;
                    case Disconnected disconnected -> disconnected.fd;
                    default -> -1;
                };
        return fd < 0 ? Optional.empty() : Optional.of(new ConnectionId(fd));
    }

    /**
     * The socket has reached a peer that it connects to; the handshake follows. C constant: {@code
     * ZMQ_EVENT_CONNECTED}.
     *
     * @param local the address of this end, or empty
     * @param remote the address of the other end, or empty
     * @param fd the descriptor of the connection, for information only: it may be closed by now,
     *     and its number be used for another file
     */
    record Connected(String local, String remote, long fd) implements MonitorEvent {
        /** Makes the event; no argument may be null. */
        public Connected {
            Objects.requireNonNull(local, "local");
            Objects.requireNonNull(remote, "remote");
        }
    }

    /**
     * The socket has begun to connect, and goes on in the background. This event is normal. C
     * constant: {@code ZMQ_EVENT_CONNECT_DELAYED}.
     *
     * @param local the address of this end, or empty
     * @param remote the address of the other end, or empty
     */
    record ConnectDelayed(String local, String remote) implements MonitorEvent {
        /** Makes the event; no argument may be null. */
        public ConnectDelayed {
            Objects.requireNonNull(local, "local");
            Objects.requireNonNull(remote, "remote");
        }
    }

    /**
     * Connecting failed; libzmq will try again. C constant: {@code ZMQ_EVENT_CONNECT_RETRIED}.
     *
     * @param local the address of this end, or empty
     * @param remote the address of the other end, or empty
     * @param interval the time until the next try
     */
    record ConnectRetried(String local, String remote, Duration interval) implements MonitorEvent {
        /** Makes the event; no argument may be null. */
        public ConnectRetried {
            Objects.requireNonNull(local, "local");
            Objects.requireNonNull(remote, "remote");
            Objects.requireNonNull(interval, "interval");
        }
    }

    /**
     * The socket is bound. C constant: {@code ZMQ_EVENT_LISTENING}.
     *
     * @param local the address of this end, or empty
     * @param remote the address of the other end, or empty
     * @param fd the descriptor of the listener, for information only
     */
    record Listening(String local, String remote, long fd) implements MonitorEvent {
        /** Makes the event; no argument may be null. */
        public Listening {
            Objects.requireNonNull(local, "local");
            Objects.requireNonNull(remote, "remote");
        }
    }

    /**
     * The socket could not be bound. C constant: {@code ZMQ_EVENT_BIND_FAILED}.
     *
     * @param local the address of this end, or empty
     * @param remote the address of the other end, or empty
     * @param errno the reason
     */
    record BindFailed(String local, String remote, Errno errno) implements MonitorEvent {
        /** Makes the event; no argument may be null. */
        public BindFailed {
            Objects.requireNonNull(local, "local");
            Objects.requireNonNull(remote, "remote");
            Objects.requireNonNull(errno, "errno");
        }
    }

    /**
     * A peer has connected; the handshake follows. C constant: {@code ZMQ_EVENT_ACCEPTED}.
     *
     * @param local the address of this end, or empty
     * @param remote the address of the other end, or empty
     * @param fd the descriptor of the connection, for information only: it may be closed by now,
     *     and its number be used for another file
     */
    record Accepted(String local, String remote, long fd) implements MonitorEvent {
        /** Makes the event; no argument may be null. */
        public Accepted {
            Objects.requireNonNull(local, "local");
            Objects.requireNonNull(remote, "remote");
        }
    }

    /**
     * The connection of a peer could not be accepted. C constant: {@code ZMQ_EVENT_ACCEPT_FAILED}.
     *
     * @param local the address of this end, or empty
     * @param remote the address of the other end, or empty
     * @param errno the reason
     */
    record AcceptFailed(String local, String remote, Errno errno) implements MonitorEvent {
        /** Makes the event; no argument may be null. */
        public AcceptFailed {
            Objects.requireNonNull(local, "local");
            Objects.requireNonNull(remote, "remote");
            Objects.requireNonNull(errno, "errno");
        }
    }

    /**
     * The listener of a bound endpoint was closed, or an attempt to connect was given up. C
     * constant: {@code ZMQ_EVENT_CLOSED}.
     *
     * @param local the address of this end, or empty
     * @param remote the address of the other end, or empty
     * @param fd the descriptor, which is closed, for information only
     */
    record Closed(String local, String remote, long fd) implements MonitorEvent {
        /** Makes the event; no argument may be null. */
        public Closed {
            Objects.requireNonNull(local, "local");
            Objects.requireNonNull(remote, "remote");
        }
    }

    /**
     * A listener could not be closed. C constant: {@code ZMQ_EVENT_CLOSE_FAILED}.
     *
     * @param local the address of this end, or empty
     * @param remote the address of the other end, or empty
     * @param errno the reason
     */
    record CloseFailed(String local, String remote, Errno errno) implements MonitorEvent {
        /** Makes the event; no argument may be null. */
        public CloseFailed {
            Objects.requireNonNull(local, "local");
            Objects.requireNonNull(remote, "remote");
            Objects.requireNonNull(errno, "errno");
        }
    }

    /**
     * A connection broke. If this socket had made it with connect, libzmq connects again, as {@link
     * SocketOption#RECONNECT_IVL} says. C constant: {@code ZMQ_EVENT_DISCONNECTED}.
     *
     * @param local the address of this end, or empty
     * @param remote the address of the other end, or empty
     * @param fd the descriptor, which is closed, for information only
     */
    record Disconnected(String local, String remote, long fd) implements MonitorEvent {
        /** Makes the event; no argument may be null. */
        public Disconnected {
            Objects.requireNonNull(local, "local");
            Objects.requireNonNull(remote, "remote");
        }
    }

    /**
     * The socket was closed. This is the last event. C constant: {@code ZMQ_EVENT_MONITOR_STOPPED}.
     *
     * @param local the address of this end, or empty
     * @param remote the address of the other end, or empty
     */
    record MonitorStopped(String local, String remote) implements MonitorEvent {
        /** Makes the event; no argument may be null. */
        public MonitorStopped {
            Objects.requireNonNull(local, "local");
            Objects.requireNonNull(remote, "remote");
        }
    }

    /**
     * A connection is ready for messages. C constant: {@code ZMQ_EVENT_HANDSHAKE_SUCCEEDED}.
     *
     * @param local the address of this end, or empty
     * @param remote the address of the other end, or empty
     * @param fd the descriptor of the connection, or -1 if it is not known, see {@link #connection}
     */
    record HandshakeSucceeded(String local, String remote, long fd) implements MonitorEvent {
        /** Makes the event; no argument may be null. */
        public HandshakeSucceeded {
            Objects.requireNonNull(local, "local");
            Objects.requireNonNull(remote, "remote");
        }
    }

    /**
     * A handshake failed because the connection broke or was too slow, or because a ZAP handler is
     * required and there is none (EFAULT). This is one of the three kinds of {@link
     * HandshakeFailure}. C constant: {@code ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL}.
     *
     * @param local the address of this end, or empty
     * @param remote the address of the other end, or empty
     * @param errno the reason
     * @param fd the descriptor of the connection, or -1 if it is not known, see {@link #connection}
     */
    record HandshakeFailed(String local, String remote, Errno errno, long fd)
            implements HandshakeFailure {
        /** Makes the event; no argument may be null. */
        public HandshakeFailed {
            Objects.requireNonNull(local, "local");
            Objects.requireNonNull(remote, "remote");
            Objects.requireNonNull(errno, "errno");
        }

        @Override
        public String reason() {
            return errno == Errno.EFAULT
                    ? "a ZAP handler is required, and there is none in this context"
                    : "the connection broke during the handshake, or it took too long ("
                            + errno
                            + ")";
        }
    }

    /**
     * A handshake failed because the two ends do not fit together: they have different mechanisms
     * or keys, or one does not keep to the protocol. A socket that connects tries again, as after
     * {@link Disconnected}; but not with another library than the bundled one. C constant: {@code
     * ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL}.
     *
     * @param local the address of this end, or empty
     * @param remote the address of the other end, or empty
     * @param error the reason
     * @param number the reason as the number that libzmq gave
     * @param fd the descriptor of the connection, or -1 if it is not known, see {@link #connection}
     */
    record ProtocolFailed(String local, String remote, ProtocolError error, int number, long fd)
            implements HandshakeFailure {
        /** Makes the event; no argument may be null. */
        public ProtocolFailed {
            Objects.requireNonNull(local, "local");
            Objects.requireNonNull(remote, "remote");
            Objects.requireNonNull(error, "error");
        }

        @Override
        public String reason() {
            return error == ProtocolError.UNKNOWN
                    ? "the protocol was violated (error 0x" + Integer.toHexString(number) + ")"
                    : error.text() + " (" + error + ")";
        }
    }

    /**
     * A handshake failed because the ZAP handler, which authenticates the peers, refused it. A
     * socket that connects tries again, as after {@link ProtocolFailed}. C constant: {@code
     * ZMQ_EVENT_HANDSHAKE_FAILED_AUTH}.
     *
     * @param local the address of this end, or empty
     * @param remote the address of the other end, or empty
     * @param status 300 for a failure that will pass, 400 for wrong credentials, 500 for an error
     *     of the ZAP handler
     * @param fd the descriptor of the connection, or -1 if it is not known, see {@link #connection}
     */
    record AuthenticationFailed(String local, String remote, int status, long fd)
            implements HandshakeFailure {
        /** Makes the event; no argument may be null. */
        public AuthenticationFailed {
            Objects.requireNonNull(local, "local");
            Objects.requireNonNull(remote, "remote");
        }

        @Override
        public String reason() {
            return switch (status) {
                case 300 -> "the peer cannot authenticate anybody at the moment (ZAP status 300)";
                case 400 -> "the credentials are refused (ZAP status 400)";
                case 500 -> "the authentication itself failed (ZAP status 500)";
                default -> "the ZAP status is " + status;
            };
        }
    }

    /**
     * How many messages wait in the queues of one connection, as {@link
     * SocketMonitor#requestPipeStatistics} asked. With {@link SocketOption#CONFLATE} those that
     * were replaced by newer ones count too. C constant: {@code ZMQ_EVENT_PIPES_STATS}.
     *
     * @param local the address of this end, or empty
     * @param remote the address of the other end, or empty
     * @param outbound the number of messages that the socket has sent and that libzmq has still to
     *     write to the connection (with inproc, that the peer has still to receive)
     * @param inbound the number of messages that have come and that the socket has still to receive
     */
    record PipeStatistics(String local, String remote, long outbound, long inbound)
            implements MonitorEvent {
        /** Makes the event; no argument may be null. */
        public PipeStatistics {
            Objects.requireNonNull(local, "local");
            Objects.requireNonNull(remote, "remote");
        }
    }

    /**
     * An event that this version of PanaMQ does not know.
     *
     * @param local the address of this end, or empty
     * @param remote the address of the other end, or empty
     * @param number the number of the event
     * @param value the first value of the event, or 0
     */
    record Unknown(String local, String remote, long number, long value) implements MonitorEvent {
        /** Makes the event; no argument may be null. */
        public Unknown {
            Objects.requireNonNull(local, "local");
            Objects.requireNonNull(remote, "remote");
        }
    }
}
