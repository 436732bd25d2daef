// SPDX-License-Identifier: Apache-2.0
package io.panamq.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.Context;
import io.panamq.Message;
import io.panamq.PairSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Virtual threads that wait all the time, and so keep the watcher busy for other waiting threads.
 */
public final class BusyWatcher implements AutoCloseable {
    private static final Duration SHORT = Duration.ofNanos(200_000);

    private final AtomicBoolean end = new AtomicBoolean();
    private final List<Background<Integer>> threads = new ArrayList<>();

    public BusyWatcher(Context context) {
        for (int i = 0; i < 8; i++) {
            PairSocket one = context.pair();
            PairSocket two = context.pair();
            one.connect(two.bind(Transport.INPROC.fresh()));
            one.handOver();
            two.handOver();
            threads.add(Background.virtual(() -> talk(one)));
            threads.add(Background.virtual(() -> talk(two)));
        }
    }

    private int talk(PairSocket pair) {
        int received = 0;
        while (!end.get()) {
            pair.trySend("hello");
            received += pair.receive(SHORT).map(BusyWatcher::close).orElse(0);
        }
        return received;
    }

    private static int close(Message message) {
        message.close();
        return 1;
    }

    /** Returns at another moment each time, up to 60 µs after the start. */
    public void awaitMoment(CountDownLatch started, int round) {
        try {
            assertThat(started.await(Deadline.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        long moment = System.nanoTime() + round * 7919L % 60_000;
        while (System.nanoTime() - moment < 0) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        end.set(true);
        threads.forEach(Background::result);
    }
}
