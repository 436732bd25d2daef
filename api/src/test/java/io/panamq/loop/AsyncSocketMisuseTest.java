// SPDX-License-Identifier: Apache-2.0
package io.panamq.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.Message;
import io.panamq.error.SocketClosedException;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Tests sockets that are given to a loop twice, and calls that are cancelled. */
class AsyncSocketMisuseTest extends WithLoop {
    @Test
    void shouldRefuseASocketThatTheLoopHasAlready() {
        Line line = line(Transport.INPROC);
        CountDownLatch open = hold();
        AsyncSocket first = AsyncSocket.on(loop, line.pull());
        assertThatThrownBy(() -> AsyncSocket.on(loop, line.pull()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(loop + " has " + line.pull() + " already");
        CompletableFuture<Message> received = first.receive();
        open.countDown();
        line.push().send("1");

        assertThat(text(received)).isEqualTo("1");
        assertThatThrownBy(() -> AsyncSocket.on(loop, line.pull()))
                .isInstanceOf(IllegalStateException.class);
        on(
                () ->
                        assertThatThrownBy(() -> AsyncSocket.on(loop, line.pull()))
                                .isInstanceOf(IllegalStateException.class));
        line.push().send("2");
        assertThat(text(first.receive())).isEqualTo("2");
        assertThat(failures).isEmpty();
    }

    @Test
    void shouldSayWhyTheLoopCannotHaveASocket() {
        Line line = line(Transport.INPROC);
        CountDownLatch open = hold();
        try (EventLoop other = builder().start()) {
            AsyncSocket late = AsyncSocket.on(loop, line.pull());
            AsyncSocket first = AsyncSocket.on(other, line.pull());
            line.push().send("1");
            assertThat(text(first.receive())).isEqualTo("1");
            open.countDown();

            assertThat(failure(late.receive())).isInstanceOf(WrongThreadException.class);
            assertThat(late.isClosed()).isFalse();
            line.push().send("2");
            assertThat(text(first.receive())).isEqualTo("2");
        }
        assertThat(failures).hasSize(1);
    }

    @Test
    void shouldTakeASocketThatItHadBefore() {
        Line line = line(Transport.INPROC);
        CompletableFuture<Message> first = AsyncSocket.on(loop, line.pull()).receive();
        line.push().send("1");
        assertThat(text(first)).isEqualTo("1");
        CountDownLatch released = new CountDownLatch(1);
        CountDownLatch open = new CountDownLatch(1);
        loop.execute(
                () -> {
                    line.pull().handOver();
                    released.countDown();
                    await(open); // keeps the loop from taking it again
                });
        await(released);
        assertThat(line.pull().tryReceive()).isEmpty();
        open.countDown();
        // The loop finds that it belongs to another thread, and removes it.
        Deadline.until("that is reported", () -> !failures.isEmpty());
        line.pull().handOver();

        CompletableFuture<Message> second = AsyncSocket.on(loop, line.pull()).receive();
        line.push().send("2");
        assertThat(text(second)).isEqualTo("2");
    }

    @Test
    void shouldNotPileUpCancelledCallsWhileTheLoopIsBusy() {
        AsyncSocket async = AsyncSocket.on(loop, context.pair(), 2);
        CountDownLatch open = hold();
        List<CompletableFuture<Message>> refused = new ArrayList<>();
        int taken = 0;
        for (int i = 0; i < 5_000; i++) {
            CompletableFuture<Message> call = async.receive();
            if (call.isDone()) {
                refused.add(call);
            } else {
                taken++;
                call.cancel(true);
            }
        }

        assertThat(taken).isEqualTo(2 + AsyncSocket.MAX_PENDING);
        assertThat(refused)
                .allSatisfy(
                        call ->
                                assertThat(failure(call))
                                        .isInstanceOf(RejectedExecutionException.class));
        open.countDown();
        on(() -> {});
        for (int i = 0; i < 5_000; i++) {
            assertThat(result(async.receive(Duration.ZERO))).isEmpty();
        }
        loop.close();
        for (int i = 0; i < 5_000; i++) {
            assertThat(failure(async.receive())).isInstanceOf(SocketClosedException.class);
        }
    }

    @Test
    void shouldLetGoOfCallsThatWereCancelledWhileTheyWaited() {
        Line line = line(Transport.INPROC);
        AsyncSocket async = AsyncSocket.on(loop, line.pull());
        for (int i = 0; i < 5_000; i++) {
            CompletableFuture<Message> waits = async.receive();
            if (i % 2 == 0) {
                on(() -> {}); // after this the socket has it
            }
            assertThat(waits.cancel(true)).isTrue();
        }
        on(() -> {});
        CompletableFuture<Message> last = async.receive();
        line.push().send("last");
        assertThat(text(last)).isEqualTo("last");
    }
}
