// SPDX-License-Identifier: Apache-2.0
package io.panamq.snippets;

import io.panamq.Context;
import io.panamq.DealerSocket;
import io.panamq.Proxy;
import io.panamq.RouterSocket;

/** An example of a proxy. */
final class ProxySnippets {
    private ProxySnippets() {}

    static void proxy(Context context, String front, String back, Runnable serve)
            throws InterruptedException {
        // @start region="proxy"
        try (RouterSocket clients = context.router();
                DealerSocket workers = context.dealer()) {
            clients.bind(front); // @replace substring='front' replacement='"tcp://*:5559"'
            workers.bind(back); // @replace substring='back' replacement='"tcp://*:5560"'
            Proxy proxy = Proxy.between(clients, workers);
            Thread thread = proxy.start();
            serve.run(); // @replace substring='serve.run();' replacement='// ... until the end'
            proxy.terminate();
            thread.join();
            System.out.println(proxy.statistics().frontendMessagesReceived() + " requests");
        }
        // @end
    }
}
