// SPDX-License-Identifier: Apache-2.0
package io.panamq.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.Poller;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithLoop;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Tests the timers of an event loop. */
class EventLoopTimerTest extends WithLoop {
    private static final Duration SOON = Duration.ofMillis(3);

    @Test
    void shouldRunOnceAndNotEarlier() {
        AtomicInteger runs = new AtomicInteger();
        AtomicLong ran = new AtomicLong();
        long start = System.nanoTime();
        LoopTimer timer =
                loop.schedule(
                        Duration.ofMillis(20),
                        () -> {
                            ran.set(System.nanoTime());
                            runs.incrementAndGet();
                        });

        Deadline.until("it ran", () -> runs.get() > 0);
        assertThat(ran.get() - start).isGreaterThanOrEqualTo(20_000_000L);
        assertThat(timer.isCancelled()).isFalse();
        assertThat(timer).hasToString("LoopTimer#1");
        Queue<String> later = new ConcurrentLinkedQueue<>();
        loop.schedule(SOON, () -> later.add("later"));
        awaitSize(later, 1);
        assertThat(runs).hasValue(1);
    }

    @Test
    void shouldRunInTheOrderTheyAreDue() {
        Queue<String> order = new ConcurrentLinkedQueue<>();
        var open = hold();
        // These times differ by more than this thread may be held up between two calls.
        loop.schedule(Duration.ofMillis(900), () -> order.add("3"));
        loop.schedule(Duration.ofMillis(100), () -> order.add("1"));
        loop.schedule(Duration.ofMillis(500), () -> order.add("2"));
        loop.schedule(Duration.ofDays(100_000), () -> order.add("never"));
        open.countDown();

        awaitSize(order, 3);
        assertThat(order).containsExactly("1", "2", "3");
    }

    @Test
    void shouldRunAgainAndAgainUntilCancelledWithin() {
        AtomicReference<LoopTimer> timer = new AtomicReference<>();
        AtomicInteger runs = new AtomicInteger();
        on(
                () ->
                        timer.set(
                                loop.scheduleAtFixedRate(
                                        Duration.ZERO,
                                        SOON,
                                        () -> {
                                            if (runs.incrementAndGet() == 5) {
                                                timer.get().cancel();
                                            }
                                        })));

        Deadline.until("it is cancelled", () -> timer.get().isCancelled());
        Queue<String> later = new ConcurrentLinkedQueue<>();
        loop.schedule(Duration.ofMillis(10), () -> later.add("later"));
        awaitSize(later, 1);
        assertThat(runs).hasValue(5);
    }

    @Test
    void shouldGoOnAfterAFailure() {
        AtomicInteger runs = new AtomicInteger();
        LoopTimer timer =
                loop.scheduleAtFixedRate(
                        SOON,
                        SOON,
                        () -> {
                            throw new IllegalStateException("run " + runs.incrementAndGet());
                        });

        Deadline.until("it fails again", () -> failures.size() >= 3);
        timer.cancel();
        assertThat(failures.peek()).hasMessage("run 1");
    }

    @Test
    void shouldNotRunWhatWasCancelledFromAnotherThread() {
        Queue<String> order = new ConcurrentLinkedQueue<>();
        var open = hold();
        LoopTimer timer = loop.schedule(Duration.ZERO, () -> order.add("cancelled"));
        loop.schedule(SOON, () -> order.add("other"));
        timer.cancel();
        timer.cancel();
        open.countDown();

        awaitSize(order, 1);
        assertThat(order).containsExactly("other");
        assertThat(timer.isCancelled()).isTrue();
        assertThat(timer.toString()).endsWith("(cancelled)");
    }

    @Test
    void shouldRunTimersThatTimersAddInALaterRound() {
        AtomicInteger runs = new AtomicInteger();
        Line line = line(Transport.INPROC);
        Queue<String> texts = texts(line.pull());
        loop.schedule(
                Duration.ZERO,
                new Runnable() {
                    @Override
                    public void run() {
                        runs.incrementAndGet();
                        if (texts.isEmpty()) {
                            loop.schedule(Duration.ZERO, this);
                        }
                    }
                });
        Deadline.until("it runs", () -> runs.get() > 10);

        line.push().send("through");

        awaitSize(texts, 1);
    }

