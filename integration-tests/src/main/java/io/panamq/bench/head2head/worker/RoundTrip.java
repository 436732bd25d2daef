// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Exchanges requests and replies and takes the time where the requests start. */
final class RoundTrip {
    private static final int MOST = 1 << 20;

    private final Kit kit;
    private final Params params;
    private final Signals signals;

    RoundTrip(Kit kit, Params params, Signals signals) {
        this.kit = kit;
        this.params = params;
        this.signals = signals;
    }

    /** Runs the replying thread. */
    void reply() throws Exception {
        try (Port port = kit.open(Kind.REP, params.endpoint())) {
            signals.endpoint.complete(port.endpoint());
            while (!signals.stop) {
                port.echo();
            }
        }
    }

    /** Runs the asking thread. */
    void ask() throws Exception {
        try (Port port = kit.open(Kind.REQ, signals.endpoint.get())) {
            long[] times = new long[MOST];
            long counter = 0;
            long end = System.nanoTime() + params.warmup();
            while (System.nanoTime() < end) {
                ask(port, counter++);
            }
            int count = 0;
            end = System.nanoTime() + params.window();
            while (System.nanoTime() < end && count < MOST) {
                times[count++] = ask(port, counter++);
            }
            write(times, count);
            Worker.say("result " + count);
            signals.stop = true;
        }
    }

    private static long ask(Port port, long counter) throws Exception {
        long start = System.nanoTime();
        port.send(counter);
        long got = port.receive();
        if (got != counter) {
            throw new IllegalStateException("expected reply " + counter + ", got " + got);
        }
        return System.nanoTime() - start;
    }

    private void write(long[] times, int count) throws IOException {
        var buffer = ByteBuffer.allocate(count * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asLongBuffer().put(times, 0, count);
        Files.write(Path.of(params.samples()), buffer.array());
    }
}
