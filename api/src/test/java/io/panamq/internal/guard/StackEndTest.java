// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.CloseReport;
import io.panamq.ConcurrentSender;
import io.panamq.Context;
import io.panamq.DealerSocket;
import io.panamq.Message;
import io.panamq.PollEvent;
import io.panamq.Poller;
import io.panamq.SocketOption;
import io.panamq.error.ZmqException;
import io.panamq.support.ChildJvm;
import io.panamq.support.StackEnd;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Checks that closing a context ends in time after calls that overflowed the stack, and that it
 * names the sockets which look as if such a call went on. It runs in a process of its own, see
 * {@link StackEnd}.
 */
class StackEndTest {
    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource(Call.class)
    void shouldCloseInTimeAfterAStackOverflowIn(Call call) {
        ChildJvm.Ended ended = new ChildJvm(folder).run(60, Child.class, call.name());
        assertThat(ended.output()).endsWith("told, in time\n").doesNotContain("files left open");
        assertThat(ended.exit()).isZero();
    }

    /** The calls to make at the end of the stack. */
    enum Call {
        OPEN {
            @Override
            void on(World world) {
                world.context.sub();
            }
        },
        CLOSE {
            @Override
            void on(World world) {
                world.next().close();
            }
        },
        CLOSE_WRAPPED {
            @Override
            void on(World world) {
                if (world.wrapped == null) {
                    world.wrapped = Message.wrap(Arena.global().allocate(8), () -> {});
                }
                world.next().close();
            }
        },
        RELEASE {
            @Override
            void on(World world) {
                world.next().handOver();
            }
        },
        SEND {
            @Override
            void on(World world) {
                world.next().trySend("text");
            }
        },
        SEND_CONCURRENTLY {
            @Override
            void on(World world) {
                if (world.sender == null) {
                    world.sender = world.next().concurrentSender();
                }
                world.sender.trySend("text");
            }

            /** Checks that the next send does not wait for its turn for ever. */
            @Override
            void afterwards(World world) {
                boolean ignored = world.sender.trySend("by another thread");
            }
        },
        SEND_CONCURRENTLY_LAST {
            @Override
            void on(World world) {
                SEND_CONCURRENTLY.on(world);
            }
        },
        RECEIVE {
            @Override
            void on(World world) {
                world.next().tryReceive();
            }
        },
        BATCH {
            @Override
            void on(World world) {
                world.next().bulkReceiver().tryReceiveBatch(frame -> {}, 2);
            }
        },
        SET {
            @Override
            void on(World world) {
                world.next().set(SocketOption.LINGER, Duration.ofMillis(1));
            }
        },
        BIND {
            @Override
            void on(World world) {
                world.next().bind("inproc://" + world.number++);
            }
        },
        CONNECT {
            @Override
            void on(World world) {
                world.next().connect("tcp://127.0.0.1:9");
            }
        },
        MONITOR {
            @Override
            void on(World world) {
                world.next().monitor();
            }
        },
        POLLER {
            @Override
            void on(World world) {
                world.context.poller();
            }
        },
        POLL {
            @Override
            void on(World world) {
                world.poller.add(world.next(), PollEvent.IN).attach(world);
                world.poller.poll(Duration.ZERO);
            }
        },
        CLOSE_CONTEXT {
            @Override
            void on(World world) {
                world.context.close(Duration.ofSeconds(1));
            }
        };

        abstract void on(World world);

        void afterwards(World world) {}
    }

    /** The objects that calls need. */
    private static final class World {
        final Context context = Context.builder().linger(Duration.ZERO).maxSockets(9_000).build();
        final DealerSocket[] sockets;
        Message wrapped;
        ConcurrentSender sender;
        final Poller poller = context.poller();
        int number;
        private int next;

        World(int count) {
            sockets = new DealerSocket[count];
            for (int i = 0; i < count; i++) {
                sockets[i] = context.dealer();
            }
        }

        /** Returns another socket each time, until only the last is left. */
        DealerSocket next() {
            return sockets[next < sockets.length - 1 ? next++ : next];
        }
    }

    /** The program that makes the calls and closes the context. */
    static final class Child {
        /** The second that the close was given, and all that a busy machine may add. */
        private static final Duration TIME = Duration.ofSeconds(5);

        private final Call call;
        private final World world;

        private Child(Call call, int sockets) {
            this.call = call;
            this.world = new World(sockets);
        }

        public static void main(String[] arguments) throws IOException, InterruptedException {
            Call call = Call.valueOf(arguments[0]);
            System.getLogger(Context.class.getName()).log(System.Logger.Level.DEBUG, "");
            Child warm = new Child(call, 3);
            warm.call.on(warm.world);
            warm.call.on(warm.world);
            warm.world.context.close();
            long files = openFiles();
            boolean ended = true;
            boolean told = true;
            boolean inTime = true;
            for (int i = 0; i < 5; i++) {
                Child child = new Child(call, 300);
                StackEnd.onSmallStack(i, () -> StackEnd.overflow(child::tryCall, 1, 3));
                call.afterwards(child.world);
                long start = System.nanoTime();
                CloseReport report = child.world.context.close(Duration.ofSeconds(1));
                inTime &= System.nanoTime() - start < TIME.toNanos();
                // A call that was cut off counts as going on while its thread lives, and its socket
                // is named.
                told &= report.terminated() || !report.abandoned().isEmpty();
                ended &= report.terminated();
            }
            if (ended && openFiles() > files) {
                System.out.println("files left open: " + (openFiles() - files));
            }
            StackEnd.halt((told ? "told" : "not told") + (inTime ? ", in time" : ", too late"));
        }

        /**
         * Counts open files: probes, sockets and their signals. The garbage collector has closed
         * none.
         */
        private static long openFiles() throws IOException {
            try (Stream<Path> links = Files.list(Path.of("/proc/self/fd"))) {
                return links.count();
            }
        }

        private void tryCall() {
            try {
                call.on(world);
            } catch (ZmqException | IllegalStateException | IllegalArgumentException e) {
                // An earlier call was cut off halfway.
            }
        }
    }
}
