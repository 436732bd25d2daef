// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.error.Errno;
import java.time.Duration;
import java.util.Objects;

/**
 * What a {@link SocketMonitor} tells. Values only, for any thread.
 *
 * <p>A client sees {@link ConnectDelayed}, {@link Connected}, {@link HandshakeSucceeded}; a server
 * {@link Listening}, {@link Accepted}, {@link HandshakeSucceeded}. Only the last one means that
 * messages flow. Where nobody listens, {@link ConnectDelayed}, {@link Closed} and {@link
 * ConnectRetried} follow each other.
 *
 * <p>With a libzmq that was built with drafts both addresses are known; otherwise only the one that
 * was bound or connected, and the other is empty.
 */
public sealed interface MonitorEvent {
    /**
     * The address of this end.
     *
     * @return an endpoint, or empty if it is not known
     */
    String local();

    /**
     * The address of the other end.
     *
     * @return an endpoint, or empty if it is not known
     */
    String remote();

    /** A connection that did not get ready for messages. */
    sealed interface HandshakeFailure extends MonitorEvent {}

    /**
     * Connecting has reached the peer; the handshake follows. {@code ZMQ_EVENT_CONNECTED}.
     *
     * @param local the address of this end, or empty
     * @param remote the address of the other end, or empty
     * @param fd of the connection, for information only: it may be closed, and another's by now
     */
    record Connected(String local, String remote, long fd) implements MonitorEvent {
        /** Refuses null. */
        public Connected {
            Objects.requireNonNull(local, "local");
            Objects.requireNonNull(remote, "remote");
        }
    }

    /**
     * Connecting does not succeed at once, which is the rule. {@code ZMQ_EVENT_CONNECT_DELAYED}.
     *
     * @param local the address of this end, or empty
     * @param remote the address of the other end, or empty
     */
    record ConnectDelayed(String local, String remote) implements MonitorEvent {
        /** Refuses null. */
        public ConnectDelayed {
            Objects.requireNonNull(local, "local");
            Objects.requireNonNull(remote, "remote");
        }
    }

    /**
     * Connecting failed and will be tried again. {@code ZMQ_EVENT_CONNECT_RETRIED}.
     *
     * @param local the address of this end, or empty
     * @param remote the address of the other end, or empty
     * @param interval when: after this time
     */
    record ConnectRetried(String local, String remote, Duration interval) implements MonitorEvent {
        /** Refuses null. */
        public ConnectRetried {
            Objects.requireNonNull(local, "local");
            Objects.requireNonNull(remote, "remote");
            Objects.requireNonNull(interval, "interval");
        }
    }

    /**
     * The socket is bound. {@code ZMQ_EVENT_LISTENING}.
     *
     * @param local the address of this end, or empty
     * @param remote the address of the other end, or empty
     * @param fd of the listener, for information only
     */
    record Listening(String local, String remote, long fd) implements MonitorEvent {
        /** Refuses null. */
        public Listening {
            Objects.requireNonNull(local, "local");
            Objects.requireNonNull(remote, "remote");
        }
    }

    /**
     * The socket could not be bound. {@code ZMQ_EVENT_BIND_FAILED}.
     *
     * @param local the address of this end, or empty
     * @param remote the address of the other end, or empty
     * @param errno why
     */
    record BindFailed(String local, String remote, Errno errno) implements MonitorEvent {
        /** Refuses null. */
        public BindFailed {
            Objects.requireNonNull(local, "local");
            Objects.requireNonNull(remote, "remote");
            Objects.requireNonNull(errno, "errno");
        }
    }

    /**
     * A peer has connected; the handshake follows. {@code ZMQ_EVENT_ACCEPTED}.
     *
     * @param local the address of this end, or empty
     * @param remote the address of the other end, or empty
     * @param fd of the connection, for information only: it may be closed, and another's by now
     */
    record Accepted(String local, String remote, long fd) implements MonitorEvent {
        /** Refuses null. */
        public Accepted {
            Objects.requireNonNull(local, "local");
            Objects.requireNonNull(remote, "remote");
        }
    }

    /**
     * A peer that has connected could not be accepted. {@code ZMQ_EVENT_ACCEPT_FAILED}.
     *
     * @param local the address of this end, or empty
     * @param remote the address of the other end, or empty
     * @param errno why
     */
    record AcceptFailed(String local, String remote, Errno errno) implements MonitorEvent {
        /** Refuses null. */
        public AcceptFailed {
            Objects.requireNonNull(local, "local");
            Objects.requireNonNull(remote, "remote");
            Objects.requireNonNull(errno, "errno");
        }
    }

