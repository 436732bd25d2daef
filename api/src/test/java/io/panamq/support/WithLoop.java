// SPDX-License-Identifier: Apache-2.0
package io.panamq.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.Message;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.loop.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Gives each test an event loop, keeps its failures, and checks that it has ended. */
public abstract class WithLoop extends WithContext {
    public final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    public EventLoop loop;

    @BeforeEach
    protected void startLoop() {
        loop = builder().start();
    }

    protected EventLoop.Builder builder() {
        return EventLoop.builder(context).onFailure(failures::add);
    }

    @AfterEach
    protected void endLoop() {
        loop.close();
        assertThat(loop.isStopped()).isTrue();
    }

    /** Runs a task on the loop, and waits for its result. */
    protected <T> T on(Supplier<T> supplier) {
        return result(CompletableFuture.supplyAsync(supplier, loop));
    }

    protected void on(Runnable task) {
        result(CompletableFuture.runAsync(task, loop));
    }

    protected static <T> T result(CompletableFuture<T> future) {
        return get(() -> future.get(Deadline.LIMIT.toSeconds(), TimeUnit.SECONDS));
    }

    /** Waits for the end of the future, and returns why it failed. */
    protected static Throwable failure(CompletableFuture<?> future) {
        Throwable thrown = result(future.handle((value, failure) -> failure));
        assertThat(thrown).as("the failure of %s", future).isNotNull();
        return thrown instanceof CompletionException ? thrown.getCause() : thrown;
    }

    /** Waits for a message, and returns its text. */
    protected static String text(CompletableFuture<Message> future) {
        try (Message message = result(future)) {
            return message.getString();
        }
    }

    protected static <T> T get(Callable<T> callable) {
        try {
            return callable.call();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    protected static void await(CountDownLatch latch) {
        assertThat(get(() -> latch.await(Deadline.LIMIT.toSeconds(), TimeUnit.SECONDS))).isTrue();
    }

    /** Keeps the loop busy until the latch is opened. */
    protected CountDownLatch hold() {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch open = new CountDownLatch(1);
        loop.execute(
                () -> {
                    held.countDown();
                    await(open);
                });
        await(held);
        return open;
    }

    /** A PULL for the loop, and the PUSH that is its peer. */
    protected record Line(PullSocket pull, PushSocket push) {}

    protected Line line(Transport transport) {
        PullSocket pull = context.pull();
        PushSocket push = context.push();
        push.connect(pull.bind(transport.fresh()));
        pull.handOver();
        return new Line(pull, push);
    }

    /** Returns the texts that a socket receives on the loop. */
    protected Queue<String> texts(PullSocket pull) {
        Queue<String> texts = new ConcurrentLinkedQueue<>();
        on(() -> loop.onMessage(pull, message -> texts.add(message.getString())));
        return texts;
    }

    protected static void awaitSize(Queue<?> queue, int size) {
        Deadline.until("there are " + size, () -> queue.size() >= size);
        assertThat(queue).hasSize(size);
    }

    protected static List<String> numbers(int count) {
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add(String.valueOf(i));
        }
        return numbers;
    }
}
