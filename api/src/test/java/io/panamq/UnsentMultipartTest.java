// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.error.SocketClosedException;
import io.panamq.support.Background;
import io.panamq.support.WithContext;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests what happens to a multipart message whose send, or whose change, did not succeed. */
class UnsentMultipartTest extends WithContext {
    @ParameterizedTest
    @ValueSource(ints = {0, 5})
    void shouldRefuseGrowthWhenASenderHadNoTurn(int millis) {
        PushSocket push = context.push();
        ConcurrentSender sender = push.concurrentSender();
        Background<Boolean> waiting = Background.blocked(() -> sender.send("waits for room"));
        try (Multipart multipart = Multipart.of("one")) {
            assertThat(sender.send(multipart, Duration.ofMillis(millis))).isFalse();

            assertThatThrownBy(() -> multipart.add("two"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("was not sent");
            assertThat(multipart.size()).isEqualTo(1);
            multipart.clear();
            assertThat(multipart.add("two").getString(0)).isEqualTo("two");
        } finally {
            push.close();
        }
        assertThat(waiting.failure()).isInstanceOf(SocketClosedException.class);
    }

    @Test
    void shouldKeepTheRoutingIdThatItCannotUnwrap() {
        try (Multipart multipart = Multipart.of("id", "")) {
            multipart.get(1).close();

            assertThatThrownBy(multipart::unwrap).isInstanceOf(IllegalStateException.class);

            assertThat(multipart.size()).isEqualTo(2);
            assertThat(multipart.getString(0)).isEqualTo("id");
        }
    }
}
