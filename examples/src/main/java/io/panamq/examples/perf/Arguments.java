// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.perf;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Readers of arguments that say what they want instead. */
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

    /** The size of a message. */
    static final class Size implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return parse(text, 0);
        }
    }

    /** How many messages. */
    static final class Count implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return parse(text, 1);
        }
    }

    /** A time in seconds. */
    static final class Seconds implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            double seconds;
            try {
                seconds = Double.parseDouble(text);
            } catch (NumberFormatException e) {
                seconds = Double.NaN;
            }
            // Not the other way round, which NaN would pass.
            if (!(seconds >= 0.001 && seconds <= MOST_SECONDS)) {
                throw new TypeConversionException(
                        "'%s' is not a number of seconds from 0.001 to %.0f"
                                .formatted(text, MOST_SECONDS));
            }
            return Duration.ofMillis(Math.round(seconds * 1000));
        }
    }
}
