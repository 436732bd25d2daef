// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The value of the {@code --chunk} option.
 *
 * @param bytes the size in bytes
 */
record ChunkSize(long bytes) {
    static final long MAX = 256L << 20;

    private static final Pattern FORMAT = Pattern.compile("(\\d{1,10})([KM]?)(I?B)?");

    /**
     * Reads a size.
     *
     * @param text a number of bytes, or one followed by {@code K} (1024) or {@code M} (1024 K)
     * @throws TypeConversionException if it is something else, or not between 1 byte and 256M
     */
    static ChunkSize parse(String text) {
        Matcher matcher = FORMAT.matcher(text.toUpperCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new TypeConversionException("'" + text + "' is not a size like 4096, 64K or 1M");
        }
        int shift =
                switch (matcher.group(2)) {
                    case "K" -> 10;
                    case "M" -> 20;
                    default -> 0;
                };
        long bytes = Long.parseLong(matcher.group(1)) << shift;
        if (bytes < 1 || bytes > MAX) {
            throw new TypeConversionException("'" + text + "' is not between 1 and 256M");
        }
        return new ChunkSize(bytes);
    }

    /** Converts the option for picocli. */
    static final class Converter implements ITypeConverter<ChunkSize> {
        @Override
        public ChunkSize convert(String text) {
            return parse(text);
        }
    }
}
