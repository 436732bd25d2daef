// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings.calls;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The draft functions for sockets and their messages; {@link DraftFunctions#hasSockets} must be
 * true. Nothing is checked.
 */
public final class DraftSocketCalls {
    private static final MethodHandle JOIN = Downcalls.capturing("zmq_join", Shapes.I_PP);
    private static final MethodHandle LEAVE = Downcalls.capturing("zmq_leave", Shapes.I_PP);
    private static final MethodHandle CONNECT_PEER =
            Downcalls.capturing("zmq_connect_peer", Shapes.I_PP);
    private static final MethodHandle PEER_STATE =
            Downcalls.capturing("zmq_socket_get_peer_state", Shapes.I_PPJ);
    private static final MethodHandle SET_ROUTING_ID =
            Downcalls.leaf("zmq_msg_set_routing_id", Shapes.I_PI);
    private static final MethodHandle ROUTING_ID = Downcalls.leaf("zmq_msg_routing_id", Shapes.I_P);
    private static final MethodHandle SET_GROUP = Downcalls.plain("zmq_msg_set_group", Shapes.I_PP);
    private static final MethodHandle GROUP = Downcalls.plain("zmq_msg_group", Shapes.P_P);

    private DraftSocketCalls() {}

    /**
     * {@code zmq_join}.
     *
     * @param capture receives errno
     * @param socket an open DISH socket
     * @param group a C string, never null
     * @return 0 or more, or the negated error number
     */
    public static int join(MemorySegment capture, MemorySegment socket, MemorySegment group) {
        try {
            int result = (int) JOIN.invokeExact(capture, socket, group);
            return result >= 0 ? result : Downcalls.failure(capture);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@code zmq_leave}.
     *
     * @param capture receives errno
     * @param socket an open DISH socket
     * @param group a C string, never null
     * @return 0 or more, or the negated error number
     */
    public static int leave(MemorySegment capture, MemorySegment socket, MemorySegment group) {
        try {
            int result = (int) LEAVE.invokeExact(capture, socket, group);
            return result >= 0 ? result : Downcalls.failure(capture);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@code zmq_connect_peer}.
     *
     * @param capture receives errno
     * @param socket an open PEER socket
     * @param endpoint a C string, never null
     * @return the routing id, 1 to 2<sup>32</sup>-1, or the negated error number
     */
    public static long connectPeer(
            MemorySegment capture, MemorySegment socket, MemorySegment endpoint) {
        try {
            int id = (int) CONNECT_PEER.invokeExact(capture, socket, endpoint);
            return id != 0 ? Integer.toUnsignedLong(id) : Downcalls.failure(capture);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@code zmq_socket_get_peer_state}.
     *
     * @param capture receives errno
     * @param socket an open ROUTER socket
     * @param routingId memory of at least that size
     * @param size in bytes
     * @return 0 or {@code ZMQ_POLLOUT}, or the negated error number
     */
    public static int peerState(
            MemorySegment capture, MemorySegment socket, MemorySegment routingId, long size) {
        try {
            int result = (int) PEER_STATE.invokeExact(capture, socket, routingId, size);
            return result >= 0 ? result : Downcalls.failure(capture);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@code zmq_msg_set_routing_id}.
     *
     * @param message an initialised {@code zmq_msg_t}
     * @param routingId not 0
     */
    public static void setRoutingId(MemorySegment message, int routingId) {
        try {
            int ignored = (int) SET_ROUTING_ID.invokeExact(message, routingId);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@code zmq_msg_routing_id}.
     *
     * @param message an initialised {@code zmq_msg_t}
     * @return the routing id, or 0 if the message has none
     */
    public static int routingId(MemorySegment message) {
        try {
            return (int) ROUTING_ID.invokeExact(message);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@code zmq_msg_set_group}.
     *
     * @param message an initialised {@code zmq_msg_t} whose group has 14 bytes at most
     * @param group a C string of 255 bytes at most, never null
     */
    public static void setGroup(MemorySegment message, MemorySegment group) {
        try {
            int ignored = (int) SET_GROUP.invokeExact(message, group);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@code zmq_msg_group}.
     *
     * @param message an initialised {@code zmq_msg_t}
     * @return a C string that the message owns, empty if it has no group
     */
    public static MemorySegment group(MemorySegment message) {
        try {
            return (MemorySegment) GROUP.invokeExact(message);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }
}
