// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.worker;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.DoubleAdder;

/** Sends messages one way and counts them where they arrive. */
final class OneWay {
    private final Kit kit;
    private final Params params;
    private final Signals signals;
    private final AtomicInteger measured = new AtomicInteger();
    private final DoubleAdder rates = new DoubleAdder();

    OneWay(Kit kit, Params params, Signals signals) {
        this.kit = kit;
        this.params = params;
        this.signals = signals;
    }

    /** Runs the sending thread. */
    void send() throws Exception {
        Port port;
        if (params.pattern().equals("pubsub")) {
            port = kit.open(Kind.XPUB, params.endpoint());
            signals.endpoint.complete(port.endpoint());
            port.awaitSubscriptions(params.subscribers());
        } else {
            Kind kind = params.pattern().equals("dealerrouter") ? Kind.DEALER : Kind.PUSH;
            port = kit.open(kind, params.isAlone() ? signals.endpoint.get() : params.endpoint());
        }
        long counter = 0;
        while (!signals.stop) {
            counter = sendSlice(port, counter, params.slice());
        }
        port.close();
        signals.done = true;
    }

    /** Runs a receiving thread. */
    void receive() throws Exception {
        Port port;
        if (params.pattern().equals("pubsub")) {
            port = kit.open(Kind.SUB, signals.endpoint.get());
        } else {
            Kind kind = params.pattern().equals("dealerrouter") ? Kind.ROUTER : Kind.PULL;
            port = kit.open(kind, params.endpoint());
            if (!params.isAlone()) {
                Worker.say("endpoint " + port.endpoint());
            }
            signals.endpoint.complete(port.endpoint());
        }
        report(measure(port));
        // The sender may be blocked in a send: receiving goes on until it is done.
        boolean more = true;
        while (more || !signals.done) {
            more = port.drain();
        }
        port.close();
    }

    /** Measures after the warm-up; returns messages per second. */
    private double measure(Port port) throws Exception {
        int slice = params.slice();
        long counter = receiveSlice(port, 0, 1);
        long start = System.nanoTime();
        long end = start;
        while (end - start < params.warmup()) {
            counter = receiveSlice(port, counter, slice);
            end = System.nanoTime();
        }
        start = end;
        long first = counter;
        while (end - start < params.window()) {
            counter = receiveSlice(port, counter, slice);
            end = System.nanoTime();
        }
        return (counter - first) * kit.messagesPerStep() * 1e9 / (end - start);
    }

    private void report(double rate) {
        rates.add(rate);
        if (measured.incrementAndGet() == params.subscribers()) {
            Worker.say("result " + rates.sum() / params.subscribers());
            if (params.isAlone()) {
                signals.stop = true;
            }
        }
    }

    // These are methods of their own because the JVM compiles a method that is called often better
    // than a loop that is already running.

    private static long sendSlice(Port port, long counter, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            port.send(counter++);
        }
        return counter;
    }

    private static long receiveSlice(Port port, long counter, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            long got = port.receive();
            if (got != counter) {
                throw new IllegalStateException("expected message " + counter + ", got " + got);
            }
            counter++;
        }
        return counter;
    }
}
