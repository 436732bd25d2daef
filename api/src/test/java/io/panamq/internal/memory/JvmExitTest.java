// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.Context;
import io.panamq.Message;
import io.panamq.MessageArena;
import io.panamq.PairSocket;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.SocketOption;
import io.panamq.support.Background;
import io.panamq.support.ChildJvm;
import io.panamq.support.Transport;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that a process ends with its own exit code, whatever is open. */
class JvmExitTest {
    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"exit", "halt"})
    void shouldEndWithEverythingOpen(String how) {
        assertThat(run(how)).isEqualTo(7);
    }

    @Test
    void shouldEndWithItsMainThread() {
        assertThat(run("return")).isZero();
    }

    private int run(String how) {
        ChildJvm.Ended ended =
                new ChildJvm(folder).with("-XX:TieredStopAtLevel=1").run(30, Child.class, how);
        assertThat(ended.output()).isEqualTo("ready\n");
        return ended.exit();
    }

    /**
     * The program that leaves everything open: blocked threads, unsent messages, wrapped memory.
     */
    static final class Child {
        private Child() {}

        /** Waits without the libraries of the tests. */
        private static void spinUntilBlocked(Background<?> background) {
            while (!background.isBlocked()) {
                Thread.onSpinWait();
            }
        }

        /**
         * Leaves memory of the JVM to libzmq: in the queue to an absent peer, and at a peer on
         * inproc.
         */
        private static void leaveMemory(Context context) {
            PushSocket remote = context.push();
            remote.connect(Transport.nowhere());
            PairSocket near = context.pair();
            PairSocket peer = context.pair();
            near.connect(peer.bind("inproc://near"));
            for (int i = 0; i < 100; i++) {
                MemorySegment content = Arena.ofAuto().allocate(100_000);
                remote.send(Message.wrap(content, () -> {}));
                near.send(Message.wrap(content, () -> {}));
                MessageArena arena = MessageArena.create();
                remote.send(arena.wrap(arena.allocate(100_000)));
            }
            peer.receive().data();
            if (ReleaseThread.heldCount() != 300) {
                throw new AssertionError(ReleaseThread.heldCount() + " are held");
            }
        }

        /** Keeps the objects reachable, because a lost one would be reported. */
        private static final List<Object> OPEN = new ArrayList<>();

        public static void main(String[] arguments) {
            Context context = Context.builder().linger(SocketOption.FOREVER).build();
            PushSocket push = context.push();
            OPEN.add(context);
            OPEN.add(push);
            push.connect(Transport.nowhere());
            for (int i = 0; i < 100; i++) {
                push.send(new byte[10_000]);
            }
            spinUntilBlocked(Background.start(() -> context.pull().receive()));
            spinUntilBlocked(Background.start(() -> context.dealer().send("nobody")));
            PullSocket parked = context.pull();
            spinUntilBlocked(Background.virtual(parked::receive));
            spinUntilBlocked(Background.virtual(() -> context.dealer().send("nobody")));
            Context ending = Context.builder().linger(SocketOption.FOREVER).build();
            OPEN.add(ending);
            PushSocket idle = ending.push();
            OPEN.add(idle);
            idle.connect(Transport.nowhere());
            PushSocket unsent = ending.push();
            unsent.connect(Transport.nowhere());
            unsent.send("never delivered");
            unsent.close();
            Background.start(() -> ending.close(Duration.ofHours(1)));
            while (!ending.isClosed()) {
                Thread.onSpinWait();
            }
            PullSocket inbox = context.pull();
            OPEN.add(inbox);
            inbox.bind(Transport.TCP.fresh());
            leaveMemory(context);
            System.out.print("ready\n");
            System.out.flush();
            if (arguments[0].equals("exit")) {
                System.exit(7);
            } else if (arguments[0].equals("halt")) {
                Runtime.getRuntime().halt(7);
            }
        }
    }
}