    /**
     * A listener, or an attempt to connect, is closed. {@code ZMQ_EVENT_CLOSED}.
     *
     * @param local the address of this end, or empty
     * @param remote the address of the other end, or empty
     * @param fd closed, for information only
     */
    record Closed(String local, String remote, long fd) implements MonitorEvent {
        /** Refuses null. */
        public Closed {
            Objects.requireNonNull(local, "local");
            Objects.requireNonNull(remote, "remote");
        }
    }

    /**
     * A listener could not be closed. {@code ZMQ_EVENT_CLOSE_FAILED}.
     *
     * @param local the address of this end, or empty
     * @param remote the address of the other end, or empty
     * @param errno why
     */
    record CloseFailed(String local, String remote, Errno errno) implements MonitorEvent {
        /** Refuses null. */
        public CloseFailed {
            Objects.requireNonNull(local, "local");
            Objects.requireNonNull(remote, "remote");
            Objects.requireNonNull(errno, "errno");
        }
    }

    /**
     * A connection is gone; one that was connected is made anew. {@code ZMQ_EVENT_DISCONNECTED}.
     *
     * @param local the address of this end, or empty
     * @param remote the address of the other end, or empty
     * @param fd closed, for information only
     */
    record Disconnected(String local, String remote, long fd) implements MonitorEvent {
        /** Refuses null. */
        public Disconnected {
            Objects.requireNonNull(local, "local");
            Objects.requireNonNull(remote, "remote");
        }
    }

    /**
     * The last event: the socket is closed. {@code ZMQ_EVENT_MONITOR_STOPPED}.
     *
     * @param local the address of this end, or empty
     * @param remote the address of the other end, or empty
     */
    record MonitorStopped(String local, String remote) implements MonitorEvent {
        /** Refuses null. */
        public MonitorStopped {
            Objects.requireNonNull(local, "local");
            Objects.requireNonNull(remote, "remote");
        }
    }

    /**
     * A connection is ready for messages. {@code ZMQ_EVENT_HANDSHAKE_SUCCEEDED}.
     *
     * @param local the address of this end, or empty
     * @param remote the address of the other end, or empty
     */
    record HandshakeSucceeded(String local, String remote) implements MonitorEvent {
        /** Refuses null. */
        public HandshakeSucceeded {
            Objects.requireNonNull(local, "local");
            Objects.requireNonNull(remote, "remote");
        }
    }

    /**
     * A handshake failed for a reason of the system, or because authentication is required and
     * nobody does it (EFAULT). {@code ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL}.
     *
     * @param local the address of this end, or empty
     * @param remote the address of the other end, or empty
     * @param errno why
     */
    record HandshakeFailed(String local, String remote, Errno errno) implements HandshakeFailure {
        /** Refuses null. */
        public HandshakeFailed {
            Objects.requireNonNull(local, "local");
            Objects.requireNonNull(remote, "remote");
            Objects.requireNonNull(errno, "errno");
        }
    }

    /**
     * A handshake failed because one end did not keep to the protocol, or is configured otherwise.
     * {@code ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL}.
     *
     * @param local the address of this end, or empty
     * @param remote the address of the other end, or empty
     * @param error why
     * @param number that error as a number
     */
    record ProtocolFailed(String local, String remote, ProtocolError error, int number)
            implements HandshakeFailure {
        /** Refuses null. */
        public ProtocolFailed {
            Objects.requireNonNull(local, "local");
            Objects.requireNonNull(remote, "remote");
            Objects.requireNonNull(error, "error");
        }
    }

    /**
     * A handshake failed because the authenticator refused it. {@code
     * ZMQ_EVENT_HANDSHAKE_FAILED_AUTH}.
     *
     * @param local the address of this end, or empty
     * @param remote the address of the other end, or empty
     * @param status 300 for a failure that will pass, 400 for wrong credentials, 500 for an error
     *     of the authenticator
     */
    record AuthenticationFailed(String local, String remote, int status)
            implements HandshakeFailure {
        /** Refuses null. */
        public AuthenticationFailed {
            Objects.requireNonNull(local, "local");
            Objects.requireNonNull(remote, "remote");
        }
    }

    /**
     * An event that this version of PanaMQ does not know.
     *
     * @param local the address of this end, or empty
     * @param remote the address of the other end, or empty
     * @param number of the event
     * @param value its first value, or 0
     */
    record Unknown(String local, String remote, long number, long value) implements MonitorEvent {
        /** Refuses null. */
        public Unknown {
            Objects.requireNonNull(local, "local");
            Objects.requireNonNull(remote, "remote");
        }
    }
}
