// SPDX-License-Identifier: Apache-2.0
package io.panamq.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.Message;
import io.panamq.Multipart;
import io.panamq.PairSocket;
import io.panamq.PullSocket;
import io.panamq.SocketOption;
import io.panamq.error.SocketClosedException;
import io.panamq.error.ZmqException;
import io.panamq.internal.memory.MessageSlots;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.SettledSlots;
import io.panamq.support.Transport;
import io.panamq.support.WithLoop;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Repeats misuse of event loops that the fuzzer found. */
@ExtendWith(SettledSlots.class)
class LoopMisuseTest extends WithLoop {
    @Test
    void shouldLeaveNoMessageBehindWhenAHandlerIsRefusedOrRemoved() {
        PullSocket pull = context.pull();
        int before = MessageSlots.inUse();
        assertThatThrownBy(() -> loop.onMessage(pull, message -> {}))
                .isInstanceOf(WrongThreadException.class);
        assertThatThrownBy(() -> loop.onMultipart(pull, message -> {}))
                .isInstanceOf(WrongThreadException.class);
        pull.handOver();
        for (int i = 0; i < 10; i++) {
            on(() -> loop.onMessage(pull, message -> {}).remove());
            on(() -> loop.onMultipart(pull, message -> {}).remove());
        }
        assertThat(MessageSlots.inUse()).isEqualTo(before);
    }

    /** The loop must not receive into a frame that a multipart message has taken over. */
    @Test
    void shouldLeaveAFrameToTheMultipartThatTookIt() {
        PairSocket[] pair = connectedPair(Transport.INPROC);
        List<String> texts = new CopyOnWriteArrayList<>();
        pair[1].handOver();
        Multipart all = Multipart.create();
        all.handOver();
        on(
                () ->
                        loop.onMessage(
                                pair[1],
                                message -> {
                                    all.add(message);
                                    if (all.size() == 3) {
                                        all.forEach(frame -> texts.add(frame.getString()));
                                        all.close();
                                    }
                                }));
        for (String text : List.of("1", "2", "3")) {
            pair[0].send(text);
        }
        Deadline.until("all three are there", () -> texts.size() == 3);
        assertThat(texts).containsExactly("1", "2", "3");
        assertThat(failures).isEmpty();
    }

    @Test
    void shouldFailTheFuturesOfAllSocketsThatWereClosedWhenTheLoopStops() {
        AsyncSocket one = AsyncSocket.on(loop, context.pull());
        AsyncSocket other = AsyncSocket.on(loop, context.pull());
        CompletableFuture<Message> first = one.receive();
        CompletableFuture<Message> second = other.receive();
        // One of the two is told first. The other one is left for the end of the loop.
        CompletableFuture<?> stopped = first.whenComplete((message, thrown) -> loop.stopNow());
        CompletableFuture<?> too = second.whenComplete((message, thrown) -> loop.stopNow());
        on(
                () -> {
                    one.close();
                    other.close();
                });
        assertThat(failure(first)).isInstanceOf(SocketClosedException.class);
        assertThat(failure(second)).isInstanceOf(SocketClosedException.class);
        assertThat(failure(stopped)).isInstanceOf(SocketClosedException.class);
        assertThat(failure(too)).isInstanceOf(SocketClosedException.class);
    }

    @Test
    void shouldFailTheFuturesOfASocketThatAnotherThreadTook() {
        AsyncSocket async = AsyncSocket.on(loop, context.pull());
        CompletableFuture<Message> future = async.receive();
        on(
                () -> {
                    async.socket().handOver();
                    assertThat(
                                    Background.start(() -> async.socket().get(SocketOption.LINGER))
                                            .result())
                            .isNotNull();
                });
        assertThat(failure(future)).isInstanceOf(ZmqException.class);
        Deadline.until("it is told", () -> !failures.isEmpty());
        assertThat(failures).allMatch(WrongThreadException.class::isInstance);
    }

    @Test
    void shouldCloseTheRestOfAMultipartOfWhichAFrameWasClosed() {
        AsyncSocket async = AsyncSocket.on(loop, context.push());
        int before = MessageSlots.inUse();
        Multipart multipart = Multipart.of("first", "second", "third");
        multipart.get(1).close();
        assertThat(failure(async.send(multipart))).isInstanceOf(WrongThreadException.class);
        multipart.close();
        assertThat(MessageSlots.inUse()).isEqualTo(before);
    }

    @Test
    void shouldFailTheFutureOfAFileThatWasCut(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[40_000]);
        PairSocket pair = context.pair();
        PairSocket peer = context.pair();
        pair.connect(peer.bind(Transport.INPROC.fresh()));
        AsyncSocket async = AsyncSocket.on(loop, pair);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                Message message = Message.map(channel, 0, 40_000)) {
            try (FileChannel cut = FileChannel.open(file, StandardOpenOption.WRITE)) {
                cut.truncate(0);
            }
            assertThat(failure(async.send(message))).isInstanceOf(InternalError.class);
        }
    }
}
