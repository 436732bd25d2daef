// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * Counts files a second time to check the pipeline: one thread reads each file from start to end
 * with ordinary reads and counts byte after byte. On purpose it shares no counting, no joining and
 * no mapping with the pipeline, only the classification of a character.
 */
final class PlainPass {
    private static final int BUFFER = 1 << 20;

    private final WordRule rule;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private final CRC32C wholeCrc = new CRC32C();

    private long lines;
    private long words;
    private long bytes;
    private boolean inWord;
    private int codePoint;
    private int smallest;
    private int missing;

    PlainPass(WordRule rule) {
        this.rule = rule;
    }

    /** Counts one file. */
    FileTotal count(Path file) throws IOException {
        lines = 0;
        words = 0;
        bytes = 0;
        inWord = false;
        missing = 0;
        CRC32C crc = new CRC32C();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (channel.read(buffer.clear()) >= 0) {
                crc.update(buffer.flip());
                wholeCrc.update(buffer.rewind());
                bytes += buffer.limit();
                read(buffer.array(), buffer.limit());
            }
        }
        return new FileTotal(file, lines, words, bytes, (int) crc.getValue());
    }

    /** Returns the CRC-32C of all files so far, one after the other. */
    int wholeCrc() {
        return (int) wholeCrc.getValue();
    }

    private void read(byte[] data, int length) {
        for (int i = 0; i < length; i++) {
            int b = data[i];
            if (b > ' ' && b < 0x7F && inWord) {
                missing = 0; // by far the most frequent case: the word continues
            } else if (b >= 0) {
                missing = 0;
                lines += b == '\n' ? 1 : 0;
                character(WordRule.classifyAscii(b));
            } else if (rule == WordRule.UTF_8) {
                readMultiByte(b & 0xFF);
            }
        }
    }

    private void readMultiByte(int b) {
        if (b >= 0xC0) {
            missing = b < 0xC2 || b > 0xF4 ? 0 : b < 0xE0 ? 1 : b < 0xF0 ? 2 : 3;
            codePoint = b & (0x3F >>> missing);
            smallest = missing == 1 ? 0x80 : missing == 2 ? 0x800 : 0x10000;
        } else if (missing > 0) {
            codePoint = (codePoint << 6) | (b & 0x3F);
            missing--;
            if (missing == 0 && codePoint >= smallest && codePoint <= 0x10FFFF) {
                character(WordRule.classify(codePoint));
            }
        }
    }

    private void character(int kind) {
        if (kind == WordRule.SEPARATOR) {
            inWord = false;
        } else if (kind == WordRule.PRINTABLE && !inWord) {
            inWord = true;
            words++;
        }
    }
}
