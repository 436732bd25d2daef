// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.option;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.panamq.internal.socket.SocketCore;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** How a value of one Java type travels as a socket option. */
public abstract class OptionCodec<T> {
    /** The longest text or id that an option holds is an endpoint. */
    private static final int ROOM = 4096;

    /** No limit of time: libzmq's -1. */
    public static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

    public static final OptionCodec<Integer> INT =
            new IntCodec(Integer.MIN_VALUE, Integer.MAX_VALUE);
    public static final OptionCodec<Boolean> BOOL = new BoolCodec();
    public static final OptionCodec<Long> LONG = new LongCodec();
    public static final DurationCodec MILLIS = durations(1);
    public static final OptionCodec<byte[]> BYTES = new BytesCodec();
    public static final OptionCodec<String> STRING = new StringCodec();
    public static final OptionCodec<byte[]> ROUTING_ID = new RoutingIdCodec();

    public abstract MemorySegment encode(T value, Arena arena);

    public abstract T decode(MemorySegment value);

    /** How many bytes to offer when reading. */
    public int room() {
        return ROOM;
    }

    public void check(String option, T value) {}

    public static OptionCodec<Integer> ints(int least, int most) {
        return new IntCodec(least, most);
    }

    /** Durations, stored as a number of units of so many milliseconds; -1 is forever. */
    public static DurationCodec durations(int unitMillis) {
        return new DurationCodec(unitMillis);
    }

    public static void checkRoutingId(byte[] id) {
        if (id.length == 0 || id.length > 255 || id[0] == 0) {
            throw new IllegalArgumentException(
                    "a routing id has 1 to 255 bytes and does not start with 0 (those are libzmq's"
                            + " own); this one has "
                            + id.length);
        }
    }

    // ---- calls, between enter and exit

    public T read(SocketCore core, int option, Arena arena) {
        return decode(core.getOption(option, room(), arena));
    }

    public void write(SocketCore core, int option, T value, Arena arena) {
        core.setOption(option, encode(value, arena));
    }

    /** Copied: the first value that a program writes through a layout costs it 20 ms. */
    private static MemorySegment ofInt(int value, Arena arena) {
        MemorySegment encoded = arena.allocate(JAVA_INT);
        MemorySegment.copy(new int[] {value}, 0, encoded, JAVA_INT, 0, 1);
        return encoded;
    }

    // ---- the types

    private static final class IntCodec extends OptionCodec<Integer> {
        private final int least;
        private final int most;

        IntCodec(int least, int most) {
            this.least = least;
            this.most = most;
        }

        @Override
        public void check(String option, Integer value) {
            if (value < least || value > most) {
                throw new IllegalArgumentException(
                        option + " is " + value + ", not in " + least + " to " + most);
            }
        }

        @Override
        public MemorySegment encode(Integer value, Arena arena) {
            return ofInt(value, arena);
        }

        @Override
        public Integer decode(MemorySegment value) {
            return value.get(JAVA_INT, 0);
        }

        @Override
        public int room() {
            return Integer.BYTES;
        }
    }

    private static final class BoolCodec extends OptionCodec<Boolean> {
        @Override
        public MemorySegment encode(Boolean value, Arena arena) {
            return ofInt(value ? 1 : 0, arena);
        }

        @Override
        public Boolean decode(MemorySegment value) {
            return value.get(JAVA_INT, 0) != 0;
        }

        @Override
        public int room() {
            return Integer.BYTES;
        }
    }

    private static final class LongCodec extends OptionCodec<Long> {
        @Override
        public MemorySegment encode(Long value, Arena arena) {
            return arena.allocateFrom(JAVA_LONG, value);
        }

        @Override
        public Long decode(MemorySegment value) {
            return value.get(JAVA_LONG, 0);
        }

        @Override
        public int room() {
            return Long.BYTES;
        }
    }

    /** A number of time units as a Duration. */
    public static final class DurationCodec extends OptionCodec<Duration> {
        private final int unitMillis;
        private final int least;
        private final int most;

        private DurationCodec(int unitMillis) {
            this(unitMillis, -1, Integer.MAX_VALUE);
        }

        private DurationCodec(int unitMillis, int least, int most) {
            this.unitMillis = unitMillis;
            this.least = least;
            this.most = most;
        }

        public DurationCodec between(int leastUnits, int mostUnits) {
            return new DurationCodec(unitMillis, leastUnits, mostUnits);
        }

        @Override
        public void check(String option, Duration value) {
            // What is far below 0 has no number of milliseconds.
            if (value.isNegative() || units(value) < least || units(value) > most) {
                throw new IllegalArgumentException(
                        option
                                + " is "
                                + value
                                + (value.isNegative()
                                        ? ", negative: for ever is SocketOption.FOREVER"
                                        : ", out of range"));
            }
        }

        /** Returns the number that libzmq gets. */
        public int toInt(Duration value) {
            return (int) units(value);
        }

        @Override
        public MemorySegment encode(Duration value, Arena arena) {
            return ofInt(toInt(value), arena);
        }

        /** Rounded up, so that a short time does not become none. */
        private long units(Duration value) {
            if (value.equals(FOREVER)) {
                return -1;
            }
            long millis = value.toSeconds() > 1L << 40 ? Long.MAX_VALUE / 2 : ceilMillis(value);
            return (millis + unitMillis - 1) / unitMillis;
        }

        private static long ceilMillis(Duration value) {
            return value.plusNanos(999_999).toMillis();
        }

        @Override
        public Duration decode(MemorySegment value) {
            int units = value.get(JAVA_INT, 0);
            return units < 0 ? FOREVER : Duration.ofMillis((long) units * unitMillis);
        }

        @Override
        public int room() {
            return Integer.BYTES;
        }
    }

    private static class BytesCodec extends OptionCodec<byte[]> {
        @Override
        public MemorySegment encode(byte[] value, Arena arena) {
            // Never a null pointer, not even for no bytes: libzmq would abort.
            MemorySegment room = arena.allocate(value.length + 1L);
            MemorySegment.copy(value, 0, room, JAVA_BYTE, 0, value.length);
            return room.asSlice(0, value.length);
        }

        @Override
        public byte[] decode(MemorySegment value) {
            return value.toArray(JAVA_BYTE);
        }
    }

    private static final class StringCodec extends OptionCodec<String> {
        @Override
        public void check(String option, String value) {
            if (value.isEmpty() || value.indexOf('\0') >= 0) {
                throw new IllegalArgumentException(option + " is empty or has a NUL character");
            }
        }

        @Override
        public MemorySegment encode(String value, Arena arena) {
            // The length without the terminator, which stays there for those who look for it.
            MemorySegment text = arena.allocateFrom(value);
            return text.asSlice(0, text.byteSize() - 1);
        }

        @Override
        public String decode(MemorySegment value) {
            byte[] bytes = value.toArray(JAVA_BYTE);
            int length = bytes.length;
            while (length > 0 && bytes[length - 1] == 0) {
                length--;
            }
            return new String(bytes, 0, length, StandardCharsets.UTF_8);
        }
    }

    private static final class RoutingIdCodec extends BytesCodec {
        @Override
        public void check(String option, byte[] value) {
            checkRoutingId(value);
        }
    }
}
