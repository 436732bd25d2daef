// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.micro;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The receiving end of a one-way benchmark: a thread that receives batches until its socket is
 * closed. It tells when each batch is complete, so that an invocation covers the whole way of its
 * messages.
 */
final class Receiving {
    /** The work for one message. */
    interface Step {
        /** Receives one message and returns a part of its content. */
        long receive() throws Exception;
    }

    /** The work before the first message. */
    interface Start {
        /** Runs on the receiving thread, which then owns the sockets and messages of the step. */
        Step begin() throws Exception;
    }

    private final Semaphore complete = new Semaphore(0);
    private final CountDownLatch started = new CountDownLatch(1);
    private final Thread thread;
    private volatile Throwable failure;
    private volatile long sink;

    Receiving(int batch, Start start) throws InterruptedException {
        thread = Thread.ofPlatform().daemon().name("bench-receiver").start(() -> run(batch, start));
        started.await();
    }

    private void run(int batch, Start start) {
        try {
            Step step = start.begin();
            started.countDown();
            while (true) {
                long sum = 0;
                for (int i = 0; i < batch; i++) {
                    sum += step.receive();
                }
                sink = sum;
                complete.release();
            }
        } catch (Throwable t) {
            failure = t;
            started.countDown();
            complete.release();
        }
    }

    /** Waits up to 60 s for the batch that was sent. */
    long await() throws InterruptedException {
        if (!complete.tryAcquire(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("no complete batch arrived within 60 s");
        }
        if (failure != null) {
            throw new IllegalStateException("the receiver failed", failure);
        }
        return sink;
    }

    /** Waits for the end of the thread. The socket must be closed or the context shut down. */
    void join() throws InterruptedException {
        thread.join(TimeUnit.SECONDS.toMillis(10));
    }
}
