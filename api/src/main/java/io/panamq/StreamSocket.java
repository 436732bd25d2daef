// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import com.google.errorprone.annotations.CheckReturnValue;
import io.panamq.error.UnreachablePeerException;
import io.panamq.internal.socket.CallDeadline;
import io.panamq.internal.socket.SocketTraits;
import io.panamq.internal.socket.Timeout;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges bytes with plain TCP peers, which do not speak ZeroMQ, such as browsers.
 *
 * {@snippet class="io.panamq.snippets.PatternSnippets" region="stream"}
 *
 * <p><strong>Events.</strong> {@link #receiveEvent()} receives what happens: a connection was made,
 * has data, or has ended. To send give the connection's routing id and the data as two frames.
 *
 * <p><strong>Frames.</strong> To the methods of {@link Receiver} each event is a message of two
 * frames: the 5-byte routing id of the connection, and the data. Empty data announces a new or a
 * closed connection, unless {@link SocketOption#STREAM_NOTIFY} is off, and does not say which of
 * them. Use either these methods or {@code receiveEvent}, which remembers the connections.
 *
 * <p><strong>Peers.</strong> Any number of TCP connections.
 *
 * <p><strong>Full queue.</strong> A send to a connection that does not exist, or no longer, throws
 * {@link UnreachablePeerException}; one to a connection without room waits, and {@code trySend}
 * returns false. A client that does not read what it asked for has no room: a server that must not
 * wait for it uses {@code trySend} or a send with a time, and goes on receiving. With another
 * library than the bundled one, so has a client that hung up while its requests are still unread.
 *
 * <p>C socket type: {@code ZMQ_STREAM}.
 */
public final class StreamSocket extends BaseSocket implements SendingSocket, ReceivingSocket {
    private static final String RECEIVE = "receiveEvent";

    private final Set<StreamPeer> connected = new HashSet<>();

    /** Connections that were ended here; libzmq may have read one message of them before. */
    private final Set<StreamPeer> ended = new HashSet<>();

    /** Connections to be ended that had ended already: what is left of them is not told. */
    private final Set<StreamPeer> gone = new HashSet<>();

    StreamSocket(Context context) {
        super(context, SocketTraits.STREAM);
    }

    /**
     * Waits for an event of a connection, and receives it.
     *
     * @return the event; the content of a {@link StreamEvent.Data} is the caller's to close
     * @throws IllegalStateException if {@link SocketOption#RCVTIMEO} is set; or if a receive of a
     *     single frame has taken the routing id of the event
     */
    @CheckReturnValue
    public StreamEvent receiveEvent() {
        return received(next(withoutTimeout(RECEIVE)));
    }

    /**
     * Takes an event of a connection if one is there, without waiting.
     *
     * @return the event; the content of a {@link StreamEvent.Data} is the caller's to close; empty
     *     if none is there
     */
    @CheckReturnValue
    public Optional<StreamEvent> tryReceiveEvent() {
        return Optional.ofNullable(next(Timeout.NOT));
    }

    /**
     * Waits up to a time for an event of a connection, and receives it.
     *
     * @param timeout how long to wait at most; 0 does not wait
     * @return the event; the content of a {@link StreamEvent.Data} is the caller's to close; empty
     *     if the time is over
     */
    @CheckReturnValue
    public Optional<StreamEvent> receiveEvent(Duration timeout) {
        return Optional.ofNullable(next(Timeout.nanos(timeout)));
    }

    /** Returns null when the time is over. */
    private @Nullable StreamEvent next(long timeout) {
        CallDeadline time = new CallDeadline(timeout);
        StreamEvent event = null;
        while (event == null) {
            try (Multipart frames = receiveNewMultipart(time.left())) {
                if (frames == null) {
                    return null;
                }
                event = event(frames);
            }
        }
        return event;
    }

    /** Returns null for what came before its connection was ended here. */
    private @Nullable StreamEvent event(Multipart frames) {
        if (frames.size() != 2) {
            throw new IllegalStateException(
                    RECEIVE
                            + " on "
                            + core.name
                            + ": another receive has taken the routing id of this data: receive"
                            + " events or frames, and not both");
        }
        StreamPeer peer = new StreamPeer(frames.getBytes(0));
        boolean late = ended.contains(peer);
        ended.clear(); // libzmq reads at most one message ahead
        if (late) {
            return null;
        }
        boolean hasData = frames.get(1).size() > 0;
        if (gone.contains(peer)) {
            if (!hasData) {
                gone.remove(peer);
            }
            return null;
        }
        if (hasData) {
            return new StreamEvent.Data(peer, frames.removeLast());
        }
        if (connected.remove(peer)) {
            return new StreamEvent.Disconnected(peer);
        }
        String address = frames.get(1).metadata("Peer-Address").orElse("");
        connected.add(peer);
        return new StreamEvent.Connected(peer, address);
    }

    /**
     * Ends a connection, whose unread data is dropped: {@link #receiveEvent()} returns no event of
     * it any more. What was sent before is still written if the other side takes it at once. Does
     * nothing if the connection has ended already. Returns at once; libzmq closes it when this
     * socket is used next, as by a receive. C function: {@code zmq_msg_send}, with empty data.
     *
     * @param peer the connection
     * @return true if it ends; false if it has no room for that, because it does not read: try
     *     again later
     */
    @CheckReturnValue
    public boolean disconnect(StreamPeer peer) {
        Objects.requireNonNull(peer, "peer");
        try (Multipart end = Multipart.of(peer.routingId(), new byte[0])) {
            if (!trySend(end)) {
                return false;
            }
            ended.add(peer);
        } catch (UnreachablePeerException e) {
            // It has ended, and there may still be data and an event that says so.
            if (connected.contains(peer)) {
                gone.add(peer);
            }
        }
        connected.remove(peer);
        return true;
    }
}
