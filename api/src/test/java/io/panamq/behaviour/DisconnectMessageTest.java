// SPDX-License-Identifier: Apache-2.0
package io.panamq.behaviour;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.panamq.Context;
import io.panamq.DealerSocket;
import io.panamq.PeerMessages;
import io.panamq.RouterSocket;
import io.panamq.bindings.NativeLibrary;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithDrafts;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Checks that a socket which tells of peers that go can end at the same time as they do. */
class DisconnectMessageTest extends WithDrafts {
    /** libzmq used the end of a pipe that had none any more, on a thread of its own. */
    @Test
    void shouldEndWhilePeersGo() {
        assumeTrue(NativeLibrary.isHardened("disconnect-msg"), "a libzmq that is mended");
        for (int round = 0; round < 100; round++) {
            Context clients = Context.builder().linger(Duration.ZERO).build();
            RouterSocket router = context.router();
            PeerMessages.none().withDisconnect("gone".getBytes(UTF_8)).applyTo(router);
            String endpoint = router.bind(Transport.TCP.fresh());
            for (int i = 0; i < 20; i++) {
                DealerSocket dealer = clients.dealer();
                dealer.connect(endpoint);
                dealer.send("here");
                Deadline.multipart(router).close();
            }
            Background<Boolean> end =
                    Background.start(() -> clients.close(Deadline.LIMIT).terminated());
            router.close();

            assertThat(end.result()).isTrue();
        }
    }
}
