// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.error.Errno;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests that the frames of each event are decoded correctly. */
class MonitorEventTest {
    private static byte[] longs(long value) {
        return ByteBuffer.allocate(8).order(ByteOrder.nativeOrder()).putLong(0, value).array();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static MonitorEvent second(long number, long value) {
        try (Multipart frames =
                Multipart.of(
                        longs(number), longs(1), longs(value), text("local"), text("remote"))) {
            return new MonitorDecoder(2).decode(frames);
        }
    }

    private static MonitorEvent first(MonitorDecoder decoder, int number, int value, String at) {
        byte[] head =
                ByteBuffer.allocate(6)
                        .order(ByteOrder.nativeOrder())
                        .putShort((short) number)
                        .putInt(value)
                        .array();
        try (Multipart frames = Multipart.of(head, text(at))) {
            return decoder.decode(frames);
        }
    }

    @Test
    void shouldBeARecordForEachNumber() {
        Set<Class<?>> types = new HashSet<>();
        for (int bit = 0; bit < 16; bit++) {
            MonitorEvent event = second(1L << bit, 1);
            assertThat(event.local()).isEqualTo("local");
            assertThat(event.remote()).isEqualTo("remote");
            types.add(event.getClass());
        }

        assertThat(types).hasSize(16).contains(MonitorEvent.Unknown.class);
        assertThat(second(0x8000, 7))
                .isEqualTo(new MonitorEvent.Unknown("local", "remote", 0x8000, 7));
        assertThat(second(1L << 40, 7)).isInstanceOf(MonitorEvent.Unknown.class);
        assertThat(second(-1, 7)).isInstanceOf(MonitorEvent.Unknown.class);
    }

    @Test
    void shouldCarryWhatItsValueMeans() {
        assertThat(second(0x0004, 150))
                .isEqualTo(
                        new MonitorEvent.ConnectRetried("local", "remote", Duration.ofMillis(150)));
        assertThat(second(0x0010, Errno.EADDRINUSE.number()))
                .isEqualTo(new MonitorEvent.BindFailed("local", "remote", Errno.EADDRINUSE));
        assertThat(second(0x0001, 17)).isEqualTo(new MonitorEvent.Connected("local", "remote", 17));
        assertThat(second(0x4000, 500))
                .isEqualTo(new MonitorEvent.AuthenticationFailed("local", "remote", 500, -1));
        assertThat(second(0x2000, 0x20000003))
                .isEqualTo(
                        new MonitorEvent.ProtocolFailed(
                                "local", "remote", ProtocolError.ZAP_BAD_VERSION, 0x20000003, -1));
        assertThat(second(0x2000, 0x40000000))
                .isEqualTo(
                        new MonitorEvent.ProtocolFailed(
                                "local", "remote", ProtocolError.UNKNOWN, 0x40000000, -1));
    }

    @Test
    void shouldTakeTheOneAddressOfVersion1ForTheEndThatIsKnown() {
        var decoder = new MonitorDecoder(1);
        assertThat(first(decoder, 0x0200, 5, "tcp://peer"))
                .isEqualTo(new MonitorEvent.Disconnected("", "tcp://peer", 5));
        assertThat(first(decoder, 0x0008, 6, "tcp://mine"))
                .isEqualTo(new MonitorEvent.Listening("tcp://mine", "", 6));
        assertThat(first(decoder, 0x1000, 0, "tcp://mine"))
                .isEqualTo(new MonitorEvent.HandshakeSucceeded("tcp://mine", "", -1));
        assertThat(first(decoder, 0x0200, -1, "tcp://mine"))
                .as("unsigned")
                .isEqualTo(new MonitorEvent.Disconnected("tcp://mine", "", 0xFFFFFFFFL));
    }

    @Test
    void shouldReadEventsWithOtherNumbersOfValues() {
        try (Multipart none = Multipart.of(longs(0x400), longs(0), text(""), text(""));
                Multipart two =
                        Multipart.of(
                                longs(0x10000),
                                longs(2),
                                longs(3),
                                longs(4),
                                text("l"),
                                text("r"))) {
            assertThat(new MonitorDecoder(2).decode(none))
                    .isEqualTo(new MonitorEvent.MonitorStopped("", ""));
            assertThat(new MonitorDecoder(2).decode(two))
                    .isEqualTo(new MonitorEvent.PipeStatistics("l", "r", 3, 4));
        }
    }

    @Test
    void shouldRefuseWhatIsNoEvent() {
        try (Multipart frames = Multipart.of("no", "event");
                Multipart many = Multipart.of(longs(1), longs(9), text("l"), text("r"))) {
            assertThatThrownBy(() -> new MonitorDecoder(1).decode(frames))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> new MonitorDecoder(2).decode(frames))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> new MonitorDecoder(2).decode(many))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Property(tries = 500)
    void shouldReadOrRefuseWhateverComes(
            @ForAll @IntRange(min = 1, max = 2) int version,
            @ForAll @Size(max = 6) List<@Size(max = 9) byte[]> garbage) {
        List<byte[]> content = new ArrayList<>(garbage);
        content.addFirst(longs(1L << (garbage.hashCode() & 31)));
        try (Multipart frames = Multipart.of(content)) {
            MonitorEvent event = new MonitorDecoder(version).decode(frames);
            assertThat(event.local()).isNotNull();
            assertThat(event.connection()).isNotNull();
        } catch (IllegalStateException e) {
            assertThat(e).hasMessageContaining("not an event of version " + version);
        }
    }

    @ParameterizedTest
    @EnumSource(ProtocolError.class)
    void shouldSayEachErrorInWords(ProtocolError error) {
        assertThat(error.text()).isNotBlank().doesNotEndWith(".");
        assertThat(new MonitorEvent.ProtocolFailed("", "", error, 0x2A, -1).reason())
                .contains(error == ProtocolError.UNKNOWN ? "0x2a" : error.name());
    }

    @ParameterizedTest
    @EnumSource(ProtocolError.class)
    void shouldKnowEachErrorByItsNumber(ProtocolError error) {
        int number = error == ProtocolError.UNKNOWN ? 42 : numberOf(error);

        assertThat(ProtocolError.of(number)).isEqualTo(error);
    }

    private static int numberOf(ProtocolError error) {
        String name = error.name();
        int base =
                name.startsWith("ZAP")
                        ? 0x20000000
                        : name.startsWith("WS") ? 0x30000000 : 0x10000000;
        for (int offset = 0; offset < 0x20; offset++) {
            for (int high : new int[] {0, 0x01000000}) {
                if (ProtocolError.of(base + high + offset) == error) {
                    return base + high + offset;
                }
            }
        }
        throw new AssertionError(error + " has no number near " + base);
    }
}
