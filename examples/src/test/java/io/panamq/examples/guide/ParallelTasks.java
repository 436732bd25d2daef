// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.guide;

import io.panamq.Context;
import io.panamq.PollEvent;
import io.panamq.PollItem;
import io.panamq.Poller;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.SocketOption;
import io.panamq.SubSocket;
import io.panamq.XPubSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The guide's taskvent, taskwork2 and tasksink2: a ventilator shares tasks out among workers, and a
 * sink collects the results and tells the workers when to end.
 */
public final class ParallelTasks {
    private static final int WORKERS = 3;

    private ParallelTasks() {}

    public static void main(String[] args) throws Exception {
        int tasks = args.length > 0 ? Integer.parseInt(args[0]) : 2_000;
        try (ExecutorService threads = Executors.newCachedThreadPool();
                Context context = Context.create();
                PullSocket sink = context.pull();
                XPubSocket controller = context.xpub()) {
            String results = sink.bind("tcp://127.0.0.1:*");
            controller.set(SocketOption.XPUB_VERBOSE, true);
            String control = controller.bind("tcp://127.0.0.1:*");
            PushSocket ventilator = context.push();
            String work = ventilator.bind("tcp://127.0.0.1:*");
            ventilator.handOver();
            Future<?> last = threads.submit(() -> ventilate(context, ventilator, results, tasks));

            // The start of the batch: no worker is there yet whose result could overtake it.
            if (!sink.receiveString().equals("start")) {
                throw new IllegalStateException("the batch began with something else");
            }
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                workers.add(threads.submit(() -> work(context, work, results, control)));
            }
            long sum = 0;
            for (int i = 1; i <= tasks; i++) {
                sum += Integer.parseInt(sink.receiveString());
                Rss.at(i);
            }
            if (sum != (long) tasks * (tasks + 1) / 2) {
                throw new IllegalStateException("the sum of the results is " + sum);
            }
            last.get();
            // A worker that has not subscribed yet would miss the signal.
            if (!controller.awaitSubscriptions(WORKERS, Duration.ofSeconds(10))) {
                throw new IllegalStateException("a worker does not listen");
            }
            controller.send("KILL");
            for (Future<?> worker : workers) {
                worker.get();
            }
        }
        System.out.println("ParallelTasks: " + tasks + " tasks were done, and the workers ended");
    }

    private static void ventilate(
            Context context, PushSocket ventilator, String results, int tasks) {
        try (ventilator;
                PushSocket sink = context.push()) {
            sink.connect(results);
            sink.send("start");
            for (int i = 1; i <= tasks; i++) {
                ventilator.send(Integer.toString(i));
            }
        }
    }

    private static void work(Context context, String work, String results, String control) {
        try (PullSocket receiver = context.pull();
                PushSocket sender = context.push();
                SubSocket controller = context.sub();
                Poller poller = context.poller()) {
            receiver.connect(work);
            sender.connect(results);
            controller.connect(control);
            controller.subscribeAll();
            PollItem task = poller.add(receiver, PollEvent.IN);
            PollItem kill = poller.add(controller, PollEvent.IN);
            while (!kill.isReadable()) {
                poller.poll();
                if (task.isReadable()) {
                    sender.send(receiver.receiveString());
                }
            }
        }
    }
}
