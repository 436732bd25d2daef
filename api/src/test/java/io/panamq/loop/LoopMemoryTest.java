// SPDX-License-Identifier: Apache-2.0
package io.panamq.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.Context;
import io.panamq.Message;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.error.SocketClosedException;
import io.panamq.support.ChildJvm;
import io.panamq.support.FullHeap;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Checks that a loop that finds no memory ends, and that nobody waits for it for ever. It runs in a
 * process of its own, whose heap is full for a while.
 */
class LoopMemoryTest {
    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource(Case.class)
    void shouldLeaveNobodyWaitingWhenThereWasNoMemory(Case tried) {
        ChildJvm.Ended ended = FullHeap.jvm(folder).run(60, Child.class, tried.name());
        assertThat(ended.output()).isEqualTo("right\n");
        assertThat(ended.exit()).isZero();
    }

    /** What the loop does while the heap is full. */
    enum Case {
        /** The loop has messages for many receives, but no memory to receive all of them. */
        TURN {
            @Override
            boolean isRight(Child child) throws Exception {
                List<CompletableFuture<Message>> waiting = new ArrayList<>();
                for (int i = 0; i < Child.WARM; i++) {
                    waiting.add(child.pull.receive());
                }
                CountDownLatch open = child.hold();
                for (int i = 0; i < Child.WARM; i++) {
                    child.push.send("a");
                }
                FullHeap.fill();
                open.countDown();
                FullHeap.spinUntil(child.stopped, 200);
                FullHeap.free();
                int failed = 0;
                for (CompletableFuture<Message> each : waiting) {
                    failed += child.isFailed(each) ? 1 : 0;
                }
                return failed > 0 && child.hasEnded() && child.reports.get() == 1;
            }
        },
        /** The loop ends. */
        STOP {
            @Override
            boolean isRight(Child child) throws Exception {
                CompletableFuture<Message> waiting = child.pull.receive();
                CountDownLatch open = child.hold();
                CompletableFuture<Message> queued = child.pull.receive();
                child.loop.stop();
                FullHeap.fill();
                open.countDown();
                FullHeap.spinUntil(child.stopped, 200);
                FullHeap.free();
                return child.hasEnded()
                        && child.isFailed(waiting)
                        && child.isFailed(queued)
                        && child.reports.get() <= 1;
            }
        },
        /** The loop gets more and more tasks, and runs all that it has accepted. */
        EXECUTE {
            @Override
            boolean isRight(Child child) throws Exception {
                AtomicInteger done = new AtomicInteger();
                Runnable task = done::incrementAndGet;
                CountDownLatch open = child.hold();
                int given = 0;
                FullHeap.fill();
                try {
                    while (given < 10_000 && FullHeap.isFull()) {
                        child.loop.execute(task);
                        given++;
                    }
                } catch (OutOfMemoryError e) {
                    FullHeap.free();
                }
                while (given < 100) {
                    child.loop.execute(task);
                    given++;
                }
                open.countDown();
                CompletableFuture.runAsync(() -> {}, child.loop).get(10, TimeUnit.SECONDS);
                return done.get() == given;
            }
        };

        abstract boolean isRight(Child child) throws Exception;
    }

    /** The program that fills its heap. */
    static final class Child {
        private static final int WARM = 300;

        final Context context = Context.builder().linger(Duration.ZERO).build();
        final AtomicInteger reports = new AtomicInteger();
        final EventLoop loop =
                EventLoop.builder(context).onFailure(e -> reports.incrementAndGet()).start();
        final PushSocket push = context.push();
        final AsyncSocket pull;

        /** Made while there is memory. */
        final BooleanSupplier stopped;

        private Child() throws Exception {
            PullSocket socket = context.pull();
            stopped = loop::isStopped;
            push.connect(socket.bind("inproc://full"));
            pull = AsyncSocket.on(loop, socket);
            for (int i = 0; i < WARM; i++) {
                push.send("warm");
                got(pull.receive());
            }
        }

        public static void main(String[] arguments) throws Exception {
            Case tried = Case.valueOf(arguments[0]);
            boolean ignored = new Child().isRight(tried);
            FullHeap.begin();
            System.out.println(new Child().isRight(tried) ? "right" : "wrong");
            System.out.flush();
            Runtime.getRuntime().halt(0);
        }

        private boolean isRight(Case tried) throws Exception {
            boolean right = tried.isRight(this);
            loop.close();
            push.close();
            context.close();
            return right;
        }

        String got(CompletableFuture<Message> future) throws Exception {
            try (Message message = future.get(10, TimeUnit.SECONDS)) {
                return message.getString();
            }
        }

        boolean hasEnded() {
            return loop.awaitStopped(Duration.ofSeconds(10)) && pull.isClosed();
        }

        /**
         * Returns whether it failed with the end of the loop, or because it could not even begin.
         */
        boolean isFailed(CompletableFuture<Message> future) throws Exception {
            try {
                future.get(10, TimeUnit.SECONDS).close();
                return false;
            } catch (ExecutionException e) {
                return e.getCause() instanceof SocketClosedException
                        || e.getCause() instanceof OutOfMemoryError;
            }
        }

        /** Keeps the loop busy until the latch is opened. */
        CountDownLatch hold() throws InterruptedException {
            CountDownLatch held = new CountDownLatch(1);
            CountDownLatch open = new CountDownLatch(1);
            loop.execute(
                    () -> {
                        held.countDown();
                        try {
                            open.await();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    });
            held.await();
            return open;
        }
    }
}
