// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import com.google.errorprone.annotations.CheckReturnValue;
import io.panamq.internal.socket.PeerProperties;
import io.panamq.internal.socket.SocketTraits;
import io.panamq.loop.AsyncSocket;
import java.time.Duration;

/**
 * Publishes messages to groups: each message goes to all DISH sockets that have joined its group.
 * The group is no frame of a message but a property of it. A RADIO is a PUB for many threads, with
 * exact names in the place of prefixes.
 *
 * {@snippet class="io.panamq.snippets.DraftSnippets" region="radio"}
 *
 * <p>A message without a group, such as a text, goes to the group with the empty name. A message
 * that a DISH received keeps its group, so {@code radio.send(message)} passes it on.
 *
 * <p>Thread safe: any number of threads may use the socket at the same time, see {@link Socket}. It
 * carries single frames only: sending a {@link Multipart} of several throws {@link
 * IllegalArgumentException}. The type is a draft: a libzmq without {@link Capability#DRAFT} does
 * not have it.
 *
 * <p><strong>Peers.</strong> Any number of DISH sockets. It also connects to {@code
 * udp://host:port}, or a multicast group such as {@code udp://239.0.0.1:5555}, where every message
 * is sent, whatever its group: each DISH there takes what it has joined. From then on a message,
 * its group and one byte must fit into 65,507 bytes, or sending it throws {@link
 * IllegalArgumentException}. udp needs the bundled library.
 *
 * <p><strong>Full queue.</strong> A message is dropped for the peers that have no room, and {@code
 * send} does not wait.
 *
 * <p>C socket type: {@code ZMQ_RADIO}.
 */
public final class RadioSocket extends BaseSocket implements SendingSocket {
    RadioSocket(Context context) {
        super(context, SocketTraits.RADIO);
    }

    /**
     * Gives a message the group that it is for. {@link #send(String, Message)} does this too;
     * batches and an {@link AsyncSocket} need it. Returns at once. C function: {@code
     * zmq_msg_set_group}.
     *
     * @param message a message with content, of this thread
     * @param group up to 255 bytes in UTF-8, or up to 14 with another library than the bundled one,
     *     which would free a longer name too early
     * @throws WrongThreadException if another thread owns the message
     * @throws IllegalStateException if the message has no content or is closed
     * @throws IllegalArgumentException if the group is too long or has a NUL
     */
    public void setGroup(Message message, String group) {
        PeerProperties.setGroup(message, group);
    }

    /**
     * Sends a message to a group. What a peer has no room for is dropped, so this does not wait. On
     * success the message is left without content; otherwise it is unchanged but for its group.
     *
     * @param group as for {@link #setGroup}
     * @param message a message with content, of this thread
     * @return true if it was queued, or dropped; false only if {@link SocketOption#SNDTIMEO} is set
     *     and over
     */
    public boolean send(String group, Message message) {
        refuseClosed();
        setGroup(message, group);
        return send(message);
    }

    /**
     * Sends a message to a group, without waiting, see {@link #send(String, Message)}.
     *
     * @param group as for {@link #setGroup}
     * @param message a message with content, of this thread
     * @return true if it was queued, or dropped
     */
    @CheckReturnValue
    public boolean trySend(String group, Message message) {
        refuseClosed();
        setGroup(message, group);
        return trySend(message);
    }

    /**
     * Sends a message to a group, and waits up to a time, see {@link #send(String, Message)}.
     *
     * @param group as for {@link #setGroup}
     * @param message a message with content, of this thread
     * @param timeout how long to wait at most; 0 does not wait
     * @return true if it was queued, or dropped; false if the time is over
     */
    @CheckReturnValue
    public boolean send(String group, Message message, Duration timeout) {
        refuseClosed();
        setGroup(message, group);
        return send(message, timeout);
    }

    /** Tells of the end first, and of a bad group afterwards. */
    private void refuseClosed() {
        if (core.isClosed()) {
            throw core.closedWhile("send");
        }
    }
}
