// SPDX-License-Identifier: Apache-2.0
package io.panamq.support;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs a task on a thread of its own, and waits for its end with a deadline. */
public final class Background<T> {
    private static final Set<Thread.State> PARKED =
            Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

    private final FutureTask<T> task;
    private final Thread thread;

    private Background(Callable<T> callable, Thread.Builder threads) {
        task = new FutureTask<>(callable);
        thread = threads.name("background").start(task);
    }

    private Background(Callable<T> callable) {
        this(callable, Thread.ofPlatform().daemon());
    }

    public static <T> Background<T> start(Callable<T> callable) {
        return new Background<>(callable);
    }

    /** Starts a task on a virtual thread. */
    public static <T> Background<T> virtual(Callable<T> callable) {
        return new Background<>(callable, Thread.ofVirtual());
    }

    /** Starts a task on a virtual thread, and waits until it is parked in a call of a socket. */
    public static <T> Background<T> parked(Callable<T> callable) {
        Background<T> background = virtual(callable);
        background.awaitParked();
        return background;
    }

    public static Background<Void> run(Runnable runnable) {
        return new Background<>(
                () -> {
                    runnable.run();
                    return null;
                });
    }

    /** Starts a task, and waits until it is in a blocking call of a socket. */
    public static <T> Background<T> blocked(Callable<T> callable) {
        var background = new Background<>(callable);
        background.awaitBlocked();
        return background;
    }

    public Thread thread() {
        return thread;
    }

    public void awaitBlocked() {
        Deadline.until("thread waits in a call of a socket", this::isBlocked);
    }

    public void awaitParked() {
        Deadline.until(
                "thread is parked in a call of a socket",
                () -> PARKED.contains(thread.getState()) && isBlocked());
    }

    public boolean isBlocked() {
        if (task.isDone()) {
            throw new AssertionError("the task has ended instead of waiting", failureOf(task));
        }
        if (thread.isVirtual() && !PARKED.contains(thread.getState())) {
            return false;
        }
        return isInCall(thread);
    }

    /** Returns whether a thread is in a blocking call of a socket. */
    public static boolean isInCall(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("retry"));
    }

    private static Throwable failureOf(FutureTask<?> task) {
        return task.state() == java.util.concurrent.Future.State.FAILED
                ? task.exceptionNow()
                : null;
    }

    /** Waits for the end of the task, and returns its result. */
    public T result() {
        try {
            return task.get(Deadline.LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("the task failed", e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw hangs(e);
        }
    }

    /** Waits for the end of the task, and returns what it threw. */
    public Throwable failure() {
        try {
            T value = task.get(Deadline.LIMIT.toSeconds(), TimeUnit.SECONDS);
            throw new AssertionError("the task returned " + value + " and should have thrown");
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (InterruptedException | TimeoutException e) {
            throw hangs(e);
        }
    }

    private AssertionError hangs(Exception cause) {
        var error = new AssertionError("the task did not end in " + Deadline.LIMIT, cause);
        error.setStackTrace(thread.getStackTrace());
        return error;
    }
}
