// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.worker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The program of a worker process. It prints {@code endpoint …} (role recv) and {@code result …} on
 * standard output, and ends when its standard input ends.
 */
public final class Worker {
    /** Starts the message of a failure that means that the contender cannot do this. */
    static final String NOT_AVAILABLE = "n/a: ";

    private static final int FAILED = 3;
    private static final int ABANDONED = 4;

    private Worker() {}

    /** The work of a thread. */
    private interface Work {
        void run() throws Exception;
    }

    /**
     * Makes one measurement.
     *
     * @param args see {@link Params}
     */
    public static void main(String[] args) throws Exception {
        Params params = Params.parse(args);
        var signals = new Signals();
        Thread.ofPlatform().daemon().name("watcher").start(() -> watch(params, signals));
        List<Thread> threads = new ArrayList<>();
        try (Kit kit = Kit.of(params)) {
            if (params.pattern().equals("reqrep")) {
                var roundTrip = new RoundTrip(kit, params, signals);
                threads.add(start("reply", roundTrip::reply));
                threads.add(start("ask", roundTrip::ask));
            } else {
                var oneWay = new OneWay(kit, params, signals);
                for (int i = 0; params.plays("recv") && i < params.subscribers(); i++) {
                    threads.add(start("receive", oneWay::receive));
                }
                if (params.plays("send")) {
                    threads.add(start("send", oneWay::send));
                }
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    private static Thread start(String name, Work work) {
        return Thread.ofPlatform()
                .name(name)
                .start(
                        () -> {
                            try {
                                work.run();
                            } catch (Throwable failure) {
                                fail(failure);
                            }
                        });
    }

    /** Ends the process at once, because the other threads may be blocked. */
    private static void fail(Throwable failure) {
        failure.printStackTrace();
        // The report shows the last line.
        boolean known = failure instanceof IllegalStateException;
        System.err.println(known ? failure.getMessage() : failure.toString());
        System.err.flush();
        Runtime.getRuntime().halt(FAILED);
    }

    /** Prints a line for the process that has started this one. */
    static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    /** Waits for the end of standard input, which also comes if the benchmark dies. */
    private static void watch(Params params, Signals signals) {
        try {
            while (System.in.read() >= 0) {}
            if (!params.isAlone()) {
                signals.stop = true;
                signals.done = params.role().equals("recv");
                TimeUnit.SECONDS.sleep(5);
            }
        } catch (IOException | InterruptedException e) {
            System.err.println("standard input: " + e);
        }
        Runtime.getRuntime().halt(ABANDONED);
    }
}
