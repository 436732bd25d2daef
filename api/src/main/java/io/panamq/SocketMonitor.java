// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static io.panamq.bindings.calls.Constants.RCVHWM;

import com.google.errorprone.annotations.CheckReturnValue;
import io.panamq.error.OperationCancelledException;
import io.panamq.error.SocketClosedException;
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
    private final MonitorDecoder decoder;
    private boolean stopped;

    private SocketMonitor(SocketCore core, int version, String socket) {
        super(core, core.name + " of " + socket);
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
        boolean started = false;
        try {
            connect(context.endpoints, monitored, reader, version);
            started = true;
        } finally {
            if (!started) {
                reader.close();
            }
        }
        reader.handOver();
        return new SocketMonitor(reader, version, monitored.name);
    }

    /** Connects the reader first: an event that finds no reader would wait for one. */
    private static void connect(
            Endpoints endpoints, SocketCore monitored, SocketCore reader, int version) {
        String endpoint = "inproc://panamq-" + reader.name.replace('#', '-');
        reader.enter("monitor");
        try {
            reader.setInt(RCVHWM, 0);
            endpoints.connect(reader, endpoint);
            new NativeMonitor(monitored, reader, version).start(endpoint);
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
     * MonitorEvent.HandshakeSucceeded}, and drops them; a handshake that failed does not end the
     * wait. Start the monitor before connect or bind, so that it sees every connection. To wait for
     * n peers, call this n times.
     *
     * @param timeout how long to wait at most, 0 for not at all
     * @return true if a connection is ready; false if the time is over, while connecting goes on in
     *     the background
     * @throws SocketClosedException if the monitor is closed, or the socket was closed before or
     *     meanwhile
     */
    @CheckReturnValue
    public boolean awaitConnected(Duration timeout) {
        CallDeadline time = new CallDeadline(Timeout.nanos(timeout));
        @Nullable MonitorEvent event;
        do {
            event = receive(time.left());
            if (event instanceof MonitorEvent.HandshakeSucceeded) {
                return true;
            }
        } while (event != null && time.mayWaitAgain(core, "awaitConnected"));
        return false;
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
