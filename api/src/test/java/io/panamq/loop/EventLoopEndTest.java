// SPDX-License-Identifier: Apache-2.0
package io.panamq.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.Context;
import io.panamq.Internals;
import io.panamq.PullSocket;
import io.panamq.error.ContextTerminatedException;
import io.panamq.error.OperationInterruptedException;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.SettledSlots;
import io.panamq.support.Transport;
import io.panamq.support.WithLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests how an event loop ends: with all work done or with none, but always in time. */
@ExtendWith(SettledSlots.class)
class EventLoopEndTest extends WithLoop {
    @Test
    void shouldDrainTasksAndMessagesAndCloseItsSockets() {
        Line line = line(Transport.INPROC);
        Queue<String> done = texts(line.pull());
        CountDownLatch open = hold();
        numbers(200).forEach(line.push()::send);
        for (int i = 0; i < 200; i++) {
            loop.execute(() -> loop.execute(() -> done.add("task")));
        }
        loop.stop();
        loop.stop();
        open.countDown();

        assertThat(loop.awaitStopped(Deadline.LIMIT)).isTrue();
        assertThat(done).hasSize(400);
        assertThat(loop.abandoned()).isEmpty();
        assertThat(line.pull().isClosed()).isTrue();
        assertThat(loop.toString()).endsWith("(stopped)");
    }

    @Test
    void shouldAbandonWhatIsLeftAndSayWhat() {
        Line line = line(Transport.INPROC);
        Queue<String> done = texts(line.pull());
        CountDownLatch open = hold();
        line.push().send("unread");
        Runnable first = () -> done.add("first");
        Runnable second = () -> done.add("second");
        loop.execute(first);
        loop.execute(second);
        loop.schedule(Duration.ZERO, () -> done.add("timer"));
        loop.stop();
        loop.stopNow();
        open.countDown();

        assertThat(loop.awaitStopped(Deadline.LIMIT)).isTrue();
        assertThat(done).isEmpty();
        assertThat(loop.abandoned()).containsExactly(first, second);
        assertThat(line.pull().isClosed()).isTrue();
    }

    @Test
    void shouldNotRunTimersWhileDraining() {
        Queue<String> done = new ConcurrentLinkedQueue<>();
        CountDownLatch open = hold();
        loop.schedule(Duration.ZERO, () -> done.add("timer"));
        loop.execute(() -> done.add("task"));
        loop.stop();
        open.countDown();

        assertThat(loop.awaitStopped(Deadline.LIMIT)).isTrue();
        assertThat(done).containsExactly("task");
    }

    @Test
    void shouldDrainForALimitedTimeOnly() {
        EventLoop limited = builder().drainTimeout(Duration.ofMillis(30)).start();
        Runnable endless =
                new Runnable() {
                    @Override
                    public void run() {
                        limited.execute(this);
                    }
                };
        limited.execute(endless);

        limited.close();

        assertThat(limited.isStopped()).isTrue();
        assertThat(limited.abandoned()).containsExactly(endless);
    }

    @Test
    void shouldBeClosedWithinAHandler() {
        Line line = line(Transport.INPROC);
        on(() -> loop.onMessage(line.pull(), message -> loop.close()));

        line.push().send("end");

        assertThat(loop.awaitStopped(Deadline.LIMIT)).isTrue();
        assertThat(line.pull().isClosed()).isTrue();
        assertThat(failures).isEmpty();
    }

    @Test
    void shouldEndAtOnceWithinATask() {
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch open = hold();
        loop.execute(
                () -> {
                    loop.stopNow();
                    runs.incrementAndGet();
                });
        loop.execute(runs::incrementAndGet);
        open.countDown();

        assertThat(loop.awaitStopped(Deadline.LIMIT)).isTrue();
        assertThat(runs).hasValue(1);
        assertThat(loop.abandoned()).hasSize(1);
    }

    @Test
    void shouldEndWithinATurnOfMessages() {
        AtomicInteger handled = new AtomicInteger();
        Line one = line(Transport.INPROC);
        on(() -> loop.onMessage(one.pull(), message -> stopAfter(handled)));
        sendTen(one);
        assertThat(loop.awaitStopped(Deadline.LIMIT)).isTrue();
        assertThat(handled).hasValue(1);

        loop = builder().start();
        Line two = line(Transport.INPROC);
        on(() -> loop.onMultipart(two.pull(), multipart -> stopAfter(handled)));
        sendTen(two);
        assertThat(loop.awaitStopped(Deadline.LIMIT)).isTrue();
        assertThat(handled).hasValue(2);
    }

    private void stopAfter(AtomicInteger handled) {
        handled.incrementAndGet();
        loop.stopNow();
    }

    /** Sends ten messages, all of which are there when the loop looks. */
    private void sendTen(Line line) {
        CountDownLatch open = hold();
        numbers(10).forEach(line.push()::send);
        open.countDown();
    }

