// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;

/**
 * What an XPUB receives when a subscriber subscribes to a prefix or takes that back. {@link
 * XPubSocket#receiveSubscription()} returns it; an XSUB sends it with {@link XSubSocket#subscribe}
 * and {@link XSubSocket#unsubscribe}.
 *
 * <p>On the wire it is a frame with one byte, 1 for subscribe or 0 for unsubscribe, and then the
 * prefix, which may be empty, be of any length and have any bytes.
 *
 * @param subscribes true for a subscription, false for one that is taken back
 * @param topic the prefix; the array itself and no copy, which nobody else has after a receive
 */
@SuppressWarnings("ArrayRecordComponent") // compares the bytes
public record Subscription(boolean subscribes, byte[] topic) {
    /** The first byte of a frame that takes a subscription back. */
    static final byte UNSUBSCRIBE = 0;

    /** The first byte of a frame that subscribes. */
    static final byte SUBSCRIBE = 1;

    /**
     * Makes a subscription to be compared with others.
     *
     * @param subscribes true for a subscription, false for one that is taken back
     * @param topic the prefix, which is not copied
     */
    public Subscription {
        Objects.requireNonNull(topic, "topic");
    }

    /**
     * Reads a frame that an XPUB received, and copies its prefix.
     *
     * @param message a message with content, which stays the caller's
     * @return the subscription; empty if it is a message of another kind, which an XSUB may send: a
     *     frame of several, or one that starts with another byte
     * @throws IllegalStateException if the message has no content or is closed
     */
    public static Optional<Subscription> of(Message message) {
        Objects.requireNonNull(message, "message");
        if (message.size() == 0 || message.more()) {
            return Optional.empty();
        }
        byte first = message.getByte(0);
        if (first != SUBSCRIBE && first != UNSUBSCRIBE) {
            return Optional.empty();
        }
        byte[] frame = message.getBytes();
        byte[] topic = Arrays.copyOfRange(frame, 1, frame.length);
        return Optional.of(new Subscription(first == SUBSCRIBE, topic));
    }

    /** Returns the frame that an XSUB sends for it. */
    static byte[] frame(byte kind, byte[] topic) {
        byte[] frame = new byte[topic.length + 1];
        frame[0] = kind;
        System.arraycopy(topic, 0, frame, 1, topic.length);
        return frame;
    }

    /**
     * Returns the prefix as text.
     *
     * @return decoded from UTF-8, malformed input replaced: a prefix that is no text has lost bytes
     */
    public String topicText() {
        return new String(topic, StandardCharsets.UTF_8);
    }

    /** Returns whether the other is the same kind of subscription to the same bytes. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Subscription that
                && subscribes == that.subscribes
                && Arrays.equals(topic, that.topic);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(topic) + Boolean.hashCode(subscribes);
    }

    /** Returns the kind and the prefix, in hexadecimal if it has control characters. */
    @Override
    public String toString() {
        return "Subscription[" + (subscribes ? "subscribe " : "unsubscribe ") + shown() + "]";
    }

    private String shown() {
        for (byte each : topic) {
            if (each >= 0 && each < ' ') {
                return "0x" + HexFormat.of().formatHex(topic);
            }
        }
        return "'" + topicText() + "'";
    }
}
