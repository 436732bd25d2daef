// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.scale;

import io.panamq.BulkReceiver;
import io.panamq.Context;
import io.panamq.DealerSocket;
import io.panamq.Message;
import io.panamq.Multipart;
import io.panamq.RouterSocket;
import java.util.ArrayList;
import java.util.List;

/** Runs the benchmark on a small scale, so that its code is loaded and compiled afterwards. */
final class PeersWarmUp {
    private static final int CONTEXTS = 5;
    private static final int PEERS = 50;
    private static final int ROUNDS = 200;

    private PeersWarmUp() {}

    static void run() {
        for (int i = 0; i < CONTEXTS; i++) {
            try (Context context = Context.create();
                    RouterSocket router = context.router();
                    Multipart request = Multipart.create();
                    Message message = Message.create()) {
                String endpoint = router.bind("tcp://127.0.0.1:*");
                BulkReceiver requests = router.bulkReceiver();
                List<DealerSocket> dealers = new ArrayList<>();
                for (int k = 0; k < PEERS; k++) {
                    DealerSocket dealer = context.dealer();
                    dealer.connect(endpoint);
                    dealers.add(dealer);
                }
                for (int round = 0; round < ROUNDS; round++) {
                    for (DealerSocket dealer : dealers) {
                        dealer.send(message.prepare(128));
                    }
                    for (int k = 0; k < PEERS; k++) {
                        requests.receive(request);
                        router.send(request);
                    }
                    for (DealerSocket dealer : dealers) {
                        dealer.receive(message);
                    }
                }
            }
        }
    }
}
