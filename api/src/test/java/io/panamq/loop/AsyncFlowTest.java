// SPDX-License-Identifier: Apache-2.0
package io.panamq.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.Internals;
import io.panamq.Message;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.SocketOption;
import io.panamq.error.SocketClosedException;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.SettledSlots;
import io.panamq.support.Transport;
import io.panamq.support.WithLoop;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests streams of a socket on an event loop. The TCK checks the rules of Flow itself. */
@ExtendWith(SettledSlots.class)
class AsyncFlowTest extends WithLoop {
    /** A subscriber that keeps what it gets. */
    private static class Collector implements Flow.Subscriber<Message> {
        final Queue<String> texts = new ConcurrentLinkedQueue<>();
        final CountDownLatch started = new CountDownLatch(1);
        final CountDownLatch ended = new CountDownLatch(1);
        volatile Throwable failure;
        volatile Flow.Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            started.countDown();
        }

        @Override
        public void onNext(Message message) {
            texts.add(message.getString());
            message.close();
        }

        @Override
        public void onError(Throwable error) {
            failure = error;
            ended.countDown();
        }

        @Override
        public void onComplete() {
            ended.countDown();
        }
    }

    private static Collector subscribe(AsyncSocket async, Collector collector) {
        async.publisher().subscribe(collector);
        await(collector.started);
        return collector;
    }

    @Test
    void shouldReceiveNoMoreThanWasAskedForUpToTheHighWaterMark() {
        PullSocket pull = context.pull();
        PushSocket push = context.push();
        pull.set(SocketOption.RCVHWM, 5);
        push.set(SocketOption.SNDHWM, 5);
        push.connect(pull.bind(Transport.INPROC.fresh()));
        AsyncSocket async = AsyncSocket.on(loop, pull);
        Collector collector = subscribe(async, new Collector());
        int queued = 0;
        while (push.trySend(String.valueOf(queued))) {
            queued++;
        }

        assertThat(queued).as("held up by libzmq").isEqualTo(10);
        assertThat(push.send("held up", Deadline.GRACE)).isFalse();
        assertThat(collector.texts).isEmpty();
        collector.subscription.request(3);
        awaitSize(collector.texts, 3);
        collector.subscription.request(7);
        awaitSize(collector.texts, 10);
        assertThat(push.send("10", Deadline.LIMIT)).isTrue();
        collector.subscription.request(Long.MAX_VALUE);
        awaitSize(collector.texts, 11);
        assertThat(collector.texts).containsExactlyElementsOf(numbers(11));
    }

    @Test
    void shouldLoseNothingBetweenSubscriptionsAndCompleteAtTheEnd() {
        Line line = line(Transport.INPROC);
        AsyncSocket async = AsyncSocket.on(loop, line.pull());
        Collector first = subscribe(async, new Collector());
        first.subscription.request(2);
        for (String number : numbers(5)) {
            line.push().send(number);
        }
        awaitSize(first.texts, 2);
        first.subscription.cancel();
        Collector second = subscribe(async, new Collector());
        second.subscription.request(Long.MAX_VALUE);
        awaitSize(second.texts, 3);
        async.close();

        await(second.ended);
        assertThat(second.failure).isNull();
        assertThat(second.texts).containsExactly("2", "3", "4");
        assertThat(first.ended.getCount()).isEqualTo(1);
        Collector late = subscribe(async, new Collector());
        await(late.ended);
        assertThat(late.failure).isInstanceOf(SocketClosedException.class);
    }

    @Test
    void shouldDealMessagesToSeveralSubscribersInTurn() {
        Line line = line(Transport.INPROC);
        AsyncSocket async = AsyncSocket.on(loop, line.pull());
        Collector one = subscribe(async, new Collector());
        Collector two = subscribe(async, new Collector());
        one.subscription.request(100);
        two.subscription.request(100);
        on(() -> {}); // both wait after this
        for (String number : numbers(100)) {
            line.push().send(number);
        }

        Deadline.until("all are there", () -> one.texts.size() + two.texts.size() == 100);
        assertThat(one.texts).hasSize(50);
        assertThat(two.texts).hasSize(50);
    }

    @Test
    void shouldCancelASubscriberThatThrows() {
        Line line = line(Transport.INPROC);
        AsyncSocket async = AsyncSocket.on(loop, line.pull());
        Collector careless =
                subscribe(
                        async,
                        new Collector() {
                            @Override
                            public void onNext(Message message) {
                                super.onNext(message);
                                throw new IllegalStateException("careless");
                            }
                        });
        careless.subscription.request(10);
        line.push().send("1");
        line.push().send("2");

        awaitSize(failures, 1);
        assertThat(result(async.receive()).getString()).isEqualTo("2");
        assertThat(careless.texts).containsExactly("1");
    }

    @Test
    @SuppressWarnings("try") // the test closes it itself
    void shouldHoldUpAPublisherAtTheHighWaterMark() {
        PullSocket pull = context.pull();
        PushSocket push = context.push();
        pull.set(SocketOption.RCVHWM, 1);
        push.set(SocketOption.SNDHWM, 1);
        push.connect(pull.bind(Transport.INPROC.fresh()));
        AsyncSocket async = AsyncSocket.on(loop, push);
        try (SubmissionPublisher<Message> publisher = new SubmissionPublisher<>(Runnable::run, 8)) {
            CompletableFuture<Void> all = async.sendAll(publisher);
            int[] next = {0};
            boolean room = true;
            while (room) {
                Message message = Message.of(String.valueOf(next[0]));
                message.handOver();
                room =
                        publisher.offer(
                                        message,
                                        Deadline.GRACE.toMillis(),
                                        java.util.concurrent.TimeUnit.MILLISECONDS,
                                        null)
                                >= 0;
                if (room) {
                    next[0]++;
                } else {
                    message.close();
                }
            }
            assertThat(next[0]).as("2 in libzmq, 16 asked for, 8 in the publisher").isLessThan(32);
            assertThat(all).isNotDone();
            for (String number : numbers(next[0])) {
                assertThat(Deadline.text(pull)).isEqualTo(number);
            }
            publisher.close();
            result(all);
        }
    }

    @Test
    void shouldPassAStreamOnFromSocketToSocket() {
        Line first = line(Transport.TCP);
        Line second = line(Transport.IPC);
        PushSocket between = second.push();
        first.push().handOver();
        AsyncSocket in = AsyncSocket.on(loop, first.pull());
        AsyncSocket out = AsyncSocket.on(loop, between);
        CompletableFuture<Void> all = out.sendAll(in.publisher());
        var feeder =
                Background.run(() -> numbers(5000).forEach(number -> first.push().send(number)));

        for (String number : numbers(5000)) {
            assertThat(Deadline.text(second.pull())).isEqualTo(number);
        }
        feeder.result();
        in.close();
        result(all);
    }

    /** A publisher that breaks the rules by throwing must end the stream with a failure. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void shouldFailWhenThePublisherThrowsWhenItIsAskedForMore(int failing) {
        Line line = line(Transport.INPROC);
        CountDownLatch cancelled = new CountDownLatch(1);
        var thrown = new IllegalStateException("request");
        Flow.Publisher<Message> source =
                subscriber ->
                        subscriber.onSubscribe(
                                new Flow.Subscription() {
                                    private int calls;

                                    @Override
                                    public void request(long n) {
                                        calls++;
                                        if (calls == failing) {
                                            throw thrown;
                                        }
                                        for (int i = 0; i < n; i++) {
                                            Message message = Message.of("m");
                                            message.handOver();
                                            subscriber.onNext(message);
                                        }
                                    }

                                    @Override
                                    public void cancel() {
                                        cancelled.countDown();
                                    }
                                });
        line.push().handOver();
        CompletableFuture<Void> all = AsyncSocket.on(loop, line.push()).sendAll(source);

        Deadline.until("it has failed", all::isDone);
        assertThat(all).isCompletedExceptionally();
        assertThat(all.exceptionNow()).isSameAs(thrown);
        await(cancelled);
        on(() -> {});
        assertThat(failures).containsExactly(thrown);
    }

    @Test
    void shouldCancelItsSubscriptionWhenTheSocketOrTheFutureEnds() {
        CountDownLatch cancelled = new CountDownLatch(2);
        Flow.Publisher<Message> silent =
                subscriber ->
                        subscriber.onSubscribe(
                                new Flow.Subscription() {
                                    @Override
                                    public void request(long n) {}

                                    @Override
                                    public void cancel() {
                                        cancelled.countDown();
                                    }
                                });
        AsyncSocket async = AsyncSocket.on(loop, context.push());
        CompletableFuture<Void> byUser = async.sendAll(silent);
        CompletableFuture<Void> bySocket = async.sendAll(silent);
        byUser.cancel(true);
        async.close();

        await(cancelled);
        assertThat(bySocket).failsWithin(Deadline.LIMIT);
    }

    @Test
    void shouldLeaveNoNativeMemoryBehind() {
        // A loop that an earlier test held up closes its message when it ends.
        Deadline.until("earlier loops have ended", () -> loopThreads() == 1);
        int before = Internals.slotsInUse();
        Line line = line(Transport.INPROC);
        AsyncSocket async = AsyncSocket.on(loop, line.pull());
        Collector collector = subscribe(async, new Collector());
        collector.subscription.request(2);
        line.push().send("1");
        line.push().send("2");
        awaitSize(collector.texts, 2);
        AsyncSocket lonely = AsyncSocket.on(loop, context.push());
        try (SubmissionPublisher<Message> publisher = new SubmissionPublisher<>()) {
            CompletableFuture<Void> all = lonely.sendAll(publisher);
            Message message = Message.of("never sent");
            message.handOver();
            publisher.submit(message);
            Deadline.until("it waits", () -> on(() -> lonely.socket().isClosed()) != null);
            lonely.close();
            assertThat(all).failsWithin(Deadline.LIMIT);
        }
        assertThat(result(async.receive(Duration.ZERO))).isEmpty();
        Deadline.until("all is closed", () -> Internals.slotsInUse() == before);
    }

    private static long loopThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("panamq-loop"))
                .count();
    }
}