    @Test
    void shouldTakeNothingAfterwards() {
        loop.stop();

        assertThatThrownBy(() -> loop.execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("takes no more tasks");
        assertThatThrownBy(() -> loop.schedule(Duration.ZERO, () -> {}))
                .isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(
                        () ->
                                loop.scheduleAtFixedRate(
                                        Duration.ZERO, Duration.ofSeconds(1), () -> {}))
                .isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void shouldRefuseSocketsWhenItHasEnded() {
        loop.close();
        PullSocket pull = context.pull();

        assertThatThrownBy(() -> loop.onMessage(pull, message -> {}))
                .isInstanceOf(WrongThreadException.class);
    }

    @Test
    void shouldEndWithItsContext() {
        Context short1 = Context.create();
        EventLoop one = EventLoop.builder(short1).onFailure(failures::add).start();
        short1.close();
        Context short2 = Context.create();
        EventLoop two = EventLoop.builder(short2).onFailure(failures::add).start();
        PullSocket pull = short2.pull();
        two.execute(() -> two.onMessage(pull, message -> {}));
        two.schedule(Duration.ofDays(1), () -> {});
        short2.shutdown();

        assertThat(one.awaitStopped(Deadline.LIMIT)).isTrue();
        assertThat(two.awaitStopped(Deadline.LIMIT)).isTrue();
        one.close();
        two.close();
        short2.close();
        assertThatThrownBy(() -> EventLoop.create(short1))
                .isInstanceOf(ContextTerminatedException.class);
        assertThat(failures).isEmpty();
    }

    @Test
    void shouldLetAHandlerCloseTheContext() {
        Context own = Context.create();
        EventLoop loopOfOwn = EventLoop.create(own);
        PullSocket pull = own.pull();
        pull.handOver();
        loopOfOwn.execute(() -> loopOfOwn.onMessage(pull, message -> {}));
        loopOfOwn.execute(own::close);

        assertThat(loopOfOwn.awaitStopped(Deadline.LIMIT)).isTrue();
        assertThat(own.close(Deadline.LIMIT).terminated()).isTrue();
    }

    @Test
    void shouldInterruptAHandlerThatDoesNotReturn() {
        EventLoop patient = builder().drainTimeout(Duration.ZERO).start();
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch entered = new CountDownLatch(1);
        Queue<String> ended = new ConcurrentLinkedQueue<>();
        patient.execute(
                () -> {
                    entered.countDown();
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        ended.add("interrupted");
                    }
                });
        await(entered);

        patient.close();

        assertThat(patient.isStopped()).isTrue();
        assertThat(ended).containsExactly("interrupted");
    }

    @Test
    void shouldNotWaitForAHandlerThatNeverReturns() {
        EventLoop patient = builder().drainTimeout(Duration.ZERO).start();
        CountDownLatch open = new CountDownLatch(1);
        CountDownLatch entered = new CountDownLatch(1);
        patient.execute(
                () -> {
                    entered.countDown();
                    while (open.getCount() > 0) {
                        Thread.onSpinWait();
                    }
                });
        await(entered);

        patient.close();

        assertThat(patient.isStopped()).isFalse();
        assertThat(patient.awaitStopped(Duration.ZERO)).isFalse();
        open.countDown();
        assertThat(patient.awaitStopped(Deadline.LIMIT)).isTrue();
    }

    @Test
    void shouldBeClosedFromManyThreadsAtOnce() {
        List<Background<Void>> closers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            closers.add(Background.run(loop::close));
        }
        closers.forEach(Background::result);

        assertThat(loop.isStopped()).isTrue();
    }

    @Test
    void shouldKeepAnInterruptOfTheThreadThatCloses() {
        var closer =
                Background.start(
                        () -> {
                            Thread.currentThread().interrupt();
                            loop.close();
                            return Thread.interrupted();
                        });

        assertThat(closer.result()).isTrue();
        assertThat(loop.isStopped()).isTrue();
    }

    @Test
    void shouldNotLetTheLoopWaitForItself() {
        on(
                () ->
                        assertThatThrownBy(() -> loop.awaitStopped(Duration.ZERO))
                                .isInstanceOf(IllegalStateException.class));
        var waiting =
                Background.start(
                        () -> {
                            Thread.currentThread().interrupt();
                            return loop.awaitStopped(Deadline.LIMIT);
                        });
        assertThat(waiting.failure()).isInstanceOf(OperationInterruptedException.class);
    }

    @Test
    void shouldLeaveNoNativeMemoryBehind() {
        int before = Internals.slotsInUse();
        for (int i = 0; i < 20; i++) {
            try (EventLoop each = builder().start()) {
                Line line = line(Transport.INPROC);
                Queue<String> done = new ConcurrentLinkedQueue<>();
                each.execute(
                        () ->
                                each.onMessage(
                                        line.pull(), message -> done.add(message.getString())));
                line.push().send("a");
                awaitSize(done, 1);
                line.push().close();
            }
        }
        assertThat(Internals.slotsInUse()).isEqualTo(before);
    }
}
