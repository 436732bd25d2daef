// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.bindings.NativeLibrary;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests messages over mapped files, which another program may cut while they are sent. */
class MapTest extends WithContext {
    private static final int SIZE = 4_000_000;

    @TempDir Path folder;
    private Path file;
    private final byte[] bytes = new byte[SIZE];

    @BeforeEach
    void write() throws IOException {
        new Random(1).nextBytes(bytes);
        file = Files.write(folder.resolve("file"), bytes);
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldSendPartsOfAFile(Transport transport) throws IOException {
        PairSocket[] pair = connectedPair(transport);
        int[][] parts = {
            {0, 0}, {0, 1}, {5, 33}, {4_095, 10}, {1, 8_190}, {7, 65_530}, {3, 65_536}, {0, SIZE}
        };
        for (int[] part : parts) {
            Message message;
            try (FileChannel channel = FileChannel.open(file)) {
                message = Message.map(channel, part[0], part[1]);
            }
            assertThat(message.data().isReadOnly()).isTrue();
            MessageTracker tracker = MessageTracker.of(message);

            pair[0].send("before");
            pair[0].send(message);
            pair[0].send("after");

            assertThat(Deadline.text(pair[1])).isEqualTo("before");
            assertThat(Arrays.equals(Deadline.bytes(pair[1]), part(part[0], part[1]))).isTrue();
            assertThat(Deadline.text(pair[1])).isEqualTo("after");
            assertThat(tracker.awaitReleased(Deadline.LIMIT)).isTrue();
            message.close();
        }
    }

    @Test
    void shouldSendFilesToSubscribersAndWithinMultiparts() throws IOException {
        XPubSocket pub = context.xpub();
        SubSocket sub = context.sub();
        sub.subscribe("");
        sub.connect(pub.bind(Transport.TCP.fresh()));
        Deadline.bytes(pub);
        try (FileChannel channel = FileChannel.open(file)) {
            pub.send(Message.map(channel, 0, 100_000));
            pub.send(Multipart.of(Message.of("a"), Message.map(channel, 0, 100_000)));
        }

        assertThat(Deadline.bytes(sub)).isEqualTo(part(0, 100_000));
        try (Multipart received = Deadline.multipart(sub)) {
            assertThat(received.get(1).getBytes()).isEqualTo(part(0, 100_000));
        }
    }

    @Test
    void shouldRefuseWhatTheFileDoesNotHave() throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            assertThatThrownBy(() -> Message.map(channel, 0, SIZE + 1L))
                    .isInstanceOf(EOFException.class);
            assertThatThrownBy(() -> Message.map(channel, SIZE, 1))
                    .isInstanceOf(EOFException.class);
            assertThatThrownBy(() -> Message.map(channel, Long.MAX_VALUE, Long.MAX_VALUE))
                    .isInstanceOf(EOFException.class);
            assertThatThrownBy(() -> Message.map(channel, -1, 1))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Message.map(channel, 0, -1))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(channel.size()).isEqualTo(SIZE);
        }
    }

    /** Java reads the file in this case, and the JVM turns the fault into an error. */
    @Test
    void shouldThrowWhereAFileThatWasCutMustBeCopied() throws IOException {
        PairSocket[] pair = connectedPair(Transport.INPROC);
        Message message = mapAndCut();

        assertThatThrownBy(() -> pair[0].send(message)).isInstanceOf(InternalError.class);
        assertThatThrownBy(() -> pair[0].send(Multipart.of(Message.of("first"), message)))
                .isInstanceOf(InternalError.class);

        pair[0].send("next");
        assertThat(Deadline.text(pair[1])).as("nothing half-sent").isEqualTo("next");
    }

    /** A plain read would go on with a value that is not a byte. */
    @Test
    void shouldThrowWhereAByteOfAFileThatWasCutIsRead() throws IOException {
        try (Message message = mapAndCut()) {
            assertThat(message.getByte(10)).isEqualTo(bytes[10]);
            assertThatThrownBy(() -> message.getByte(SIZE - 1L)).isInstanceOf(InternalError.class);
            assertThatThrownBy(message::getBytes).isInstanceOf(InternalError.class);
            assertThatThrownBy(() -> message.getInt(SIZE - 4L, ByteOrder.BIG_ENDIAN))
                    .isInstanceOf(InternalError.class);
            assertThatThrownBy(() -> message.getLong(SIZE - 8L, ByteOrder.LITTLE_ENDIAN))
                    .isInstanceOf(InternalError.class);
        }
    }

    /** The vector instructions that compare memory in place would crash. */
    @Test
    void shouldThrowWhereAFileThatWasCutIsCompared() throws IOException {
        try (FileChannel channel = FileChannel.open(file);
                Message whole = Message.map(channel, 0, SIZE)) {
            assertThat(whole.contentEquals(bytes)).isTrue();
            assertThat(whole.contentEquals(new byte[SIZE])).isFalse();
        }
        try (Message message = mapAndCut()) {
            assertThat(message.contentEquals(new byte[3])).as("another length").isFalse();
            assertThatThrownBy(() -> message.contentEquals(bytes))
                    .isInstanceOf(InternalError.class);
            assertThatThrownBy(() -> message.contentEquals("x".repeat(SIZE)))
                    .isInstanceOf(InternalError.class);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"TCP", "IPC"})
    void shouldOnlyEndTheConnectionOfAFileThatWasCut(Transport transport) throws IOException {
        Assumptions.assumeTrue(NativeLibrary.isHardened("wrapped"), "another libzmq copies");
        PushSocket push = context.push();
        PullSocket pull = context.pull();
        String endpoint = pull.bind(transport.fresh());
        push.connect(endpoint);
        push.send("one");
        assertThat(Deadline.text(pull)).isEqualTo("one");
        Message message = mapAndCut();
        MessageTracker tracker = MessageTracker.of(message);

        push.send(message);

        assertThat(tracker.awaitReleased(Deadline.LIMIT)).isTrue();
        push.send("two");
        assertThat(Deadline.text(pull)).as("over a new connection").isEqualTo("two");
        message.close();
    }

    private Message mapAndCut() throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            Message message = Message.map(channel, 0, SIZE);
            channel.truncate(1_000);
            return message;
        }
    }

    private byte[] part(int from, int size) {
        return Arrays.copyOfRange(bytes, from, from + size);
    }
}
