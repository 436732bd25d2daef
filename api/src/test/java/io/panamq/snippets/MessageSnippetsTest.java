// SPDX-License-Identifier: Apache-2.0
package io.panamq.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.Message;
import io.panamq.Multipart;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the examples of messages, multipart messages, buffers and batches. */
class MessageSnippetsTest extends WithContext {
    @Test
    void shouldWriteAndReadAMessageInPlace() {
        Line line = line(Transport.INPROC);
        assertThat(SnippetsTest.outputOf(() -> MessageSnippets.message(line.push, line.pull)))
                .containsExactly("42");
    }

    @Test
    void shouldReadAndWriteNumbersOfAllTypes() {
        try (Message message = Message.allocate(16)) {
            assertThat(MessageSnippets.numbers(message)).isEqualTo(3.14);
            assertThat(message.data().get(ValueLayout.JAVA_DOUBLE_UNALIGNED, 0)).isEqualTo(3.14);
            assertThat(message.getByte(8)).isZero();
            assertThat(message.getByte(9)).isEqualTo((byte) 80);
            assertThat(Float.intBitsToFloat(message.getInt(10, ByteOrder.BIG_ENDIAN)))
                    .isEqualTo(2.5f);
        }
    }

    @Test
    void shouldFindTheDelimiter() {
        try (Multipart message = Multipart.of("id", "other id", "<IDS|MSG>", "a5", "{}")) {
            assertThat(MessageSnippets.parts(message)).isEqualTo("a5");
        }
    }

    @Test
    void shouldSendSeveralFrames() {
        Line line = line(Transport.INPROC);
        assertThat(SnippetsTest.outputOf(() -> MessageSnippets.multipart(line.push, line.pull)))
                .containsExactly("topic: content");
    }

    @Test
    void shouldSendAFileAndLearnWhenThatIsDone(@TempDir Path folder) throws IOException {
        Path path = Files.writeString(folder.resolve("file"), "content of the file");
        Line line = line(Transport.IPC);

        assertThat(MessageSnippets.file(line.push, path)).isTrue();
        assertThat(Deadline.text(line.pull)).isEqualTo("content of the file");
    }

    @Test
    void shouldSendBuffersSegmentsAndBatches() {
        Line line = line(Transport.INPROC);
        ByteBuffer buffer = ByteBuffer.wrap(new byte[] {'a', 'b'}).position(1);
        MemorySegment segment = MemorySegment.ofArray(new byte[] {'c'});
        List<Message> messages = List.of(Message.of("d"), Message.of("e"));

        int queued = MessageSnippets.bulkSend(line.push, buffer, segment, messages);

        assertThat(queued).isEqualTo(2);
        assertThat(Stream.generate(() -> Deadline.text(line.pull)).limit(4))
                .containsExactly("b", "c", "d", "e");
    }

    @Test
    void shouldReceiveIntoABufferAndInABatch() throws IOException {
        Line line = line(Transport.INPROC);
        line.push.send("first ");
        line.push.send("second");
        var file = new ByteArrayOutputStream();
        var channel = Channels.newChannel(file);
        MessageSnippets messages = new MessageSnippets();
        line.pull.handOver();

        // What receives into the buffer does not wait, so what waits is the batch.
        Background<Integer> handled =
                Background.blocked(
                        () ->
                                messages.bulkReceive(
                                        line.pull,
                                        ByteBuffer.allocate(10),
                                        channel,
                                        Duration.ZERO));
        line.push.send("batch");

        assertThat(handled.result()).isEqualTo(1);
        assertThat(messages.bytes).isEqualTo(5);
        assertThat(file.toString(StandardCharsets.UTF_8)).isEqualTo("first second");
    }

    private record Line(PushSocket push, PullSocket pull) {}

    private Line line(Transport transport) {
        PushSocket push = context.push();
        PullSocket pull = context.pull();
        push.connect(pull.bind(transport.fresh()));
        return new Line(push, pull);
    }
}
