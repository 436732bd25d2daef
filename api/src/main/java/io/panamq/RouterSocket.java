// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static io.panamq.bindings.calls.Constants.CONNECT_ROUTING_ID;
import static io.panamq.bindings.calls.Constants.EVENTS;
import static io.panamq.bindings.calls.Constants.IMMEDIATE;
import static io.panamq.bindings.calls.Constants.POLLOUT;

import io.panamq.bindings.NativeLibrary;
import io.panamq.bindings.calls.DraftFunctions;
import io.panamq.bindings.calls.DraftSocketCalls;
import io.panamq.error.Errno;
import io.panamq.error.UnreachablePeerException;
import io.panamq.error.UnsupportedFeatureException;
import io.panamq.error.ZmqException;
import io.panamq.internal.option.OptionCodec;
import io.panamq.internal.socket.SocketTraits;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Receives from all its peers, and sends to the peer that it chooses: a server that need not take
 * turns, or the side of a broker that faces the clients. The first frame of each message that it
 * receives or sends is the routing id of the peer.
 *
 * {@snippet class="io.panamq.snippets.RouterSnippets" region="reply"}
 *
 * <p>A broker passes messages on in both directions, all frames, without a copy:
 *
 * {@snippet class="io.panamq.snippets.RouterSnippets" region="forward"}
 *
 * <p>Other envelopes are one line each, too:
 *
 * {@snippet class="io.panamq.snippets.RouterSnippets" region="address"}
 *
 * <p>{@link Multipart#unwrap} takes the envelope off a request, for a reply that comes later:
 *
 * {@snippet class="io.panamq.snippets.RouterSnippets" region="unwrap"}
 *
 * <p><strong>Peers.</strong> REQ, DEALER and ROUTER sockets. A peer chooses its routing id with
 * {@link SocketOption#ROUTING_ID} or {@link SocketOption#ROUTING_ID_TEXT}; otherwise libzmq makes
 * up 5 bytes, of which the first is 0. Keep such an id as bytes or as a {@link Message}: decoded as
 * text it has lost bytes, and sending it throws {@link IllegalArgumentException}.
 *
 * <p><strong>Full queue.</strong> Nothing is dropped, and the two reasons why a message cannot be
 * sent are told apart. A send to a peer that is not there, or no longer, throws {@link
 * UnreachablePeerException}. A send to a peer that has no room waits, {@code trySend} returns
 * false, and a send with a time returns false when that is over. In both cases the message is still
 * the caller's:
 *
 * {@snippet class="io.panamq.snippets.RouterSnippets" region="gone"}
 *
 * <p>So one client that does not read can keep a server waiting: give a send to clients a time, or
 * use {@code trySend}. With {@link SocketOption#ROUTER_MANDATORY} false, which is libzmq's default,
 * messages to both kinds of peers are dropped instead, and nobody is told.
 *
 * <p>A message of one frame has no routing id, and sending it throws {@link
 * IllegalArgumentException}.
 *
 * <p>C socket type: {@code ZMQ_ROUTER}.
 */
public final class RouterSocket extends BaseSocket implements SendingSocket, ReceivingSocket {
    private static final String HAS_ROOM = "hasRoom";
    private static final int LONGEST_ID = 255;

    /** The names in use, each with the endpoint it was given to. */
    private final Map<ByteBuffer, String> namedPeers = new HashMap<>();

    private boolean peersNameThemselves;

    /** libzmq keeps the name of a connection that failed for the next one. */
    private boolean nameWaits;

    RouterSocket(Context context) {
        super(context, SocketTraits.ROUTER);
    }

    /**
     * Connects and names the peer by bytes, so that it can be addressed at once. C option: {@code
     * ZMQ_CONNECT_ROUTING_ID}.
     *
     * <p>libzmq ends the process when a connected peer has that name already, and a peer may choose
     * its own. Therefore a name is for one connection at a time, until {@link #disconnect}, and all
     * named connections come before the first {@link #bind} and before {@link #connect(String)}
     * without a name. If one fails, the next must be a named one too.
     *
     * @param endpoint such as {@code tcp://host:5555}
     * @param routingId 1 to 255 bytes, the first not 0
     * @throws IllegalArgumentException if the id does not have 1 to 255 bytes, or starts with 0
     * @throws IllegalStateException if the socket uses CURVE and has no secret key, if the id is in
     *     use (with another library than the bundled one: was used before), if the socket was bound
     *     or connected without a name before, or if {@link SocketOption#IMMEDIATE} is set
     * @throws ZmqException as {@link #connect(String)}
     */
    public void connect(String endpoint, byte[] routingId) {
        byte[] id = Objects.requireNonNull(routingId, "routingId").clone();
        OptionCodec.checkRoutingId(id);
        Objects.requireNonNull(endpoint, "endpoint");
        core.enter("connect");
        try {
            if (peersNameThemselves) {
                throw new IllegalStateException(
                        core.name
                                + " is bound or connected without a name: make all named"
                                + " connections first, or use another ROUTER for them");
            }
            String other = namedPeers.get(ByteBuffer.wrap(id));
            if (other != null) {
                throw new IllegalStateException(
                        core.name
                                + " uses the routing id "
                                + FrameDump.describe(id)
                                + " for its peer at "
                                + other
                                + (NativeLibrary.isHardened("routing-id")
                                        ? ": disconnect that first, or choose another"
                                        : ": choose another"));
            }
            context().core.endpoints.checkConnect(core, endpoint);
            try (Arena arena = Arena.ofConfined()) {
                if (core.getInt(IMMEDIATE) != 0) {
                    throw new IllegalStateException(
                            core.name + " has ZMQ_IMMEDIATE: named connections need it off");
                }
                namedPeers.put(ByteBuffer.wrap(id), endpoint);
                nameWaits = true;
                OptionCodec.BYTES.write(core, CONNECT_ROUTING_ID, id, arena);
            }
            context().core.endpoints.connect(core, endpoint);
            nameWaits = false;
        } finally {
            core.exit();
        }
    }

    /**
     * Connects and names the peer by a text, see {@link #connect(String, byte[])}.
     *
     * @param endpoint such as {@code tcp://host:5555}
     * @param routingId 1 to 255 bytes in UTF-8
     * @throws IllegalArgumentException if the id does not have 1 to 255 bytes
     * @throws IllegalStateException as {@link #connect(String, byte[])}
     */
    public void connect(String endpoint, String routingId) {
        connect(endpoint, Message.encode(routingId, "routingId"));
    }

    /**
     * {@inheritDoc} The bundled library then gives up the routing ids that {@link #connect(String,
     * byte[])} gave to peers at this endpoint, so that they can be used again.
     *
     * @throws IllegalStateException {@inheritDoc}
     * @throws ZmqException {@inheritDoc}
     */
    @Override
    public void disconnect(String endpoint) {
        super.disconnect(endpoint);
        if (NativeLibrary.isHardened("routing-id")) {
            while (namedPeers.values().remove(endpoint)) {
                // Several names may have been given to peers at one endpoint.
            }
        }
    }

    /**
     * Returns whether a peer has room for a message, so that a send to it would not wait. Returns
     * at once. C function: {@code zmq_socket_get_peer_state}.
     *
     * @param routingId 1 to 255 bytes
     * @return false if its queue is full
     * @throws IllegalArgumentException if the id does not have 1 to 255 bytes
     * @throws UnreachablePeerException EHOSTUNREACH if no peer has this id
     * @throws UnsupportedFeatureException ENOTSUP if the loaded libzmq was built without drafts
     */
    public boolean hasRoom(byte[] routingId) {
        Objects.requireNonNull(routingId, "routingId");
        if (routingId.length == 0 || routingId.length > LONGEST_ID) {
            throw new IllegalArgumentException(
                    "a routing id has 1 to 255 bytes, and this one " + routingId.length);
        }
        core.enter(HAS_ROOM);
        try (Arena arena = Arena.ofConfined()) {
            if (!DraftFunctions.hasSockets()) {
                throw core.failure(-Errno.ENOTSUP.number(), HAS_ROOM, "");
            }
            MemorySegment id = arena.allocate(routingId.length);
            id.copyFrom(MemorySegment.ofArray(routingId));
            int ignored = core.getInt(EVENTS); // takes in what peers have read, and who is gone
            int result = DraftSocketCalls.peerState(core.capture, core.handle, id, id.byteSize());
            if (result < 0) {
                throw core.failure(result, HAS_ROOM, "");
            }
            return (result & POLLOUT) != 0;
        } finally {
            core.exit();
        }
    }

    /**
     * Returns whether a peer has room for a message, see {@link #hasRoom(byte[])}.
     *
     * @param routingId 1 to 255 bytes in UTF-8
     * @return false if its queue is full
     * @throws IllegalArgumentException if the id does not have 1 to 255 bytes
     * @throws UnreachablePeerException EHOSTUNREACH if no peer has this id
     * @throws UnsupportedFeatureException ENOTSUP if the loaded libzmq was built without drafts
     */
    public boolean hasRoom(String routingId) {
        return hasRoom(Message.encode(routingId, "routingId"));
    }

    @Override
    void beforeUnnamedPeers() {
        if (nameWaits) {
            throw new IllegalStateException(
                    core.name
                            + " failed to make a named connection, and libzmq would give the name"
                            + " to the next one: make that a named one too, or use another ROUTER");
        }
        peersNameThemselves = true;
    }
}
