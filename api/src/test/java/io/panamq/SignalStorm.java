// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.panamq.bindings.MessageCalls;
import io.panamq.bindings.NativeMemory;
import io.panamq.bindings.TransferCalls;
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

/** The program of {@link SignalTest}: a thread waits while it gets one signal after the other. */
@SuppressWarnings("restricted") // pthread_kill
final class SignalStorm {
    /** The JVM leaves it alone. */
    private static final int SIGUSR1 =
            System.getProperty("os.name", "").startsWith("Mac") ? 30 : 10;

    private static final Duration WAIT = Duration.ofMillis(300);
    private static final MethodHandle SELF = link("pthread_self", JAVA_LONG);
    private static final MethodHandle KILL = link("pthread_kill", JAVA_INT, JAVA_LONG, JAVA_INT);
    private static final MethodHandle HANDLE = link("signal", ADDRESS, JAVA_INT, ADDRESS);

    private SignalStorm() {}

    public static void main(String[] arguments) throws Throwable {
        // A handler that does nothing: some function of libc that takes an int.
        MemorySegment handler = Linker.nativeLinker().defaultLookup().find("abs").orElseThrow();
        MemorySegment before = (MemorySegment) HANDLE.invokeExact(SIGUSR1, handler);
        require(before.address() == 0, "nobody else handles the signal");

        try (Context context = Context.create()) {
            underSignals("raw", () -> interruptedInLibzmq(context));
            PairSocket pair = context.pair();
            pair.get(SocketOption.LINGER);
            pair.release();
            underSignals("receive", () -> waits(pair, () -> pair.receive(WAIT).isPresent()));
            underSignals(
                    "receiveInto",
                    () -> {
                        try (Message message = Message.create()) {
                            return waits(pair, () -> pair.receive(message, WAIT));
                        }
                    });
            underSignals(
                    "receiveMultipart",
                    () -> waits(pair, () -> pair.receiveMultipart(WAIT).isPresent()));
            underSignals("send", () -> waits(pair, () -> pair.send("nobody", WAIT)));
            underSignals(
                    "sendMultipart",
                    () -> waits(pair, () -> pair.send(Multipart.of("a", "b"), WAIT)));
            arrives(context);
        }
        System.out.println("done");
    }

    /** The proof that the signals do end libzmq's own waits. */
    private static boolean interruptedInLibzmq(Context context) {
        try (PairSocket pair = context.pair()) {
            pair.get(SocketOption.LINGER);
            MemorySegment slot = NativeMemory.scratchSlot();
            MessageCalls.init(slot);
            int result = 0;
            while (result != -Errno.EINTR.number()) {
                result = TransferCalls.receive(pair.core.capture, slot, pair.core.handle, 0);
            }
            return true;
        }
    }

    /** Not shorter than it should be, though it is interrupted all the time. */
    private static boolean waits(PairSocket pair, Callable<Boolean> call) throws Exception {
        long begin = System.nanoTime();
        boolean done = call.call();
        long nanos = System.nanoTime() - begin;
        pair.release();
        require(!done, "the call found something");
        require(nanos >= WAIT.toNanos(), "waited " + nanos + " ns only");
        return true;
    }

    /** A wait without end, and then a message. */
    private static void arrives(Context context) throws Throwable {
        PairSocket peer = context.pair();
        String endpoint = peer.bind("tcp://127.0.0.1:*");
        PairSocket pair = context.pair();
        underSignals(
                "receive without end",
                () -> {
                    pair.connect(endpoint);
                    pair.send("ready");
                    return pair.receiveString().equals("arrived");
                },
                signals -> {
                    if (signals == 0) {
                        require(peer.receiveString().equals("ready"), "ready");
                    } else if (signals == 2000) {
                        peer.send("arrived");
                    }
                });
    }

    private static void underSignals(String what, Callable<Boolean> call) throws Throwable {
        underSignals(what, call, signals -> {});
    }

    private static void underSignals(String what, Callable<Boolean> call, IntConsumer between)
            throws Throwable {
        var started = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        long[] thread = new long[1];
        var task =
                new FutureTask<>(
                        () -> {
                            thread[0] = (long) invoke(SELF);
                            started.countDown();
                            return call.call();
                        });
        // It must live until the last signal: the number may be another thread's afterwards.
        Thread.ofPlatform()
                .daemon()
                .start(
                        () -> {
                            task.run();
                            awaitLatch(end);
                        });
        awaitLatch(started);
        int signals = 0;
        while (!task.isDone()) {
            between.accept(signals);
            kill(thread[0]);
            signals++;
        }
        require(task.get(), what);
        end.countDown();
        System.out.println(what + " under " + (signals > 100 ? "many" : signals) + " signals");
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object invoke(MethodHandle handle) {
        try {
            return (long) handle.invokeExact();
        } catch (Throwable t) {
            throw new IllegalStateException(t);
        }
    }

    /** About one in a tenth of a millisecond, so that the thread gets on between two. */
    private static void kill(long thread) throws Throwable {
        require((int) KILL.invokeExact(thread, SIGUSR1) == 0, "pthread_kill");
        LockSupport.parkNanos(100_000);
    }

    private static void require(boolean condition, String what) {
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
