// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.error.UnsupportedFeatureException;
import io.panamq.error.ZmqException;
import java.util.Arrays;
import java.util.Objects;

/**
 * Messages of one frame that libzmq makes when a peer comes or goes. So a server learns from a
 * message that a client has gone, and which one, because it comes with its routing id. A ROUTER,
 * SERVER or PEER can greet and be told of peers that have gone, a DEALER or CLIENT can greet. They
 * are drafts.
 *
 * {@snippet class="io.panamq.snippets.OptionSnippets" region="peers"}
 */
public final class PeerMessages {
    private static final PeerMessages NONE =
            new PeerMessages(new byte[0], new byte[0], new byte[0]);

    private final byte[] hello;
    private final byte[] disconnect;
    private final byte[] hiccup;

    private PeerMessages(byte[] hello, byte[] disconnect, byte[] hiccup) {
        this.hello = hello.clone();
        this.disconnect = disconnect.clone();
        this.hiccup = hiccup.clone();
    }

    /**
     * Returns the value without any message.
     *
     * @return the value to begin with
     */
    public static PeerMessages none() {
        return NONE;
    }

    /**
     * Returns these messages with the one that is sent first to each new peer; {@link
     * SocketOption#HELLO_MSG}.
     *
     * @param content empty for none; it is copied
     * @return a new value
     */
    public PeerMessages withHello(byte[] content) {
        return new PeerMessages(Objects.requireNonNull(content, "content"), disconnect, hiccup);
    }

    /**
     * Returns these messages with the one that is received here from a peer that has gone; {@link
     * SocketOption#DISCONNECT_MSG}, which needs the bundled library.
     *
     * @param content empty for none; it is copied
     * @return a new value
     */
    public PeerMessages withDisconnect(byte[] content) {
        return new PeerMessages(hello, Objects.requireNonNull(content, "content"), hiccup);
    }

    /**
     * Returns these messages with the one that is received here when the peer that the socket has
     * connected to is gone, before it is connected again; {@link SocketOption#HICCUP_MSG}, which
     * came with libzmq 4.3.5.
     *
     * @param content empty for none; it is copied
     * @return a new value
     */
    public PeerMessages withHiccup(byte[] content) {
        return new PeerMessages(hello, disconnect, Objects.requireNonNull(content, "content"));
    }

    /**
     * Sets the messages that are not empty, for connections that are made from now on. Is for the
     * thread that owns the socket, and returns at once. C function: {@code zmq_setsockopt}.
     *
     * @param socket a socket whose type has those options
     * @throws IllegalArgumentException if its type does not have one of them
     * @throws UnsupportedFeatureException ENOTSUP if libzmq was built without drafts, is too old,
     *     or would not survive it
     * @throws ZmqException what else {@link Socket#set} throws
     */
    public void applyTo(Socket socket) {
        Objects.requireNonNull(socket, "socket");
        apply(socket, SocketOption.HELLO_MSG, hello);
        apply(socket, SocketOption.DISCONNECT_MSG, disconnect);
        apply(socket, SocketOption.HICCUP_MSG, hiccup);
    }

    private static void apply(Socket socket, SocketOption.Settable<byte[]> option, byte[] content) {
        if (content.length > 0) {
            socket.set(option, content);
        }
    }

    /** Returns whether the other value has the same three messages. */
    @Override
    public boolean equals(Object other) {
        return other instanceof PeerMessages that
                && Arrays.equals(hello, that.hello)
                && Arrays.equals(disconnect, that.disconnect)
                && Arrays.equals(hiccup, that.hiccup);
    }

    /** Returns a hash code of the three messages. */
    @Override
    public int hashCode() {
        return Arrays.hashCode(
                new int[] {
                    Arrays.hashCode(hello), Arrays.hashCode(disconnect), Arrays.hashCode(hiccup)
                });
    }

    /** Returns the lengths of the messages. */
    @Override
    public String toString() {
        return "PeerMessages[hello "
                + hello.length
                + " B, disconnect "
                + disconnect.length
                + " B, hiccup "
                + hiccup.length
                + " B]";
    }
}
