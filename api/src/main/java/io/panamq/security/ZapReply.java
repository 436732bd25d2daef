// SPDX-License-Identifier: Apache-2.0
package io.panamq.security;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The answer to a {@link ZapRequest}: whether a peer may connect, and what its messages tell about
 * it.
 *
 * @param status the decision
 * @param reason for the log; the peer is not told
 * @param userId what {@code message.metadata("User-Id")} returns for each message of the peer; may
 *     be empty, has no NUL, and 255 bytes of UTF-8 at most
 * @param metadata what {@link io.panamq.Message#metadata} returns beside the user id, for the names
 *     of this map
 */
public record ZapReply(Status status, String reason, String userId, Map<String, String> metadata) {
    private static final int MOST_BYTES = 255;

    /** What libzmq itself keeps under these names would be lost, or changed. */
    private static final Set<String> RESERVED =
            Set.of(
                    "User-Id",
                    "Identity",
                    "Routing-Id",
                    "Socket-Type",
                    "Peer-Address",
                    "Resource",
                    "__fd");

    /** The decision about a peer. */
    public enum Status {
        /** The peer may connect: 200. */
        ACCEPTED(200),
        /** The connection is closed without a word, so that the peer may try again later: 300. */
        TRY_LATER(300),
        /** The peer is refused: 400. */
        REFUSED(400),
        /** The authenticator could not decide, and the peer is refused: 500. */
        FAILED(500);

        private final int code;

        Status(int code) {
            this.code = code;
        }

        /**
         * Returns the number of the status in ZeroMQ RFC 27.
         *
         * @return 200, 300, 400 or 500
         */
        public int code() {
            return code;
        }
    }

    /**
     * Makes a reply.
     *
     * @param status the decision
     * @param reason for the log
     * @param userId the user id of the messages of the peer, or empty
     * @param metadata further metadata of them
     * @throws IllegalArgumentException if the user id or a value has a NUL, or the user id or a
     *     name is too long; or if a name is empty, is one of libzmq's own such as {@code
     *     Socket-Type}, or has characters other than letters and digits of ASCII and {@code -_.+}
     */
    public ZapReply {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(userId, "userId");
        if (length(userId) > MOST_BYTES || userId.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "the user id has a NUL, or more than " + MOST_BYTES + " bytes");
        }
        metadata = Map.copyOf(Objects.requireNonNull(metadata, "metadata"));
        metadata.forEach(ZapReply::check);
    }

    private static void check(String name, String value) {
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "a peer cannot have metadata of the name '" + name + "'");
        }
        if (value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("the metadata " + name + " has a NUL");
        }
    }

    /** Returns whether a peer can have metadata of this name. */
    static boolean isName(String name) {
        return name.matches("[A-Za-z0-9._+-]{1,255}") && !RESERVED.contains(name);
    }

    private static int length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /**
     * Returns the reply that lets a peer in.
     *
     * @param userId what {@code message.metadata("User-Id")} returns for its messages, or empty
     * @return the reply
     * @throws IllegalArgumentException if the user id has a NUL, or more than 255 bytes of UTF-8
     */
    public static ZapReply accept(String userId) {
        return new ZapReply(Status.ACCEPTED, "", userId, Map.of());
    }

    /**
     * Returns the reply that refuses a peer.
     *
     * @param reason for the log; the peer is not told
     * @return the reply
     */
    public static ZapReply refuse(String reason) {
        return new ZapReply(Status.REFUSED, reason, "", Map.of());
    }

    /**
     * Returns the reply that closes the connection, so that the peer may try again later.
     *
     * @param reason for the log; the peer is not told
     * @return the reply
     */
    public static ZapReply tryLater(String reason) {
        return new ZapReply(Status.TRY_LATER, reason, "", Map.of());
    }

    static ZapReply fail(String reason) {
        return new ZapReply(Status.FAILED, reason, "", Map.of());
    }

    /**
     * Returns this reply with one more piece of metadata.
     *
     * @param name 1 to 255 letters, digits and {@code -_.+}, and not a name of libzmq's own
     * @param value what {@link io.panamq.Message#metadata} returns for the name
     * @return the reply
     * @throws IllegalArgumentException if the name is not such a one, or the value has a NUL
     */
    public ZapReply with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(metadata);
        more.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
        return new ZapReply(status, reason, userId, more);
    }
}
