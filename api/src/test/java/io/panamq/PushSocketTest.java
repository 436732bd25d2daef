// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests PUSH, the start of a pipeline. */
class PushSocketTest extends WithContext {
    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldDealItsMessagesInTurn(Transport transport) {
        PushSocket push = context.push();
        String endpoint = push.bind(transport.fresh());
        List<PullSocket> workers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            PullSocket worker = context.pull();
            worker.connect(endpoint);
            workers.add(worker);
            // Waits until the new worker takes part.
            Deadline.until(
                    "worker gets its share",
                    () -> {
                        push.send("hello");
                        boolean got = false;
                        for (PullSocket each : workers) {
                            boolean here = each.tryReceive().map(PushSocketTest::close).isPresent();
                            got |= here && each == worker;
                        }
                        return got;
                    });
        }
        int total = 300;
        int[] shares = new int[3];
        for (int i = 0; i < total; i++) {
            push.send("work");
        }
        push.send("end");
        push.send("end");
        push.send("end");
        for (int i = 0; i < 3; i++) {
            for (String text = ""; !text.equals("end"); text = Deadline.text(workers.get(i))) {
                shares[i] += text.equals("work") ? 1 : 0;
            }
        }

        assertThat(shares).containsOnly(total / 3);
    }

    private static boolean close(Message message) {
        message.close();
        return true;
    }

    @Test
    void shouldNotSendWithoutAPeer() {
        PushSocket push = context.push();
        push.bind(Transport.INPROC.fresh());

        assertThat(push.trySend("nobody")).isFalse();
        assertThat(push.send("nobody", Deadline.GRACE)).isFalse();
    }

    @Test
    void shouldStopAtTheHighWaterMarksOfBothSidesAndGoOnAfterwards() {
        PullSocket pull = context.pull();
        PushSocket push = context.push();
        pull.set(SocketOption.RCVHWM, 3);
        push.set(SocketOption.SNDHWM, 4);
        push.connect(pull.bind(Transport.INPROC.fresh()));
        int queued = 0;
        while (push.trySend("message " + queued)) {
            queued++;
        }

        assertThat(queued).isEqualTo(7);
        for (int i = 0; i < queued; i++) {
            assertThat(Deadline.text(pull)).isEqualTo("message " + i);
        }
        assertThat(push.send("again", Deadline.LIMIT)).isTrue();
        assertThat(Deadline.text(pull)).isEqualTo("again");
    }

    @Test
    void shouldNotSendToAPeerThatIsNotConnectedYetIfImmediate() {
        PushSocket push = context.push();
        push.set(SocketOption.IMMEDIATE, true);
        push.connect(Transport.nowhere());

        assertThat(push.trySend("nobody")).isFalse();
    }

    @Test
    void shouldLoseItsPeerWithDisconnect() {
        PullSocket pull = context.pull();
        PushSocket push = context.push();
        String endpoint = pull.bind(Transport.TCP.fresh());
        push.connect(endpoint);
        push.send("before");
        assertThat(Deadline.text(pull)).isEqualTo("before");

        push.disconnect(endpoint);

        Deadline.until("the connection is gone", () -> !push.trySend("after"));
    }
}