    /** With a clock of the test: a missed tick is not made up for, and the ticks do not drift. */
    @Test
    void shouldCountMissedTimesAsOneAndKeepTheGrid() {
        try (Poller poller = context.poller()) {
            var queue = new LoopQueue(poller);
            long period = 1_000_000_000L;
            long before = System.nanoTime();
            LoopTimer timer = queue.add(() -> {}, period, period);
            long after = System.nanoTime();

            assertThat(queue.nextTimer(before + period - 1)).isNull();
            // This is ten and a half periods late.
            long late = after + 11 * period + period / 2;
            assertThat(queue.nextTimer(late)).isSameAs(timer);
            assertThat(queue.nextTimer(late)).isNull();
            assertThat(timer.nanosLeft(before + 12 * period)).isBetween(0L, after - before);
            assertThat(queue.nextTimer(after + 12 * period)).isSameAs(timer);
            assertThat(timer.nanosLeft(before + 13 * period)).isBetween(0L, after - before);
            timer.cancel();
            assertThat(queue.nextTimer(after + 20 * period)).isNull();
        }
    }

    @Test
    void shouldCountItsIntervalAnew() {
        try (Poller poller = context.poller()) {
            var queue = new LoopQueue(poller);
            long day = Duration.ofDays(1).toNanos();
            long period = Duration.ofHours(1).toNanos();
            LoopTimer timer = queue.add(() -> {}, day, period);
            LoopTimer once = queue.add(() -> {}, day, 0);

            long before = System.nanoTime();
            assertThat(timer.reset()).isTrue();
            assertThat(timer.nanosLeft(before)).isGreaterThanOrEqualTo(period).isLessThan(day);
            assertThat(timer.setInterval(Duration.ofDays(2))).isTrue();
            assertThat(timer.nanosLeft(before)).isGreaterThanOrEqualTo(2 * day);
            assertThat(queue.nextTimer(before + 3 * day)).isSameAs(once);
            assertThat(queue.nextTimer(before + 3 * day)).isSameAs(timer);
            assertThat(timer.nanosLeft(before + 3 * day)).isPositive();

            assertThat(queue.timerCount()).isEqualTo(1);
            assertThat(once.reset()).as("it has run").isTrue();
            assertThat(queue.timerCount()).isEqualTo(2);
            assertThat(once.nanosLeft(before)).isGreaterThanOrEqualTo(day);

            timer.cancel();
            assertThat(timer.reset()).isFalse();
            assertThat(timer.setInterval(Duration.ofDays(1))).isFalse();
            assertThat(queue.timerCount()).isEqualTo(1);
        }
    }

    /** Such as a request that is sent again if no reply comes in time. */
    @Test
    void shouldRunAgainWhenItsOwnTaskStartsItAndSoonerWhenAnotherThreadDoes() {
        AtomicReference<LoopTimer> timer = new AtomicReference<>();
        AtomicInteger runs = new AtomicInteger();
        on(
                () ->
                        timer.set(
                                loop.schedule(
                                        Duration.ofDays(1),
                                        () -> {
                                            if (runs.incrementAndGet() < 5) {
                                                assertThat(timer.get().reset()).isTrue();
                                            }
                                        })));

        assertThat(timer.get().setInterval(SOON)).isTrue();

        Deadline.until("it ran five times", () -> runs.get() == 5);
        loop.stop();
        Deadline.until("it is stopped", () -> !timer.get().reset());
        assertThatThrownBy(() -> timer.get().setInterval(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("interval");
    }

    @Test
    void shouldRefuseTimesThatMakeNoSense() {
        assertThatThrownBy(() -> loop.schedule(Duration.ofNanos(-1), () -> {}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> loop.scheduleAtFixedRate(SOON, Duration.ZERO, () -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("period");
        assertThatThrownBy(() -> loop.scheduleAtFixedRate(SOON, SOON.negated(), () -> {}))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
