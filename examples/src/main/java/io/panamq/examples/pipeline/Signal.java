// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

import java.lang.foreign.MemorySegment;

/**
 * A message without text.
 *
 * @param kind a kind of {@link Wire}: {@code PING}, {@code END}, {@code READY}, {@code BYE} or
 *     {@code EXITED}
 * @param worker the number of the worker that sends it or that it is about, 0 for all
 * @param value the round of a {@code PING} and its {@code READY}; the exit code of an {@code
 *     EXITED}; otherwise 0
 */
record Signal(int kind, int worker, long value) implements Report {
    static final long BYTES = 16;

    void write(MemorySegment to) {
        to.set(Wire.INT, 0, kind);
        to.set(Wire.INT, 4, worker);
        to.set(Wire.LONG, 8, value);
    }

    static Signal read(MemorySegment from) {
        Wire.requireSize(from, BYTES);
        return new Signal(from.get(Wire.INT, 0), from.get(Wire.INT, 4), from.get(Wire.LONG, 8));
    }
}
