// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
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
 * While another part of the program has all memory, a loop waits, and then it goes on: nobody waits
 * for it in vain. In a process of its own, whose heap is full for a while.
 */
class LoopMemoryTest {
    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource(Case.class)
    void shouldLoseNothingWhileThereIsNoMemory(Case tried) {
        ChildJvm.Ended ended = FullHeap.jvm(folder).run(60, Child.class, tried.name());
        assertThat(ended.output()).isEqualTo("goes on\n");
        assertThat(ended.exit()).isZero();
    }

    /**
     * What the loop does while the heap is full. It mostly finds no memory then, which it reports
     * once.
     */
    enum Case {
        /** It looks for messages. */
        IDLE {
            @Override
            boolean goesOn(Child child) throws Exception {
                CompletableFuture<Message> waiting = child.pull.receive();
                FullHeap.fill();
                FullHeap.spinUntil(child.reported, 500);
                FullHeap.free();
                child.push.send("a");
                return child.reports.get() <= 1 && child.got(waiting).equals("a");
            }
        },
        /** It has a message for somebody, twice. */
        TURN {
            @Override
            boolean goesOn(Child child) throws Exception {
                CompletableFuture<Message> first = child.pull.receive();
                CompletableFuture<Message> second = child.pull.receive();
                CompletableFuture<?> unused = first.thenAccept(message -> FullHeap.fill());
                CountDownLatch open = child.hold();
                child.push.send("a");
                child.push.send("b");
                open.countDown();
                FullHeap.spinUntil(child.full, 20_000);
                FullHeap.spinUntil(child.reported, 500);
                FullHeap.free();
                return child.reports.get() <= 1
                        && child.got(first).equals("a")
                        && child.got(second).equals("b");
            }
        },
        /** It ends. */
        STOP {
            @Override
            boolean goesOn(Child child) throws Exception {
                CompletableFuture<Message> waiting = child.pull.receive();
                CountDownLatch open = child.hold();
                CompletableFuture<Message> queued = child.pull.receive();
                child.loop.stop();
                FullHeap.fill();
                open.countDown();
                FullHeap.spinUntil(child.stopped, 200);
                FullHeap.free();
                return child.loop.awaitStopped(Duration.ofSeconds(10))
                        && child.isFailed(waiting)
                        && child.isFailed(queued)
                        && child.pull.isClosed();
            }
        },
        /** It is given more and more. */
        EXECUTE {
            @Override
            boolean goesOn(Child child) throws Exception {
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

        abstract boolean goesOn(Child child) throws Exception;
    }

    /** Does it all. */
    static final class Child {
        private static final int WARM = 300;

        final Context context = Context.builder().linger(Duration.ZERO).build();
        final AtomicInteger reports = new AtomicInteger();
        final EventLoop loop =
                EventLoop.builder(context).onFailure(e -> reports.incrementAndGet()).start();
        final PushSocket push = context.push();
        final AsyncSocket pull;

        /** Made while there is memory. */
        final BooleanSupplier reported = () -> reports.get() > 0;

        final BooleanSupplier full = FullHeap::isFull;
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
            boolean ignored = new Child().goesOn(tried);
            FullHeap.begin();
            System.out.println(new Child().goesOn(tried) ? "goes on" : "is stuck");
            System.out.flush();
            Runtime.getRuntime().halt(0);
        }

        private boolean goesOn(Case tried) throws Exception {
            boolean goesOn = tried.goesOn(this);
            loop.close();
            push.close();
            context.close();
            return goesOn;
        }

        String got(CompletableFuture<Message> future) throws Exception {
            try (Message message = future.get(10, TimeUnit.SECONDS)) {
                return message.toUtf8();
            }
        }

        boolean isFailed(CompletableFuture<Message> future) throws Exception {
            try {
                future.get(10, TimeUnit.SECONDS).close();
                return false;
            } catch (ExecutionException e) {
                return e.getCause() instanceof SocketClosedException;
            }
        }

        /** The loop is busy until this is opened. */
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
