// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.Context;
import io.panamq.Multipart;
import io.panamq.PairSocket;
import io.panamq.SocketOption;
import io.panamq.support.ChildJvm;
import io.panamq.support.StackEnd;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that no part of a multipart message is sent when its send overflows the stack. */
class MultipartEndTest {
    @Test
    void shouldSendAllFramesOrNoneWhenTheStackEnds(@TempDir Path folder) {
        ChildJvm.Ended ended = new ChildJvm(folder).with("-Xint").run(60, Child.class);
        assertThat(ended.output()).isEqualTo("sent, 0 torn\n");
    }

    /** The program that overflows the stack with sends. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws InterruptedException {
            int sent = 0;
            int torn = 0;
            for (int i = 0; i < 60; i++) {
                try (Context context = Context.create()) {
                    PairSocket from = context.pair();
                    PairSocket to = context.pair();
                    from.set(SocketOption.SNDHWM, 100_000);
                    from.connect(to.bind("inproc://torn"));
                    from.send(Multipart.of("this", "loads", "the classes"));
                    from.handOver();
                    StackEnd.onSmallStack(i, () -> overflow(from));
                    Multipart received = to.tryReceiveMultipart().orElse(null);
                    while (received != null) {
                        sent++;
                        torn += received.size() == 3 ? 0 : 1;
                        received.close();
                        received = to.tryReceiveMultipart().orElse(null);
                    }
                }
            }
            StackEnd.halt((sent > 0 ? "sent, " : "nothing sent, ") + torn + " torn");
        }

        private static void overflow(PairSocket from) {
            StackEnd.overflow(() -> from.send(Multipart.of("a", "b", "c")), 1, 3);
            from.handOver();
        }
    }
}
