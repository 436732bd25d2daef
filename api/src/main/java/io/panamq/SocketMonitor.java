// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static io.panamq.bindings.calls.Constants.RCVHWM;

import com.google.errorprone.annotations.CheckReturnValue;
import io.panamq.error.HandshakeRefusedException;
import io.panamq.error.OperationCancelledException;
import io.panamq.error.SocketClosedException;
import io.panamq.error.UnsupportedFeatureException;
import io.panamq.internal.context.Endpoints;
import io.panamq.internal.context.NativeContext;
import io.panamq.internal.error.Failures;
import io.panamq.internal.guard.StackGuard;
import io.panamq.internal.socket.CallDeadline;
import io.panamq.internal.socket.CoreHandle;
import io.panamq.internal.socket.Incoming;
import io.panamq.internal.socket.NativeMonitor;
import io.panamq.internal.socket.SocketCore;
import io.panamq.internal.socket.SocketTraits;
import io.panamq.internal.socket.Timeout;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reports what happens to the connections of a socket, as {@link MonitorEvent}s. A monitor is made
 * by {@link Socket#monitor}.
 *
 * {@snippet class="io.panamq.snippets.WaitSnippets" region="connect"}
 *
 * <p><strong>One convention.</strong> {@code receive()} waits until there is an event, {@code
 * receive(Duration)} waits up to the given time, and {@code tryReceive()} returns at once. A wait
 * ends early for the same reasons as that of a socket, see {@link Receiver}. When the socket is
 * closed, a wait does not fail: it gets one more event, {@link MonitorEvent.MonitorStopped}. That
 * is the last one; after it, receiving throws {@link SocketClosedException}.
 *
 * <p><strong>No event is lost</strong> while the monitor is open: start it before bind and connect,
 * and it sees every connection. libzmq never waits for the reader: events that are not read queue
 * up without a limit, about 500 bytes each. So read them, or close the monitor.
 *
 * <p><strong>Only transports with connections have events</strong>: tcp, ipc, ws and the like.
 * There are none for inproc, where two peers are connected as soon as one has called bind and the
 * other connect.
 *
 * <p><strong>Thread.</strong> A new monitor is free, like a new {@link Socket}: the first thread
 * that uses it becomes its owner, which need not be the owner of the socket. Any other thread gets
 * {@link WrongThreadException}. {@link #handOver} makes it free again; {@link #cancel}, {@link
 * #close} and {@link #isClosed} may be called by any thread.
 */
@SuppressWarnings("exports") // what it extends is hidden
public final class SocketMonitor extends CoreHandle implements AutoCloseable {
    private final Incoming incoming;
    private final NativeMonitor monitor;
    private final MonitorDecoder decoder;
    private boolean stopped;

    private SocketMonitor(SocketCore core, NativeMonitor monitor, int version, String socket) {
        super(core, core.name + " of " + socket);
        this.monitor = monitor;
        this.decoder = new MonitorDecoder(version);
        this.incoming = new Incoming(core, Message.FACTORY);
        core.trackLeak(this);
    }

    final SocketCore core() {
        return core;
    }

    /** Starts a monitor of a socket, in a call of that socket; with events of version 1 or 2. */
    static SocketMonitor start(NativeContext context, SocketCore monitored, int version) {
        // A monitor that is started and not linked would outlive its reader.
        StackGuard.require();
        SocketCore reader = context.openSocket(SocketTraits.PAIR, "Monitor");
        NativeMonitor monitor = new NativeMonitor(monitored, reader, version);
        boolean started = false;
        try {
            connect(context.endpoints, monitor, reader);
            started = true;
        } finally {
            if (!started) {
                reader.close();
            }
        }
        reader.handOver();
        return new SocketMonitor(reader, monitor, version, monitored.name);
    }

    /** Connects the reader first: an event that finds no reader would wait for one. */
    private static void connect(Endpoints endpoints, NativeMonitor monitor, SocketCore reader) {
        String endpoint = "inproc://panamq-" + reader.name.replace('#', '-');
        reader.enter("monitor");
        try {
            reader.setInt(RCVHWM, 0);
            endpoints.connect(reader, endpoint);
            monitor.start(endpoint);
            synchronized (endpoints.inproc) {
                endpoints.inproc.dropPending(endpoint);
            }
        } finally {
            reader.exit();
        }
    }

    /**
     * Waits for an event.
     *
     * @return the event
     * @throws SocketClosedException if the monitor is closed, or has given its last event
     */
    @CheckReturnValue
    public MonitorEvent receive() {
        return BaseSocket.received(receive(Timeout.FOREVER));
    }

    /**
     * Takes an event if there is one, without waiting.
     *
     * @return the event; empty if there is none
     * @throws SocketClosedException as {@link #receive()}
     */
    @CheckReturnValue
    public Optional<MonitorEvent> tryReceive() {
        return Optional.ofNullable(receive(Timeout.NOT));
    }

    /**
     * Waits up to the given time for an event.
     *
     * @param timeout how long to wait at most, 0 for not at all
     * @return the event; empty if the time is over
     * @throws SocketClosedException as {@link #receive()}
     */
    @CheckReturnValue
    public Optional<MonitorEvent> receive(Duration timeout) {
        return Optional.ofNullable(receive(Timeout.nanos(timeout)));
    }

    /** Returns null when the time is over. */
    private @Nullable MonitorEvent receive(long timeout) {
        if (stopped) {
            core.enter("receive");
            core.exit();
            throw Failures.closed("receive", this + " after its last event");
        }
        try (Multipart frames = Multipart.create()) {
            if (!incoming.receive(frames, timeout)) {
                return null;
            }
            MonitorEvent event = decoder.decode(frames);
            stopped = event instanceof MonitorEvent.MonitorStopped;
            return event;
        }
    }

    /**
     * Waits up to the given time until a connection of the socket is ready for messages. It reads
     * events, also those that came before this call, up to and including the next {@link
     * MonitorEvent.HandshakeSucceeded}, and drops them. Start the monitor before connect or bind,
     * so that it sees every connection.
     *
     * <p>A peer that this socket connects to and that refuses it ends the wait at once. A peer that
     * connects to this socket and is refused does not, for others may come. A connection that
     * breaks during the handshake does not end the wait either, for libzmq tries again; but it does
     * with CURVE, for a server with another key than the given one, or whose socket type does not
     * fit, breaks it without a word.
     *
     * @param timeout how long to wait at most, 0 for not at all
     * @return true if a connection is ready; false if the time is over, while connecting goes on in
     *     the background
     * @throws HandshakeRefusedException ECONNREFUSED if a peer that this socket connects to refuses
     *     it, or does not fit it; the text says why
     * @throws SocketClosedException if the monitor is closed, or the socket was closed before or
     *     meanwhile
     */
    @CheckReturnValue
    public boolean awaitConnected(Duration timeout) {
        CallDeadline time = new CallDeadline(Timeout.nanos(timeout));
        @Nullable MonitorEvent event;
        do {
            event = nextOrRefused("awaitConnected", time);
            if (event instanceof MonitorEvent.HandshakeSucceeded) {
                return true;
            }
        } while (event != null && time.mayWaitAgain(core, "awaitConnected"));
        return false;
    }

    /**
     * Waits up to the given time until at least so many connections of the socket are ready for
     * messages: those that have finished their handshake and not ended, on both sides of connect.
     * It reads the events that have come, and as long as there are fewer connections those that
     * come, and drops them; those that were read before, by any method of this monitor, count.
     * Start the monitor before connect or bind: it knows only the connections that it has seen.
     * That this socket ends a connection itself, with {@link Socket#disconnect} or {@link
     * Socket#unbind}, is no event, and so is not noticed.
     *
     * @param count how many connections to wait for, 1 or more
     * @param timeout how long to wait at most, 0 for not at all
     * @return true if there are so many; false if the time is over
     * @throws IllegalArgumentException if the count is less than 1
     * @throws HandshakeRefusedException ECONNREFUSED as {@link #awaitConnected}
     * @throws SocketClosedException as {@link #awaitConnected}
     */
    @CheckReturnValue
    public boolean awaitPeers(int count, Duration timeout) {
        if (count < 1) {
            throw new IllegalArgumentException("the count is less than 1: " + count);
        }
        CallDeadline time = new CallDeadline(Timeout.nanos(timeout));
        CallDeadline none = new CallDeadline(Timeout.NOT);
        @Nullable MonitorEvent event;
        do {
            // Even if there are enough: what has come may say that one of them has gone.
            boolean enough = decoder.peers.ready() >= count;
            event = nextOrRefused("awaitPeers", enough ? none : time);
        } while (event != null && time.mayWaitAgain(core, "awaitPeers"));
        return decoder.peers.ready() >= count;
    }

    /**
     * Returns the next event; null when the time is over. Throws if it says that we are refused.
     */
    private @Nullable MonitorEvent nextOrRefused(String operation, CallDeadline time) {
        MonitorEvent event = receive(time.left());
        if (event != null && decoder.peers.isOutgoing(event)) {
            String reason = refusal(event);
            if (reason != null) {
                throw Failures.refused(operation, event.remote(), this.toString(), reason);
            }
        }
        return event;
    }

    /** Returns why trying again is in vain; null if it is not. */
    private @Nullable String refusal(MonitorEvent event) {
        return switch (event) {
            case MonitorEvent.ProtocolFailed failed -> failed.reason();
            case MonitorEvent.AuthenticationFailed failed ->
                    failed.status() == 300 ? null : failed.reason();
            case MonitorEvent.HandshakeFailed failed -> {
                String cause = silentRefusal();
                yield cause == null ? null : failed.reason() + "; " + cause;
            }
            case MonitorEvent.Disconnected gone ->
                    decoder.peers.endedSilently()
                            ? "no reason was told; mostly the socket types do not fit"
                            : null;
            default -> null;
        };
    }

    /** Returns why a server mostly ends a handshake without a word; null if it does not do so. */
    private @Nullable String silentRefusal() {
        if (monitor.isCurveClient()) {
            return "with CURVE, mostly the server has another key, or a socket type that does not fit";
        }
        return monitor.isPlainClient()
                ? "with PLAIN, mostly the server has no authenticator, or a socket type that does not"
                        + " fit"
                : null;
    }

    /**
     * Asks libzmq how full the queues of all connections are. The answers are {@link
     * MonitorEvent.PipeStatistics}, one for each connection that is not ending, which come as soon
     * as libzmq's thread has looked (with inproc, the owner of the peer) and the owner of the
     * socket then sends, receives or polls. Returns at once. Call it in the thread that owns the
     * watched socket; the monitor itself may belong to another one. C function: {@code
     * zmq_socket_monitor_pipes_stats}.
     *
     * @return false if the socket has no connection
     * @throws WrongThreadException if the watched socket belongs to another thread
     * @throws SocketClosedException if the monitor or the watched socket is closed
     * @throws UnsupportedFeatureException ENOTSUP if this is not the bundled libzmq: another one
     *     may end the process when a peer goes
     */
    public boolean requestPipeStatistics() {
        StackGuard.require();
        return monitor.requestStatistics();
    }

    /**
     * Hands the monitor over to the next thread that uses it, which becomes its owner.
     *
     * @throws WrongThreadException if it belongs to another thread
     * @throws SocketClosedException if it is closed
     */
    @Override
    public void handOver() {
        super.handOver();
    }

    /**
     * Ends the wait of the thread that waits for an event, or the next such wait if none does, as
     * {@link Socket#cancel} does for sockets: the call throws {@link OperationCancelledException}.
     * Any thread may call this. No event is lost.
     */
    public void cancel() {
        core.cancel();
    }

    /**
     * Returns whether the monitor was closed.
     *
     * @return true after {@link #close}, or after the context was closed
     */
    @Override
    public boolean isClosed() {
        return super.isClosed();
    }

    /**
     * Stops watching the socket. Any thread may call this, also more than once. The socket stays
     * open and can be monitored again. The call of a thread that waits for an event throws {@link
     * SocketClosedException}. C function: {@code zmq_socket_monitor}.
     */
    @Override
    public void close() {
        super.close();
    }
}
