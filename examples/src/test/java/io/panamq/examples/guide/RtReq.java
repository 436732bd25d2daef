// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.guide;

import io.panamq.Context;
import io.panamq.Multipart;
import io.panamq.ReqSocket;
import io.panamq.RouterSocket;
import io.panamq.SocketOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A ROUTER gives work to REQ workers: the one that has waited longest asks first (rtreq). */
public final class RtReq {

    private static final int WORKERS = 10;

    private RtReq() {}

    public static void main(String[] args) throws Exception {
        int messages = args.length > 0 ? Integer.parseInt(args[0]) : 2_000;
        try (ExecutorService threads = Executors.newCachedThreadPool();
                Context context = Context.create();
                RouterSocket broker = context.router()) {
            String endpoint = broker.bind("tcp://127.0.0.1:*");
            List<Future<Integer>> workers = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                String name = "worker-" + i;
                workers.add(threads.submit(() -> work(context, endpoint, name)));
            }

            int tasks = messages / 2; // each is asked for, and given
            int given = 0;
            int fired = 0;
            while (fired < WORKERS) {
                String identity = broker.receiveString();
                String delimiter = broker.receiveString();
                String request = broker.receiveString();
                if (!delimiter.isEmpty() || !request.equals("Hi Boss")) {
                    throw new IllegalStateException("not a request: " + request);
                }
                if (given < tasks) {
                    broker.send(Multipart.of(identity, "", "Work harder"));
                    given++;
                    Rss.at(2L * given);
                } else {
                    broker.send(Multipart.of(identity, "", "Fired!"));
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
            System.out.println("rtreq: " + done + " tasks done by " + WORKERS + " workers");
        }
    }

    private static int work(Context context, String endpoint, String name) {
        try (ReqSocket worker = context.req()) {
            worker.set(SocketOption.ROUTING_ID_TEXT, name);
            worker.connect(endpoint);
            int total = 0;
            while (true) {
                worker.send("Hi Boss");
                String workload = worker.receiveString();
                if (workload.equals("Fired!")) {
                    return total;
                }
                total++;
            }
        }
    }
}
