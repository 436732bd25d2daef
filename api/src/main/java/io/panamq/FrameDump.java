// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Writes frames for people: see {@link Multipart#dump}. */
final class FrameDump {
    private static final int SHOWN = 256;

    private FrameDump() {}

    static void append(StringBuilder text, Message frame) {
        long size = frame.size();
        text.append('[').append(size).append("] ").append(describe(frame.firstBytes(SHOWN)));
        text.append(size > SHOWN ? "...\n" : "\n");
    }

    /** Returns the content as text if it is text, or else in hexadecimal digits. */
    static String describe(byte[] content) {
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
            if (text.chars().noneMatch(Character::isISOControl)) {
                return text;
            }
        } catch (CharacterCodingException e) {
            // It is no text, or was cut within a character.
        }
        return "0x" + HexFormat.of().formatHex(content);
    }
}
