// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.guide;

import io.panamq.Context;
import io.panamq.DealerSocket;
import io.panamq.Multipart;
import io.panamq.RouterSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A ROUTER gives work to DEALER workers, which send and read the empty frame of a REQ themselves
 * (rtdealer).
 */
public final class RtDealer {

    private static final int WORKERS = 10;

    private RtDealer() {}

    public static void main(String[] args) throws Exception {
        int messages = args.length > 0 ? Integer.parseInt(args[0]) : 2_000;
        try (ExecutorService threads = Executors.newCachedThreadPool();
                Context context = Context.create();
                RouterSocket broker = context.router()) {
            String endpoint = broker.bind("tcp://127.0.0.1:*");
            List<Future<Integer>> workers = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                workers.add(threads.submit(() -> work(context, endpoint)));
            }

            int tasks = messages / 2; // each is asked for, and given
            int given = 0;
            int fired = 0;
            while (fired < WORKERS) {
                Multipart request = broker.receiveMultipart(); // routing id, empty frame, "Hi Boss"
                if (!request.getString(2).equals("Hi Boss")) {
                    throw new IllegalStateException("not a request:\n" + request.dump());
                }
                if (given < tasks) {
                    broker.send(request.truncate(2).add("Work harder"));
                    given++;
                    Rss.at(2L * given);
                } else {
                    broker.send(request.truncate(2).add("Fired!"));
                    fired++;
                }
            }

            int done = 0;
            for (Future<Integer> worker : workers) {
                done += worker.get();
            }
            if (done != tasks) {
                throw new IllegalStateException(given + " tasks given, " + done + " done");
            }
            System.out.println("rtdealer: " + done + " tasks done by " + WORKERS + " workers");
        }
    }

    private static int work(Context context, String endpoint) {
        try (DealerSocket worker = context.dealer()) {
            worker.connect(endpoint);
            int total = 0;
            while (true) {
                worker.send(Multipart.of("", "Hi Boss"));
                worker.receiveString(); // the empty frame
                String workload = worker.receiveString();
                if (workload.equals("Fired!")) {
                    return total;
                }
                total++;
            }
        }
    }
}
