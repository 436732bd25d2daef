// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.Message;
import io.panamq.support.ChildJvm;
import io.panamq.support.SettledSlots;
import io.panamq.support.StackEnd;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Checks that a message loses no slot when its close overflows the stack. */
@ExtendWith(SettledSlots.class)
class SlotEndTest {
    private static final int MESSAGES = 500;

    @Test
    void shouldLoseNoSlotWhenTheStackEndsWithinAClose(@TempDir Path folder) {
        ChildJvm.Ended ended = new ChildJvm(folder).run(60, Child.class);
        assertThat(ended.output()).isEqualTo("viewed, 0 lost\n");
    }

    /** The program that overflows the stack. */
    static final class Child {
        private final List<Message> messages = new ArrayList<>();
        private int next;
        private long viewed;

        private Child() {}

        public static void main(String[] arguments) throws InterruptedException {
            boolean viewed = true;
            for (int i = 0; i < 20; i++) {
                Child child = new Child();
                StackEnd.onSmallStack(i, child::fillAndClose);
                viewed &= child.viewed > 0;
            }
            StackEnd.halt((viewed ? "viewed, " : "not viewed, ") + MessageSlots.inUse() + " lost");
        }

        private void fillAndClose() {
            for (int i = 0; i < MESSAGES; i++) {
                // The messages are small and large in turn.
                Message message = Message.allocate(i % 2 * 100L);
                if (i % 3 == 0) {
                    viewed += message.data().byteSize();
                }
                messages.add(message);
            }
            StackEnd.overflow(this::closeNext, 4, 40);
            messages.forEach(Message::close);
        }

        private void closeNext() {
            messages.get(next++ % MESSAGES).close();
        }
    }
}
