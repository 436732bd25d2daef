// SPDX-License-Identifier: Apache-2.0
package io.panamq.it;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The number of frames of a message, and the size of each. Both directions use the same shape. */
record Shape(int frames, int size) {

    /**
     * The sizes are: empty; the largest frame that libzmq keeps inside {@code zmq_msg_t}, and one
     * byte more; one that fits into a default batch; and one that does not. Each is sent as one
     * frame and as three.
     */
    static final List<Shape> ALL =
            IntStream.of(1, 3)
                    .boxed()
                    .flatMap(
                            frames ->
                                    Stream.of(0, 33, 34, 8 << 10, 1 << 20)
                                            .map(size -> new Shape(frames, size)))
                    .toList();

    /** Returns this shape as a {@code --message} argument of a peer. */
    String argument() {
        return Collections.nCopies(frames, size).stream()
                .map(String::valueOf)
                .collect(Collectors.joining(","));
    }

    @Override
    public String toString() {
        String each =
                size >= 1 << 20
                        ? (size >> 20) + " MiB"
                        : size >= 1 << 10 ? (size >> 10) + " KiB" : size + " B";
        return frames == 1 ? each : frames + " x " + each;
    }
}
