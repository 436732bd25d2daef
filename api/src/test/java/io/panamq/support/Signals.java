// SPDX-License-Identifier: Apache-2.0
package io.panamq.support;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/** Sends one thread a signal after the other while it works. It does not run on Windows. */
@SuppressWarnings("restricted") // calls pthread_kill
public final class Signals {
    /** The JVM does not use this signal. */
    private static final int SIGUSR1 =
            System.getProperty("os.name", "").startsWith("Mac") ? 30 : 10;

    /** A pause that lets the thread go on between two signals, and wait again. */
    public static final Duration SELDOM = Duration.ofNanos(100_000);

    /** A pause so short that signals also hit calls within libzmq that do not wait. */
    public static final Duration OFTEN = Duration.ofNanos(1_000);

    /** How long the work may take. It must not start its wait again after each signal. */
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private static final MethodHandle SELF = link("pthread_self", JAVA_LONG);
    private static final MethodHandle KILL = link("pthread_kill", JAVA_INT, JAVA_LONG, JAVA_INT);
    private static final MethodHandle HANDLE = link("signal", ADDRESS, JAVA_INT, ADDRESS);

    private Signals() {}

    /** Handles the signal, because only a handled signal interrupts a system call. */
    public static void handle() throws Throwable {
        // Any function of libc that takes an int is a handler that does nothing.
        MemorySegment handler = Linker.nativeLinker().defaultLookup().find("abs").orElseThrow();
        MemorySegment before = (MemorySegment) HANDLE.invokeExact(SIGUSR1, handler);
        require(before.address() == 0, "nobody else handles the signal");
    }

    public static void during(String what, Callable<Boolean> call) throws Throwable {
        during(what, SELDOM, call, signals -> {});
    }

    /**
     * Makes the call on a thread of its own, where it must return true. Passes the number of
     * signals to {@code between}.
     */
    public static void during(
            String what, Duration pause, Callable<Boolean> call, IntConsumer between)
            throws Throwable {
        var started = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        long[] thread = new long[1];
        var task =
                new FutureTask<>(
                        () -> {
                            thread[0] = self();
                            started.countDown();
                            return call.call();
                        });
        // The thread must live until the last signal, because its number may belong to another one
        // later.
        Thread.ofPlatform()
                .daemon()
                .start(
                        () -> {
                            task.run();
                            await(end);
                        });
        await(started);
        long begin = System.nanoTime();
        int signals = 0;
        while (!task.isDone()) {
            require(System.nanoTime() - begin < LIMIT.toNanos(), what + " has ended in time");
            between.accept(signals);
            require((int) KILL.invokeExact(thread[0], SIGUSR1) == 0, "pthread_kill");
            LockSupport.parkNanos(pause.toNanos());
            signals++;
        }
        require(task.get(), what);
        end.countDown();
        System.out.println(what + " under " + (signals > 100 ? "many" : signals) + " signals");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long self() {
        try {
            return (long) SELF.invokeExact();
        } catch (Throwable t) {
            throw new IllegalStateException(t);
        }
    }

    public static void require(boolean condition, String what) {
        if (!condition) {
            throw new IllegalStateException("not so: " + what);
        }
    }

    private static MethodHandle link(String name, ValueLayout result, ValueLayout... parameters) {
        return Linker.nativeLinker()
                .downcallHandle(
                        Linker.nativeLinker().defaultLookup().find(name).orElseThrow(),
                        FunctionDescriptor.of(result, parameters));
    }
}
