// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static io.panamq.bindings.calls.Constants.IMMEDIATE;

import com.google.errorprone.annotations.CheckReturnValue;
import io.panamq.error.UnreachablePeerException;
import io.panamq.error.UnsupportedFeatureException;
import io.panamq.error.ZmqException;
import io.panamq.internal.socket.PeerProperties;
import io.panamq.internal.socket.SocketTraits;
import io.panamq.loop.AsyncSocket;
import java.time.Duration;
import java.util.Objects;

/**
 * Exchanges messages with other PEER sockets, and chooses which one a message is for: a SERVER whose
 * peers are of the same type. The peer is no frame of a message but a property of it, its routing
 * id.
 *
 * {@snippet class="io.panamq.snippets.DraftSnippets" region="peer"}
 *
 * <p>Thread safe: any number of threads may use the socket at the same time, see {@link Socket}. It
 * carries single frames only: sending a {@link Multipart} of several throws {@link
 * IllegalArgumentException}. The type is a draft: a libzmq without {@link Capability#DRAFT} does not
 * have it.
 *
 * <p><strong>Peers.</strong> Any number of PEER sockets. {@link #connectPeer} tells the routing id of
 * the one that it connects to; the others are known by what they send.
 *
 * <p><strong>Full queue.</strong> A send waits while the peer has no room, and {@code trySend}
 * returns false. A send to a peer that is gone throws {@link UnreachablePeerException}; as long as
 * messages of that peer are still to be received, it counts as one without room instead, so receive
 * while you send, or send with a time-out. A send without a routing id throws {@link
 * IllegalArgumentException}: so do all methods that send a text, an array or a segment.
 *
 * <p>C socket type: {@code ZMQ_PEER}.
 */
public final class PeerSocket extends BaseSocket implements SendingSocket, ReceivingSocket {
    PeerSocket(Context context) {
        super(context, SocketTraits.PEER);
    }

    /**
     * Starts to connect to an endpoint as {@link #connect} does, and returns the routing id of the
     * peer, which can be sent to at once. C function: {@code zmq_connect_peer}.
     *
     * @param endpoint such as {@code tcp://host:5555}
     * @return the routing id, an unsigned number of 32 bits that is not 0
     * @throws IllegalArgumentException as {@link #connect}
     * @throws IllegalStateException as {@link #connect}; or if {@link SocketOption#IMMEDIATE} is set
     * @throws UnsupportedFeatureException as {@link #connect}
     * @throws ZmqException as {@link #connect}
     */
    @CheckReturnValue
    public int connectPeer(String endpoint) {
        Objects.requireNonNull(endpoint, "endpoint");
        core.enter("connect");
        try {
            if (core.getInt(IMMEDIATE) != 0) {
                throw new IllegalStateException(
                        core.name + " has ZMQ_IMMEDIATE: connectPeer needs it off");
            }
            return (int) context().core.endpoints.connectPeer(core, endpoint);
        } finally {
            core.exit();
        }
    }

    /**
     * Returns the routing id of the peer that sent a message, for an answer to it. Returns at once;
     * any thread that owns the message may ask. C function: {@code zmq_msg_routing_id}.
     *
     * @param message a message that a socket of this type received
     * @return the id, an unsigned number of 32 bits; 0 if the message comes from another type
     * @throws WrongThreadException if another thread owns the message
     * @throws IllegalStateException if the message has no content or is closed
     */
    public int routingId(Message message) {
        return PeerProperties.routingId(message);
    }

    /**
     * Gives a message the routing id of the peer that it is for. {@link #send(Message, int)} does
     * this too; batches and an {@link AsyncSocket} need it. It replaces the one that a received
     * message has. Returns at once. C function: {@code zmq_msg_set_routing_id}.
     *
     * @param message a message with content, of this thread
     * @param routingId as {@link #routingId} returned it
     * @throws WrongThreadException if another thread owns the message
     * @throws IllegalStateException if the message has no content or is closed
     * @throws IllegalArgumentException if the id is 0
     */
    public void setRoutingId(Message message, int routingId) {
        PeerProperties.setRoutingId(message, routingId);
    }

    /**
     * Sends a message to a peer, and waits while that has no room. On success the message is left
     * without content; otherwise it is unchanged but for its routing id.
     *
     * @param message a message with content, of this thread
     * @param routingId as {@link #routingId} returned it
     * @return true if it was queued; false only if {@link SocketOption#SNDTIMEO} is set and over
     * @throws UnreachablePeerException if no peer has that id any more
     * @throws IllegalArgumentException if the id is 0
     */
    public boolean send(Message message, int routingId) {
        setRoutingId(message, routingId);
        return send(message);
    }

    /**
     * Sends a message to a peer if that has room, without waiting, see {@link #send(Message, int)}.
     *
     * @param message a message with content, of this thread
     * @param routingId as {@link #routingId} returned it
     * @return true if it was queued; false if there is no room
     * @throws UnreachablePeerException if no peer has that id any more
     * @throws IllegalArgumentException if the id is 0
     */
    @CheckReturnValue
    public boolean trySend(Message message, int routingId) {
        setRoutingId(message, routingId);
        return trySend(message);
    }

    /**
     * Sends a message to a peer, and waits up to a time for room, see {@link #send(Message, int)}.
     *
     * @param message a message with content, of this thread
     * @param routingId as {@link #routingId} returned it
     * @param timeout how long to wait at most; 0 does not wait
     * @return true if it was queued; false if the time is over
     * @throws UnreachablePeerException if no peer has that id any more
     * @throws IllegalArgumentException if the id is 0
     */
    @CheckReturnValue
    public boolean send(Message message, int routingId, Duration timeout) {
        setRoutingId(message, routingId);
        return send(message, timeout);
    }
}
