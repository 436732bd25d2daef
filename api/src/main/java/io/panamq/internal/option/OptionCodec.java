// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.option;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.panamq.bindings.calls.NativeMemory;
import io.panamq.internal.socket.SocketCore;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** Encodes and decodes the values of one Java type as socket options. */
public abstract class OptionCodec<T> {
    /** The bytes for a text or an id; the longest is an endpoint. */
    private static final int TEXT_ROOM = 4096;

    private static final int MAX_TEXT = TEXT_ROOM - 1;
    private static final int MAX_PEM = 1 << 20;

    /** A time without a limit: libzmq's -1. */
    public static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

    public static final OptionCodec<Integer> INT =
            new IntCodec(Integer.MIN_VALUE, Integer.MAX_VALUE);
    public static final OptionCodec<Boolean> BOOL = new BoolCodec();
    public static final OptionCodec<Long> LONG = new LongCodec();
    public static final DurationCodec MILLIS = durations(1);
    public static final OptionCodec<byte[]> BYTES = new BytesCodec();
    public static final OptionCodec<String> STRING = text(1, MAX_TEXT);
    public static final OptionCodec<String> PEM = text(1, MAX_PEM);
    public static final OptionCodec<String> METADATA = new MetadataCodec();
    public static final OptionCodec<byte[]> ROUTING_ID = new RoutingIdCodec();
    public static final OptionCodec<String> ROUTING_ID_TEXT = new RoutingIdTextCodec();

    private final int room;

    /** Creates a codec for values that have up to {@code room} bytes. */
    protected OptionCodec(int room) {
        this.room = room;
    }

    /** Returns the bytes that libzmq gets. */
    public abstract MemorySegment encode(T value, Arena arena);

    /** Returns the value of the bytes that libzmq gave. */
    public abstract T decode(MemorySegment value);

    /** Throws if the value is not one that an option may have. */
    public void check(String option, T value) {}

    /** Makes a codec for numbers from {@code least} to {@code most}. */
    public static OptionCodec<Integer> ints(int least, int most) {
        return new IntCodec(least, most);
    }

    /** Makes a codec for durations that libzmq counts in units; -1 is {@link #FOREVER}. */
    public static DurationCodec durations(int unitMillis) {
        return new DurationCodec(unitMillis, -1, Integer.MAX_VALUE);
    }

    /** Makes a codec for texts of so many bytes in UTF-8; with 0 a text can be emptied again. */
    public static OptionCodec<String> text(int least, int most) {
        return new StringCodec(least, most);
    }

    /** Throws unless users may choose this routing id. */
    public static void checkRoutingId(byte[] id) {
        if (id.length == 0 || id.length > 255 || id[0] == 0) {
            throw new IllegalArgumentException(
                    "a routing id has 1 to 255 bytes and does not start with 0 (those are libzmq's"
                            + " own); this one has "
                            + id.length);
        }
    }

    /** Reads an option from libzmq. The calling thread must have entered the socket. */
    public T read(SocketCore core, int option, Arena arena) {
        return decode(core.getOption(option, room, arena));
    }

    /** Sets an option in libzmq. The calling thread must have entered the socket. */
    public void write(SocketCore core, int option, T value, Arena arena) {
        MemorySegment encoded = encode(value, arena);
        try {
            core.setOption(option, encoded);
        } finally {
            encoded.fill((byte) 0); // keys and passwords would stay in free memory
        }
    }

    // ---- the types

    private static final class IntCodec extends OptionCodec<Integer> {
        private final int least;
        private final int most;

        IntCodec(int least, int most) {
            super(Integer.BYTES);
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
            return NativeMemory.cInt(value, arena);
        }

        @Override
        public Integer decode(MemorySegment value) {
            return value.get(JAVA_INT, 0);
        }
    }

    private static final class BoolCodec extends OptionCodec<Boolean> {
        BoolCodec() {
            super(Integer.BYTES);
        }

        @Override
        public MemorySegment encode(Boolean value, Arena arena) {
            return NativeMemory.cInt(value ? 1 : 0, arena);
        }

        @Override
        public Boolean decode(MemorySegment value) {
            return value.get(JAVA_INT, 0) != 0;
        }
    }

    private static final class LongCodec extends OptionCodec<Long> {
        LongCodec() {
            super(Long.BYTES);
        }

        @Override
        public MemorySegment encode(Long value, Arena arena) {
            return arena.allocateFrom(JAVA_LONG, value);
        }

        @Override
        public Long decode(MemorySegment value) {
            return value.get(JAVA_LONG, 0);
        }
    }

