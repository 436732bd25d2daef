// SPDX-License-Identifier: Apache-2.0
package io.panamq.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.Context;
import io.panamq.Internals;
import io.panamq.PairSocket;
import io.panamq.Poller;
import io.panamq.support.ChildJvm;
import io.panamq.support.SettledSlots;
import io.panamq.support.StackEnd;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Checks that a call that overflows the stack of its thread does not leave a loop asleep with work
 * to do. It runs in a process of its own, see {@link StackEnd}.
 */
@ExtendWith(SettledSlots.class)
class LoopStackEndTest {
    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource(Call.class)
    void shouldGoOnAfterAStackOverflowIn(Call call) {
        ChildJvm.Ended ended = new ChildJvm(folder).run(90, Child.class, call.name());
        assertThat(ended.output()).isEqualTo("goes on\n");
        assertThat(ended.exit()).isZero();
    }

    /** The calls to make at the end of the stack, and the checks that the loop goes on. */
    enum Call {
        EXECUTE {
            @Override
            void on(World world) {
                world.loop.execute(() -> {});
            }
        },
        SCHEDULE {
            @Override
            void on(World world) {
                world.loop.schedule(Duration.ZERO, () -> {}).cancel();
            }
        },
        SEND {
            @Override
            void on(World world) {
                var unused = world.async.send(new byte[5]);
            }

            @Override
            boolean goesOn(World world) throws Exception {
                return world.async.send(new byte[5]).get(5, TimeUnit.SECONDS);
            }
        },
        RECEIVE {
            @Override
            void on(World world) {
                var unused = world.async.receive(Duration.ZERO);
            }

            @Override
            boolean goesOn(World world) throws Exception {
                return world.async.receive(Duration.ZERO).get(5, TimeUnit.SECONDS).isEmpty();
            }
        },
        STOP {
            @Override
            void on(World world) {
                world.loop.stop();
            }

            @Override
            boolean goesOn(World world) {
                return world.loop.awaitStopped(Duration.ofSeconds(5));
            }
        },
        WAKEUP {
            @Override
            void on(World world) {
                world.poller.wakeup();
            }

            @Override
            boolean goesOn(World world) throws InterruptedException {
                world.poller.tryPoll(); // takes earlier wakeups
                CountDownLatch woken = new CountDownLatch(1);
                world.poller.wakeup();
                world.poller.handOver();
                Thread.ofPlatform()
                        .daemon()
                        .start(
                                () -> {
                                    world.poller.poll();
                                    woken.countDown();
                                });
                return woken.await(5, TimeUnit.SECONDS);
            }
        };

        abstract void on(World world);

        boolean goesOn(World world) throws Exception {
            CompletableFuture.runAsync(() -> {}, world.loop).get(5, TimeUnit.SECONDS);
            return true;
        }
    }

    /** The objects that calls need. */
    private static final class World {
        final Context context = Context.builder().linger(Duration.ZERO).build();
        final EventLoop loop = EventLoop.create(context);
        final Poller poller = context.poller();
        final AsyncSocket async;

        /** Kept, because a lost socket would be logged. */
        final PairSocket other;

        World() {
            other = context.pair();
            other.bind("inproc://other");
            PairSocket pair = context.pair();
            pair.connect("inproc://other");
            async = AsyncSocket.on(loop, pair, 4);
        }

        void close() {
            loop.close();
            other.close();
            context.close();
        }
    }

    /** The program that makes the calls. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws Exception {
            Call call = Call.valueOf(arguments[0]);
            World warm = new World();
            for (int i = 0; i < 50; i++) {
                call.on(warm); // makes more calls than may wait
            }
            warm.close();
            boolean goesOn = true;
            for (int i = 0; i < 12; i++) {
                World world = new World();
                StackEnd.onSmallStack(i, () -> StackEnd.overflow(() -> call.on(world), 1, 1));
                goesOn &= goesOn(call, world);
                world.close();
            }
            if (Internals.slotsInUse() > 0) {
                System.out.println("messages left open: " + Internals.slotsInUse());
            }
            StackEnd.halt(goesOn ? "goes on" : "is stuck");
        }

        private static boolean goesOn(Call call, World world) throws Exception {
            try {
                return call.goesOn(world);
            } catch (TimeoutException e) {
                return false;
            }
        }
    }
}
