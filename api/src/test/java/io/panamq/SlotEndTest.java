// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A message whose close overflowed the stack is not closed, or it is: none loses its slot. */
class SlotEndTest {
    private static final int MESSAGES = 500;

    @Test
    void shouldLoseNoSlotWhenTheStackEndsWithinAClose(@TempDir Path folder) {
        ChildJvm.Ended ended = new ChildJvm(folder).run(60, Child.class);
        assertThat(ended.output()).isEqualTo("overflowed, 0 lost\n");
    }

    /** Closes messages in each frame on the way back from the end of the stack. */
    static final class Child {
        private final List<Message> messages = new ArrayList<>();
        private int next;
        private long viewed;
        private int worked;
        private boolean overflowed;

        private Child() {}

        public static void main(String[] arguments) throws InterruptedException {
            boolean overflowed = true;
            for (int i = 0; i < 20; i++) {
                Child child = new Child();
                Thread deep = new Thread(null, child::fillAndClose, "deep", (200 + 3L * i) * 1024);
                deep.start();
                deep.join();
                overflowed &= child.overflowed && child.viewed > 0;
            }
            System.out.print(overflowed ? "overflowed, " : "no overflow, ");
            System.out.print(MessageSlots.inUse() + " lost\n");
            System.out.flush();
            Runtime.getRuntime().halt(0);
        }

        private void fillAndClose() {
            for (int i = 0; i < MESSAGES; i++) {
                // Small ones and large ones.
                Message message = Message.allocate(i % 2 * 100L);
                if (i % 3 == 0) {
                    viewed += message.data().byteSize();
                }
                messages.add(message);
            }
            deeper();
            messages.forEach(Message::close);
        }

        @SuppressWarnings("InfiniteRecursion") // on purpose
        private void deeper() {
            try {
                deeper();
            } catch (StackOverflowError e) {
                overflowed = true;
            }
            for (int i = 0; i < 4 && worked < 40; i++) {
                try {
                    messages.get(next++ % MESSAGES).close();
                    worked++;
                } catch (StackOverflowError e) {
                    worked = 0;
                }
            }
        }
    }
}