    /** Encodes a Duration as a number of time units. */
    public static final class DurationCodec extends OptionCodec<Duration> {
        private final int unitMillis;
        private final int least;
        private final int most;

        private DurationCodec(int unitMillis, int least, int most) {
            super(Integer.BYTES);
            this.unitMillis = unitMillis;
            this.least = least;
            this.most = most;
        }

        /** Makes a codec with other limits, which count units; -1 allows {@link #FOREVER}. */
        public DurationCodec between(int leastUnits, int mostUnits) {
            return new DurationCodec(unitMillis, leastUnits, mostUnits);
        }

        @Override
        public void check(String option, Duration value) {
            // A negative duration comes first, because it may be too long to count in units.
            if (value.isNegative()) {
                String text = ", negative: for ever is SocketOption.FOREVER";
                throw new IllegalArgumentException(option + " is " + value + text);
            }
            if (units(value) < least || units(value) > most) {
                throw new IllegalArgumentException(
                        option
                                + " is "
                                + value
                                + ", not in "
                                + inMillis(Math.max(0, least))
                                + " to "
                                + inMillis(most)
                                + (least < 0 ? ", nor FOREVER" : ""));
            }
        }

        private String inMillis(int units) {
            return (long) units * unitMillis + " ms";
        }

        /** Returns the number of units that libzmq gets; -1 for {@link #FOREVER}. */
        public int toInt(Duration value) {
            return (int) units(value);
        }

        @Override
        public MemorySegment encode(Duration value, Arena arena) {
            return NativeMemory.cInt(toInt(value), arena);
        }

        /** Rounds up, so that a short time does not become 0. */
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
    }

    private static class BytesCodec extends OptionCodec<byte[]> {
        BytesCodec() {
            super(TEXT_ROOM);
        }

        @Override
        public MemorySegment encode(byte[] value, Arena arena) {
            // One byte more, because libzmq would abort over a null pointer.
            MemorySegment room = arena.allocate(value.length + 1L);
            MemorySegment.copy(value, 0, room, JAVA_BYTE, 0, value.length);
            return room.asSlice(0, value.length);
        }

        @Override
        public byte[] decode(MemorySegment value) {
            return value.toArray(JAVA_BYTE);
        }
    }

    private static class StringCodec extends OptionCodec<String> {
        private final int least;
        private final int most;

        StringCodec(int least, int most) {
            super(TEXT_ROOM);
            this.least = least;
            this.most = most;
        }

        @Override
        public void check(String option, String value) {
            if (value.indexOf('\0') >= 0) {
                throw new IllegalArgumentException(option + " has a NUL character");
            }
            int bytes = value.getBytes(StandardCharsets.UTF_8).length;
            if (bytes < least || bytes > most) {
                throw new IllegalArgumentException(
                        option
                                + " has "
                                + bytes
                                + " bytes in UTF-8, not "
                                + (least + " to " + most)
                                + (least > 0 && bytes == 0 ? ": it cannot be emptied" : ""));
            }
        }

        @Override
        public MemorySegment encode(String value, Arena arena) {
            if (value.isEmpty()) {
                return MemorySegment.NULL; // only so does libzmq empty an option
            }
            // The length does not count the terminator, but some options of libzmq look for it.
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

    /** A name that starts with X-, a colon and a value; no other text does libzmq take. */
    private static final class MetadataCodec extends StringCodec {
        MetadataCodec() {
            super(5, MAX_TEXT);
        }

        @Override
        public void check(String option, String value) {
            super.check(option, value);
            int colon = value.indexOf(':');
            int name =
                    value.substring(0, Math.max(0, colon)).getBytes(StandardCharsets.UTF_8).length;
            if (!value.startsWith("X-") || name < 3 || name > 255 || colon == value.length() - 1) {
                throw new IllegalArgumentException(
                        option
                                + " is '"
                                + value
                                + "', not of the form X-name:value, with 3 to 255 bytes before the"
                                + " colon");
            }
        }
    }

    private static final class RoutingIdCodec extends BytesCodec {
        @Override
        public void check(String option, byte[] value) {
            checkRoutingId(value);
        }
    }

    private static final class RoutingIdTextCodec extends OptionCodec<String> {
        RoutingIdTextCodec() {
            super(TEXT_ROOM);
        }

        @Override
        public void check(String option, String value) {
            checkRoutingId(value.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public MemorySegment encode(String value, Arena arena) {
            return BYTES.encode(value.getBytes(StandardCharsets.UTF_8), arena);
        }

        @Override
        public String decode(MemorySegment value) {
            return new String(BYTES.decode(value), StandardCharsets.UTF_8);
        }
    }
}
