// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.util.Objects;

/** What a STREAM receives of one of its connections, see {@link StreamSocket#receiveEvent()}. */
public sealed interface StreamEvent {
    /**
     * Returns the connection.
     *
     * @return its name, which is the same in all events of the connection
     */
    StreamPeer peer();

    /**
     * A connection was made, by this side or by the other.
     *
     * @param peer the connection
     * @param address the IP address of the other side, without a port; empty if it is not known
     */
    record Connected(StreamPeer peer, String address) implements StreamEvent {
        /**
         * Makes the event. A STREAM does this; programs do in tests.
         *
         * @param peer the connection
         * @param address the IP address of the other side, empty if it is not known
         */
        public Connected {
            Objects.requireNonNull(peer, "peer");
            Objects.requireNonNull(address, "address");
        }
    }

    /**
     * The other side has closed the connection, or it broke. No event of it follows, and sending to
     * it fails.
     *
     * @param peer the connection
     */
    record Disconnected(StreamPeer peer) implements StreamEvent {
        /**
         * Makes the event. A STREAM does this; programs do in tests.
         *
         * @param peer the connection
         */
        public Disconnected {
            Objects.requireNonNull(peer, "peer");
        }
    }

    /**
     * Bytes have arrived: what the network brought at once, at most a batch, and no unit of the
     * peer's. Close it to free the content.
     *
     * @param peer the connection
     * @param content the bytes, at least one; the message belongs to whoever has the event
     */
    record Data(StreamPeer peer, Message content) implements StreamEvent, AutoCloseable {
        /**
         * Makes the event. A STREAM does this; programs do in tests.
         *
         * @param peer the connection
         * @param content the bytes, which the event closes
         */
        public Data {
            Objects.requireNonNull(peer, "peer");
            Objects.requireNonNull(content, "content");
        }

        /** Closes the content; does nothing if that was closed or sent before. */
        @Override
        public void close() {
            content.close();
        }
    }
}
