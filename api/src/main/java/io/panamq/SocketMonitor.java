// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static io.panamq.bindings.calls.Constants.RCVHWM;

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

/**
 * Tells what happens to the connections of a socket. Made by {@link Socket#monitor}.
 *
 * {@snippet :
 * try (SocketMonitor monitor = push.monitor()) {
 *     push.connect("tcp://server:5555");
 *     if (!monitor.awaitConnected(Duration.ofSeconds(5))) {
 *         System.err.println("not yet connected");
 *     }
 * }
 * }
 *
 * <p><strong>One convention.</strong> {@code receive} blocks until there is an event, {@code
 * tryReceive} does not block, {@code receive(Duration)} waits that long. A wait ends early as that
 * of a socket does, see {@link Receiver}; it does not end when the socket is closed, for then there
 * is one more event, {@link MonitorEvent.MonitorStopped}. After that one there are no more, and
 * receiving throws {@link SocketClosedException}.
 *
 * <p><strong>No event is lost</strong> while the monitor is open, and none makes libzmq wait: they
 * queue up without a limit, about 500 bytes each. So read them, or close the monitor.
 *
 * <p><strong>Only transports with connections have events</strong>: tcp, ipc, ws and the like.
 * There are none for inproc, where peers are connected once both have called bind and connect.
 *
 * <p><strong>Thread.</strong> A monitor belongs to the thread that first uses it, which need not be
 * that of the socket; any other gets {@link WrongThreadException}. {@link #release} hands it over,
 * {@link #close} is legal from any thread.
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
        core.follow(this);
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
        reader.release();
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
     * Waits for an event. <strong>Blocks.</strong>
     *
     * @return the event
     * @throws SocketClosedException if the monitor is closed, or has given its last event
     */
    public MonitorEvent receive() {
        return receive(Timeout.FOREVER);
    }

    /**
     * Takes an event if there is one. Does not block.
     *
     * @return the event, or empty
     * @throws SocketClosedException as {@link #receive()}
     */
    public Optional<MonitorEvent> tryReceive() {
        return Optional.ofNullable(receive(Timeout.NOT));
    }

    /**
     * Waits for an event. <strong>Blocks</strong> for a time.
     *
     * @param timeout how long to wait at most, 0 for not at all
     * @return the event; empty if the time is over
     * @throws SocketClosedException as {@link #receive()}
     */
    public Optional<MonitorEvent> receive(Duration timeout) {
        return Optional.ofNullable(receive(Timeout.nanos(timeout)));
    }

    /** Returns null when the time is over. */
    private MonitorEvent receive(long timeout) {
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
     * Waits until the socket has a connection that is ready for messages: reads the events up to
     * and including the next {@link MonitorEvent.HandshakeSucceeded}. So a monitor that was started
     * before connect or bind misses none, and calling this n times waits for n peers. It is here
     * and not at the socket, because libzmq tells of a connection only once, and only to a monitor.
     * <strong>Blocks</strong> for a time.
     *
     * @param timeout how long to wait at most, 0 for not at all
     * @return true if there was such an event; false if the time is over, and then connecting goes
     *     on in the background
     * @throws SocketClosedException as {@link #receive()}, also when the socket is closed meanwhile
     */
    public boolean awaitConnected(Duration timeout) {
        CallDeadline time = new CallDeadline(Timeout.nanos(timeout));
        MonitorEvent event;
        do {
            event = receive(time.left());
            if (event instanceof MonitorEvent.HandshakeSucceeded) {
                return true;
            }
        } while (event != null && time.lookOn(core, "awaitConnected"));
        return false;
    }

    /**
     * Gives the monitor up: the next thread that uses it owns it.
     *
     * @throws WrongThreadException if it belongs to another thread
     * @throws SocketClosedException if it is closed
     */
    @Override
    public void release() {
        super.release();
    }

    /**
     * Ends the wait of the thread that waits for an event, or its next one, from any thread, as
     * {@link Socket#cancel} does for sockets. Events stay where they are.
     */
    public void cancel() {
        core.cancel();
    }

    /**
     * Whether the monitor was closed.
     *
     * @return true after {@link #close} or the context's
     */
    @Override
    public boolean isClosed() {
        return super.isClosed();
    }

    /**
     * Stops watching, from any thread; idempotent. The socket goes on and can be monitored again. A
     * thread that waits for an event is woken with {@link SocketClosedException}. {@code
     * zmq_socket_monitor}.
     */
    @Override
    public void close() {
        super.close();
    }
}
