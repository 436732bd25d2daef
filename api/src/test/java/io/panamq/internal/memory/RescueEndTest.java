// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.Context;
import io.panamq.Message;
import io.panamq.PushSocket;
import io.panamq.support.ChildJvm;
import io.panamq.support.SettledSlots;
import io.panamq.support.StackEnd;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Checks that the rescue begins to work after an overflow of the stack cut off its first use. */
@ExtendWith(SettledSlots.class)
class RescueEndTest {
    @Test
    void shouldWorkAfterItsFirstUseOverflowedTheStack(@TempDir Path folder) {
        ChildJvm.Ended ended = new ChildJvm(folder).with("-Xint").run(60, Child.class);
        assertThat(ended.output()).isEqualTo("false, rescued\n");
    }

    /** The program that overflows the stack with sends that fail. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws InterruptedException {
            try (Context context = Context.create()) {
                PushSocket alone = context.push();
                for (int i = 0; i < 20; i++) {
                    boolean ignored = alone.trySend("this loads the classes of a send");
                }
                alone.handOver();
                StackEnd.onSmallStack(0, () -> fail(alone));
                int before = MessageSlots.inUse();
                String sent = String.valueOf(alone.trySend(Message.of("lost")));
                long deadline = System.nanoTime() + 20_000_000_000L;
                while (MessageSlots.inUse() > before && System.nanoTime() < deadline) {
                    System.gc();
                    Thread.onSpinWait();
                }
                StackEnd.halt(sent + (MessageSlots.inUse() > before ? ", lost" : ", rescued"));
            }
        }

        /** Goes on after the first sends that return: the rescue needs more stack than they do. */
        private static void fail(PushSocket alone) {
            Message[] message = {Message.create()};
            StackEnd.overflow(
                    () -> {
                        message[0].close();
                        message[0] = Message.of("not sent");
                        boolean ignored = alone.trySend(message[0]);
                    },
                    1,
                    300);
            message[0].close();
            alone.handOver();
        }
    }
}
