// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.bindings.calls.DraftSocketCalls;
import io.panamq.error.Errno;
import io.panamq.error.ZmqException;
import io.panamq.internal.socket.PeerProperties;
import io.panamq.internal.socket.SocketTraits;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * Receives the messages of the groups that it has joined. Before it has joined one it receives
 * nothing. A DISH is a SUB for many threads, with exact names in the place of prefixes.
 *
 * {@snippet class="io.panamq.snippets.DraftSnippets" region="dish"}
 *
 * <p>Thread safe: any number of threads may use the socket at the same time, see {@link Socket}. It
 * carries single frames only: sending a {@link Multipart} of several throws {@link
 * IllegalArgumentException}. The type is a draft: a libzmq without {@link Capability#DRAFT} does
 * not have it.
 *
 * <p><strong>Peers.</strong> Any number of RADIO sockets; it receives from them in turn. It also
 * binds to {@code udp://address:port}, with a number for the port, or to a multicast group such as
 * {@code udp://239.0.0.1:5555}, from which it cannot unbind. udp needs the bundled library.
 *
 * <p><strong>Full queue.</strong> When the queue has reached {@link SocketOption#RCVHWM} it takes
 * nothing from the network, and then the publisher drops what it has no room for.
 *
 * <p>C socket type: {@code ZMQ_DISH}.
 */
public final class DishSocket extends BaseSocket implements ReceivingSocket {
    DishSocket(Context context) {
        super(context, SocketTraits.DISH);
    }

    /**
     * Joins a group. Returns at once; publishers learn of it a little later. C function: {@code
     * zmq_join}.
     *
     * @param group up to 255 bytes in UTF-8, or up to 14 with another library than the bundled one,
     *     which would free a longer name too early; exactly the name that messages are sent to
     * @throws IllegalArgumentException if the group is too long or has a NUL
     * @throws ZmqException EINVAL if it has joined that group already
     */
    public void join(String group) {
        Objects.requireNonNull(group, "group");
        core.enter("join");
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = PeerProperties.cString(group, arena);
            throwIfFailed("join", group, DraftSocketCalls.join(core.capture, core.handle, name));
        } finally {
            core.exit();
        }
    }

    /**
     * Leaves a group. Returns at once. C function: {@code zmq_leave}.
     *
     * @param group as it was joined
     * @throws IllegalArgumentException if the group is too long or has a NUL
     * @throws ZmqException EINVAL if it has not joined that group
     */
    public void leave(String group) {
        Objects.requireNonNull(group, "group");
        core.enter("leave");
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = PeerProperties.cString(group, arena);
            throwIfFailed("leave", group, DraftSocketCalls.leave(core.capture, core.handle, name));
        } finally {
            core.exit();
        }
    }

    private void throwIfFailed(String operation, String group, int result) {
        if (result == -Errno.EINVAL.number()) {
            String state = operation.equals("join") ? "joined" : "not joined";
            String what = operation + " on " + core.name + " failed: EINVAL, it has ";
            String text = what + state + " the group '" + group + "'";
            throw new ZmqException(Errno.EINVAL.number(), operation, "", text);
        }
        if (result < 0) {
            throw core.failure(result, operation, "");
        }
    }

    /**
     * Returns the group that a message was sent to. Returns at once; any thread that owns the
     * message may ask. C function: {@code zmq_msg_group}.
     *
     * @param message a message that a DISH received
     * @return the group; empty if the message has none
     * @throws WrongThreadException if another thread owns the message
     * @throws IllegalStateException if the message has no content or is closed
     */
    public String group(Message message) {
        return PeerProperties.group(message);
    }
}
