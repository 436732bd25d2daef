// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.guide;

import io.panamq.Context;
import io.panamq.PairSocket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The guide's mtrelay: step 1 signals step 2, which signals step 3, from thread to thread. */
public final class ThreadRelay {
    private ThreadRelay() {}

    public static void main(String[] args) {
        int signals = args.length > 0 ? Integer.parseInt(args[0]) : 2_000;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                Context context = Context.create();
                PairSocket receiver = context.pair()) {
            receiver.bind("inproc://step3");
            threads.execute(() -> step2(threads, context, signals));

            for (int i = 0; i < signals; i++) {
                String signal = receiver.receiveString();
                if (!signal.equals("READY " + i)) {
                    throw new IllegalStateException("signal " + i + " is " + signal);
                }
                Rss.at(i + 1);
            }
        }
        System.out.println("ThreadRelay: " + signals + " signals were relayed");
    }

    private static void step2(ExecutorService threads, Context context, int signals) {
        try (PairSocket receiver = context.pair();
                PairSocket transmitter = context.pair()) {
            receiver.bind("inproc://step2");
            threads.execute(() -> step1(context, signals));
            transmitter.connect("inproc://step3");
            for (int i = 0; i < signals; i++) {
                transmitter.send(receiver.receive());
            }
        }
    }

    private static void step1(Context context, int signals) {
        try (PairSocket transmitter = context.pair()) {
            transmitter.connect("inproc://step2");
            for (int i = 0; i < signals; i++) {
                transmitter.send("READY " + i);
            }
        }
    }
}
