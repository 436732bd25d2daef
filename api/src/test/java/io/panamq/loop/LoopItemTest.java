// SPDX-License-Identifier: Apache-2.0
package io.panamq.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.Message;
import io.panamq.PollItem;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.support.Transport;
import io.panamq.support.WithLoop;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Tests what a user may do with an item of a loop: the loop's own work goes on. */
class LoopItemTest extends WithLoop {
    @Test
    void shouldServeAnItemWithAnAttachmentAndAnActionOfTheUser() {
        PullSocket pull = context.pull();
        String endpoint = pull.bind(Transport.INPROC.fresh());
        PushSocket push = context.push();
        push.connect(endpoint);
        CountDownLatch received = new CountDownLatch(2);
        pull.handOver();
        PollItem item = on(() -> loop.onMessage(pull, message -> countDown(message, received)));

        on(() -> item.attach("the user's").onReady(() -> {}));
        push.send("before and");
        push.send("after");
        await(received);

        assertThat(item.attachment()).isEqualTo("the user's");
        assertThat(loop.isStopped()).isFalse();
        assertThat(failures).isEmpty();
    }

    private static void countDown(Message message, CountDownLatch latch) {
        assertThat(message.size()).isPositive();
        latch.countDown();
    }

    @Test
    void shouldNotRunItsOwnHandlerAsTheActionOfTheUser() {
        PullSocket pull = context.pull();
        pull.bind(Transport.INPROC.fresh());
        pull.handOver();
        PollItem item = on(() -> loop.onMessage(pull, message -> {}));

        assertThat(item.attachment()).isNull();
        assertThatThrownBy(item::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no action");
    }
}
