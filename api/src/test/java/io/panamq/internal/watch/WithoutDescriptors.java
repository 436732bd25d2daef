// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.watch;

import io.panamq.Context;
import io.panamq.PairSocket;
import java.io.FileInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;

/**
 * A program that {@link WatcherTest} runs: a virtual thread waits while the process can open no
 * file, so that there is no watcher. Later there is one.
 */
final class WithoutDescriptors {
    private static final Set<Thread.State> PARKED =
            Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

    private WithoutDescriptors() {}

    public static void main(String[] arguments) throws Exception {
        Watchers.use(Watchers.Kind.NONE);
        try (Context context = Context.create()) {
            PairSocket pair = context.pair();
            PairSocket peer = context.pair();
            peer.connect(pair.bind("inproc://without"));
            peer.handOver();
            exchange(pair, peer);
            // Classes are files too, so these are loaded now.
            Class.forName("io.panamq.internal.watch.EpollWatcher");
            Class.forName("io.panamq.bindings.calls.EpollCalls");
            exhaust(pair, peer);
            while (Watchers.current() == null) {
                Thread.onSpinWait();
            }
            exchange(pair, peer);
            System.out.println("with a watcher");
        }
    }

    private static void exhaust(PairSocket pair, PairSocket peer) throws Exception {
        List<FileInputStream> files = new ArrayList<>();
        try {
            while (true) {
                files.add(new FileInputStream("/dev/null"));
            }
        } catch (IOException e) {
            Watchers.use(Watchers.Kind.EPOLL);
            exchange(pair, peer);
            if (Watchers.current() != null) {
                throw new IllegalStateException("there is a watcher without a descriptor", e);
            }
        } finally {
            for (FileInputStream file : files) {
                file.close();
            }
        }
        System.out.println("without a watcher");
    }

    /** The first wait ends at its deadline. The second one ends with a message that comes then. */
    private static void exchange(PairSocket pair, PairSocket peer) throws Exception {
        var late = new CountDownLatch(1);
        var waiting =
                new FutureTask<>(
                        () -> {
                            boolean early = peer.receive(Duration.ofMillis(5)).isPresent();
                            late.countDown();
                            String text = peer.receiveString();
                            peer.handOver();
                            return text + early;
                        });
        Thread thread = Thread.ofVirtual().start(waiting);
        late.await();
        while (!PARKED.contains(thread.getState())) {
            Thread.onSpinWait();
        }
        pair.send("x");
        if (!waiting.get().equals("xfalse")) {
            throw new IllegalStateException(waiting.get());
        }
    }
}
