// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Makes ZMTP and WebSocket handshakes and frames, and then spoils them. */
final class Garbage {
    private static final List<String> TYPES =
            List.of(
                    "PAIR",
                    "PUB",
                    "SUB",
                    "XPUB",
                    "XSUB",
                    "REQ",
                    "REP",
                    "DEALER",
                    "ROUTER",
                    "PUSH",
                    "PULL",
                    "CLIENT",
                    "SERVER",
                    "RADIO",
                    "DISH",
                    "",
                    "NONSENSE");
    private static final List<String> COMMANDS =
            List.of("PING", "PONG", "ERROR", "SUBSCRIBE", "CANCEL", "JOIN", "LEAVE", "HELLO", "X");

    private Garbage() {}

    /** Returns the first bytes of a ZMTP client. */
    static byte[] zmtp(Draw draw) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        switch (draw.below(8)) {
            case 0 -> out.writeBytes(draw.bytes(draw.below(300)));
            case 1 -> versionTwo(draw, out);
            case 2 -> versionOne(draw, out);
            default -> versionThree(draw, out);
        }
        return spoil(draw, out.toByteArray());
    }

    private static void versionThree(Draw draw, ByteArrayOutputStream out) {
        signature(out);
        out.write(3);
        out.write(draw.below(3));
        byte[] mechanism = new byte[20];
        String name = draw.oneIn(4) ? draw.of(List.of("PLAIN", "CURVE", "GSSAPI", "?")) : "NULL";
        ByteBuffer.wrap(mechanism).put(name.getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(mechanism);
        out.write(draw.below(2));
        out.writeBytes(new byte[31]);
        if (draw.oneIn(4)) {
            command(out, draw.of(COMMANDS), draw.bytes(draw.below(40)));
        }
        ByteArrayOutputStream properties = new ByteArrayOutputStream();
        property(properties, "Socket-Type", draw.of(TYPES).getBytes(StandardCharsets.US_ASCII));
        property(properties, "Identity", draw.bytes(draw.oneIn(4) ? draw.below(300) : 0));
        property(properties, "X-Any", draw.bytes(draw.below(10)));
        command(out, "READY", properties.toByteArray());
        frames(draw, out);
    }

    private static void signature(ByteArrayOutputStream out) {
        out.write(0xff);
        out.writeBytes(new byte[7]);
        out.write(1);
        out.write(0x7f);
    }

    private static void property(ByteArrayOutputStream out, String name, byte[] value) {
        out.write(name.length());
        out.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(ByteBuffer.allocate(4).putInt(value.length).array());
        out.writeBytes(value);
    }

    private static void command(ByteArrayOutputStream out, String name, byte[] body) {
        boolean large = name.length() + 1 + body.length > 255;
        out.write(large ? 6 : 4);
        length(out, name.length() + 1 + body.length, large);
        out.write(name.length());
        out.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(body);
    }

    private static void length(ByteArrayOutputStream out, long length, boolean large) {
        if (large) {
            out.writeBytes(ByteBuffer.allocate(8).putLong(length).array());
        } else {
            out.write((int) length);
        }
    }

    private static void frames(Draw draw, ByteArrayOutputStream out) {
        for (int i = draw.below(6); i > 0; i--) {
            switch (draw.below(6)) {
                case 0 -> command(out, draw.of(COMMANDS), draw.bytes(draw.below(300)));
                case 1 -> {
                    // These are impossible lengths with nothing behind them.
                    out.write(2 | draw.below(2));
                    length(out, draw.of(List.of(-1L, Long.MAX_VALUE, 1L << 50)), true);
                }
                default -> {
                    byte[] body = draw.bytes(draw.oneIn(4) ? draw.size() : draw.below(20));
                    boolean large = body.length > 255 || draw.oneIn(4);
                    out.write(draw.below(2) | (large ? 2 : 0));
                    length(out, body.length, large);
                    out.writeBytes(body);
                }
            }
        }
    }

    private static void versionTwo(Draw draw, ByteArrayOutputStream out) {
        signature(out);
        out.write(1);
        out.write(draw.below(12));
        frames(draw, out);
    }

    private static void versionOne(Draw draw, ByteArrayOutputStream out) {
        byte[] identity = draw.bytes(draw.below(20));
        out.write(identity.length + 1);
        out.write(0);
        out.writeBytes(identity);
        frames(draw, out);
    }

    static byte[] web(Draw draw) {
        String path = "/" + "p".repeat(draw.oneIn(8) ? draw.below(9_000) : draw.below(3));
        String key = draw.oneIn(4) ? "k".repeat(draw.below(200)) : "dGhlIHNhbXBsZSBub25jZQ==";
        String protocol = draw.of(List.of("ZWS2.0", "ZWS2.0/NULL", "ZWS2.0/CURVE", "none"));
        String request =
                "GET "
                        + path
                        + " HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"
                        + "Connection: Upgrade\r\nSec-WebSocket-Key: "
                        + key
                        + "\r\nSec-WebSocket-Protocol: "
                        + protocol
                        + "\r\nSec-WebSocket-Version: 13\r\n\r\n";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(request.getBytes(StandardCharsets.US_ASCII));
        for (int i = draw.below(5); i > 0; i--) {
            byte[] body = draw.bytes(draw.below(120));
            out.write(draw.oneIn(4) ? draw.below(256) : 0x82);
            out.write((draw.oneIn(8) ? 0 : 0x80) | (draw.oneIn(8) ? 127 : body.length));
            out.writeBytes(new byte[4]);
            out.writeBytes(body);
        }
        return spoil(draw, out.toByteArray());
    }

    /** Changes some bytes or cuts the end, in half of all cases. */
    private static byte[] spoil(Draw draw, byte[] bytes) {
        if (bytes.length == 0 || draw.coin()) {
            return bytes;
        }
        if (draw.coin()) {
            return java.util.Arrays.copyOf(bytes, draw.below(bytes.length));
        }
        for (int i = 1 + draw.below(4); i > 0; i--) {
            bytes[draw.below(bytes.length)] = (byte) draw.any();
        }
        return bytes;
    }
}
