// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples;

import io.panamq.Context;
import io.panamq.DealerSocket;
import io.panamq.Proxy;
import io.panamq.SocketOption;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Shows back-pressure through a proxy: a client sends tasks to a worker that takes none, until all
 * queues between the two are full and the client has to wait. Meanwhile the other direction goes
 * on. Then the worker takes the tasks, and none is lost.
 */
@Command(
        name = "proxy",
        description = "Proxy: a slow worker makes the client wait, and no task is lost.")
final class BackPressure implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofMillis(200);

    @Option(
            names = {"-q", "--queue"},
            paramLabel = "N",
            defaultValue = "10",
            description = "The high-water mark of each socket, in messages (default: 10).")
    private int queue;

    @Override
    public Integer call() throws InterruptedException {
        try (Context context = Context.create();
                DealerSocket front = dealer(context);
                DealerSocket back = dealer(context);
                DealerSocket client = dealer(context);
                DealerSocket worker = dealer(context)) {
            // Over inproc only the sockets queue; over tcp the system's buffers hold more.
            client.connect(front.bind("inproc://front"));
            worker.connect(back.bind("inproc://back"));
            Proxy proxy = Proxy.between(front, back);
            Thread thread = proxy.start();

            int sent = 0;
            while (client.send("task " + (sent + 1), PATIENCE)) {
                sent++;
            }
            System.out.println("client: waits after " + sent + " tasks, the queues are full");
            worker.send("I am busy");
            System.out.println("client: hears '" + client.receiveString() + "'");

            for (int i = 1; i < sent; i++) {
                worker.receive().close();
            }
            System.out.println("worker: the last is '" + worker.receiveString() + "'");

            proxy.terminate();
            thread.join();
            System.out.println(
                    "proxy: forwarded " + proxy.statistics().backendMessagesSent() + " tasks");
        }
        return 0;
    }

    private DealerSocket dealer(Context context) {
        DealerSocket dealer = context.dealer();
        dealer.set(SocketOption.SNDHWM, queue);
        dealer.set(SocketOption.RCVHWM, queue);
        return dealer;
    }
}
