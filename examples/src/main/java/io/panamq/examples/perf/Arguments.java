// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.perf;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converters of arguments whose error messages say what is allowed. */
final class Arguments {
    private static final double MOST_SECONDS = 86_400;

    private Arguments() {}

    private static int parse(String text, int least) {
        int value;
        try {
            value = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            value = least - 1;
        }
        if (value < least) {
            throw new TypeConversionException(
                    "'%s' is not a whole number from %d to %d"
                            .formatted(text, least, Integer.MAX_VALUE));
        }
        return value;
    }

    /** Reads the size of a message, in bytes. */
    static final class Size implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return parse(text, 0);
        }
    }

    /** Reads a number of messages. */
    static final class Count implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return parse(text, 1);
        }
    }

    /** Reads a time in seconds. */
    static final class Seconds implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            double seconds;
            try {
                seconds = Double.parseDouble(text);
            } catch (NumberFormatException e) {
                seconds = Double.NaN;
            }
            // NaN is refused, too, since both comparisons are false for it.
            if (!(seconds >= 0.001 && seconds <= MOST_SECONDS)) {
                throw new TypeConversionException(
                        "'%s' is not a number of seconds from 0.001 to %.0f"
                                .formatted(text, MOST_SECONDS));
            }
            return Duration.ofMillis(Math.round(seconds * 1000));
        }
    }
}
