// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Makes texts that are hard to count, and runs the real {@code wc} on them. */
final class Texts {
    /** Words, spaces of one to three bytes, characters of up to four, and invalid bytes. */
    private static final String[] ATOMS = {
        "a",
        "word",
        " ",
        "  ",
        "\n",
        "\t",
        "\r\n",
        "\f",
        "\u000b",
        "\u00e9",
        "na\u00efve",
        "\u65e5\u672c\u8a9e",
        "\ud83d\ude00",
        "\u00a0",
        "\u2003",
        "\u3000",
        "\u2007",
        "\u202f",
        "\u2060",
        "\u0085",
        "\u2028",
        "\u200b",
        "\u0301",
        "\u0001",
        "\u007f",
        "\u0000",
        "\ufeff",
    };

    private Texts() {}

    /** Returns a random mix of these pieces, with broken characters in between. */
    static byte[] mixed(Random random, int atoms) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < atoms; i++) {
            byte[] atom = ATOMS[random.nextInt(ATOMS.length)].getBytes(UTF_8);
            // Some pieces are only a part of a character, or a stray byte.
            int length = random.nextInt(12) == 0 ? random.nextInt(atom.length + 1) : atom.length;
            out.write(atom, 0, length);
            if (random.nextInt(20) == 0) {
                out.write(random.nextInt(256));
            }
        }
        return out.toByteArray();
    }

    /** Returns the numbers of {@code wc -l -w -c}, or null where there is no GNU wc. */
    static long[] wc(Path file, WordRule rule) {
        try {
            ProcessBuilder builder = new ProcessBuilder("wc", "-l", "-w", "-c");
            builder.redirectInput(file.toFile()).redirectErrorStream(true);
            builder.environment().put("LC_ALL", rule == WordRule.UTF_8 ? "C.UTF-8" : "C");
            Process process = builder.start();
            String text = new String(process.getInputStream().readAllBytes(), UTF_8).trim();
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException("wc failed: " + text);
            }
            String[] numbers = text.split("\\s+", -1);
            return new long[] {
                Long.parseLong(numbers[0]), Long.parseLong(numbers[1]), Long.parseLong(numbers[2])
            };
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether the {@code wc} here follows the rules of {@link WordRule}. */
    static boolean hasMatchingWc(Path directory) {
        try {
            Path probe = Files.write(directory.resolve("probe"), new byte[] {1, '\n'});
            long[] ascii = wc(probe, WordRule.BYTES);
            Files.writeString(probe, "\u65e5\u2003\u672c");
            long[] wide = wc(probe, WordRule.UTF_8);
            // From coreutils 9.5 on, words without a printable character count; BSD differs, too.
            return ascii != null && ascii[1] == 0 && wide[1] == 2;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
