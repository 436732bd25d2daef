// SPDX-License-Identifier: Apache-2.0
package io.panamq.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.ConnectionId;
import io.panamq.DealerSocket;
import io.panamq.Multipart;
import io.panamq.RouterSocket;
import io.panamq.SocketMonitor;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Runs the examples of the pages about monitors. */
class MonitorSnippetsTest extends WithContext {
    @Test
    void shouldFindTheClientThatIsGone() {
        RouterSocket router = context.router();
        SocketMonitor monitor = router.monitor();
        DealerSocket dealer = context.dealer();
        dealer.connect(router.bind(Transport.TCP.fresh()));
        dealer.send("name of the client");
        assertThat(monitor.awaitPeers(1, Deadline.LIMIT)).isTrue();
        Map<ConnectionId, String> clients = new HashMap<>();

        try (Multipart request = Deadline.multipart(router)) {
            WaitSnippets.come(request, clients);
        }
        assertThat(clients).containsValue("name of the client");
        dealer.close();
        WaitSnippets.gone(monitor, clients);

        assertThat(clients).isEmpty();
    }
}
