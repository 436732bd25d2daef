// SPDX-License-Identifier: Apache-2.0
package io.panamq.snippets;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.panamq.DealerSocket;
import io.panamq.Heartbeat;
import io.panamq.KeepAlive;
import io.panamq.PeerMessages;
import io.panamq.Reconnect;
import io.panamq.ReconnectStop;
import io.panamq.RouterSocket;
import java.time.Duration;

/** Examples of options that belong together. */
final class OptionSnippets {
    private OptionSnippets() {}

    static void heartbeat(DealerSocket dealer, String endpoint) {
        // @start region="heartbeat"
        Heartbeat.every(Duration.ofSeconds(2)).withTimeout(Duration.ofSeconds(6)).applyTo(dealer);
        // @replace substring='endpoint' replacement='"tcp://server:5555"' :
        dealer.connect(endpoint);
        // @end
    }

    static void reconnect(DealerSocket dealer, String endpoint) {
        // @start region="reconnect"
        Reconnect.every(Duration.ofMillis(100))
                .growingTo(Duration.ofSeconds(10))
                .stoppingAfter(ReconnectStop.HANDSHAKE_FAILED)
                .applyTo(dealer);
        // @replace substring='endpoint' replacement='"tcp://server:5555"' :
        dealer.connect(endpoint);
        // @end
    }

    static void keepAlive(DealerSocket dealer, String endpoint) {
        // @start region="keepalive"
        new KeepAlive(Duration.ofSeconds(60), Duration.ofSeconds(10), 3).applyTo(dealer);
        // @replace substring='endpoint' replacement='"tcp://server:5555"' :
        dealer.connect(endpoint);
        // @end
    }

    static String peers(RouterSocket server, String endpoint) {
        // @start region="peers"
        PeerMessages.none().withDisconnect("gone".getBytes(UTF_8)).applyTo(server);
        // @replace substring='endpoint' replacement='"tcp://*:5555"' :
        String bound = server.bind(endpoint);
        // Of a client that has gone, the server receives its routing id and the frame "gone".
        // @end
        return bound;
    }
}
