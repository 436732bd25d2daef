// SPDX-License-Identifier: Apache-2.0
package io.panamq.security;

import io.panamq.Multipart;
import io.panamq.Z85;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the requests of ZeroMQ RFC 27 as a ROUTER receives them, and writes the replies. Any socket
 * of the context can send requests, so they may be anything.
 */
final class ZapCodec {
    private static final String VERSION = "1.0";

    /** The frames of a request: the routing id and the empty frame of the envelope come first. */
    private static final int EMPTY = 1;

    private static final int VERSION_AT = 2;
    private static final int REQUEST_ID = 3;
    private static final int DOMAIN = 4;
    private static final int ADDRESS = 5;
    private static final int ROUTING_ID = 6;
    private static final int MECHANISM = 7;
    private static final int CREDENTIALS = 8;

    private static final int KEY_BYTES = 32;

    private ZapCodec() {}

    /** Returns the routing id of the one that asked. */
    static byte[] routingId(Multipart request) {
        return request.getBytes(0);
    }

    /** Returns what the one that asked expects in the reply; nothing if it is missing. */
    static byte[] requestId(Multipart request) {
        return request.size() > REQUEST_ID ? request.getBytes(REQUEST_ID) : new byte[0];
    }

    /** Returns what is wrong with a request, as a reply; null if it can be read. */
    static @Nullable ZapReply check(Multipart request) {
        if (request.size() < CREDENTIALS || request.get(EMPTY).size() != 0) {
            return ZapReply.fail("malformed request");
        }
        if (!request.get(VERSION_AT).contentEquals(VERSION)) {
            return ZapReply.fail("the version of the request is not " + VERSION);
        }
        return null;
    }

    /** Reads a request that {@link #check} accepted; null if its credentials make no sense. */
    static @Nullable ZapRequest read(Multipart request) {
        ZapCredentials credentials = credentials(request);
        return credentials == null
                ? null
                : new ZapRequest(
                        request.getString(DOMAIN),
                        request.getString(ADDRESS),
                        request.getString(ROUTING_ID),
                        credentials);
    }

    private static @Nullable ZapCredentials credentials(Multipart request) {
        int count = request.size() - CREDENTIALS;
        return switch (request.getString(MECHANISM)) {
            case "NULL" -> count == 0 ? new ZapCredentials.Null() : null;
            case "PLAIN" ->
                    count == 2
                            ? new ZapCredentials.Plain(
                                    request.getString(CREDENTIALS),
                                    request.getString(CREDENTIALS + 1))
                            : null;
            case "CURVE" ->
                    count == 1 && request.get(CREDENTIALS).size() == KEY_BYTES
                            ? new ZapCredentials.Curve(Z85.encode(request.getBytes(CREDENTIALS)))
                            : null;
            case "GSSAPI" ->
                    count == 1 ? new ZapCredentials.Gssapi(request.getString(CREDENTIALS)) : null;
            default -> null;
        };
    }

    /** Returns the frames of a reply, for a ROUTER to send. */
    static Multipart write(byte[] routingId, byte[] requestId, ZapReply reply) {
        return Multipart.of(
                routingId,
                new byte[0],
                bytes(VERSION),
                requestId,
                bytes(Integer.toString(reply.status().code())),
                bytes(reply.reason()),
                bytes(reply.userId()),
                metadata(reply.metadata()));
    }

    private static byte[] metadata(Map<String, String> metadata) {
        var out = new ByteArrayOutputStream();
        for (Map.Entry<String, String> each : metadata.entrySet()) {
            byte[] name = bytes(each.getKey());
            byte[] value = bytes(each.getValue());
            out.write(name.length);
            out.writeBytes(name);
            out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value.length).array());
            out.writeBytes(value);
        }
        return out.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
