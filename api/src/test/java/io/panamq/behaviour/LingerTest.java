// SPDX-License-Identifier: Apache-2.0
package io.panamq.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.panamq.Message;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.SocketOption;
import io.panamq.bindings.NativeLibrary;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests what happens to messages that were sent before their socket is closed. */
class LingerTest extends WithContext {
    private static final int SIZE = 4096;

    /** Far more messages than the operating system buffers between two sockets. */
    private static final int COUNT = 4000;

    /**
     * The last messages arrive too, though the peer reads slowly. Other libzmqs lose up to a batch.
     */
    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldDeliverAllToAPeerThatReadsLate(Transport transport) {
        assumeTrue(
                transport == Transport.INPROC || NativeLibrary.isHardened("linger"),
                "this libzmq loses them");
        PullSocket pull = context.pull();
        pull.set(SocketOption.RCVHWM, 1);
        PushSocket push = context.push();
        push.set(SocketOption.SNDHWM, 0);
        push.set(SocketOption.LINGER, Deadline.LIMIT);
        push.connect(pull.bind(transport.fresh()));
        try (Message message = Message.create()) {
            for (int i = 0; i < COUNT; i++) {
                message.prepare(SIZE).setInt(0, i);
                assertThat(push.trySend(message)).isTrue();
            }
        }

        push.close();

        for (int i = 0; i < COUNT; i++) {
            try (Message message = Deadline.receive(pull)) {
                assertThat(message.getInt(0)).isEqualTo(i);
                assertThat(message.size()).isEqualTo(SIZE);
            }
        }
        assertThat(pull.tryReceive()).isEmpty();
    }
}
