// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.guide;

import io.panamq.Context;
import io.panamq.PollEvent;
import io.panamq.PollItem;
import io.panamq.Poller;
import io.panamq.PubSocket;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.SubSocket;
import io.panamq.error.ContextTerminatedException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The guide's mspoller: one thread reads tasks and weather updates, whichever comes. */
public final class MultipleSocketPoller {
    private MultipleSocketPoller() {}

    public static void main(String[] args) {
        int messages = args.length > 0 ? Integer.parseInt(args[0]) : 2_000;
        // The context is closed first, which ends the ventilator and the weather server.
        try (ExecutorService threads = Executors.newCachedThreadPool();
                Context context = Context.create()) {
            PushSocket ventilator = context.push();
            String taskEndpoint = ventilator.bind("tcp://127.0.0.1:*");
            ventilator.handOver();
            PubSocket weather = context.pub();
            String weatherEndpoint = weather.bind("tcp://127.0.0.1:*");
            weather.handOver();

            threads.execute(() -> ventilate(ventilator));
            threads.execute(() -> publish(weather));
            receive(context, taskEndpoint, weatherEndpoint, messages / 2);
        }
        System.out.println(
                "MultipleSocketPoller: " + messages / 2 + " tasks and as many updates came");
    }

    private static void receive(Context context, String tasks, String weather, int wanted) {
        try (PullSocket receiver = context.pull();
                SubSocket subscriber = context.sub();
                Poller poller = context.poller()) {
            receiver.connect(tasks);
            subscriber.connect(weather);
            subscriber.subscribe("10001 ");
            PollItem task = poller.add(receiver, PollEvent.IN);
            PollItem update = poller.add(subscriber, PollEvent.IN);

            int taskCount = 0;
            int updateCount = 0;
            int lastUpdate = -1;
            while (taskCount < wanted || updateCount < wanted) {
                poller.poll();
                if (task.isReadable()) {
                    String text = receiver.receiveString();
                    if (!text.equals("task " + taskCount)) {
                        throw new IllegalStateException("task " + taskCount + " is " + text);
                    }
                    Rss.at(2L * ++taskCount);
                }
                if (update.isReadable()) {
                    int number =
                            Integer.parseInt(
                                    subscriber.receiveString().substring("10001 ".length()));
                    if (number <= lastUpdate) { // a PUB may drop one, but sends none twice
                        throw new IllegalStateException(
                                "update " + number + " after " + lastUpdate);
                    }
                    lastUpdate = number;
                    updateCount++;
                }
            }
        }
    }

    private static void ventilate(PushSocket ventilator) {
        try (ventilator) {
            for (int i = 0; true; i++) {
                ventilator.send("task " + i);
            }
        } catch (ContextTerminatedException e) {
            // There was enough to do.
        }
    }

    private static void publish(PubSocket weather) {
        try (weather) {
            for (int i = 0; true; i++) {
                weather.send((10_001 + i % 2) + " " + i);
            }
        } catch (ContextTerminatedException e) {
            // There was enough weather.
        }
    }
}
