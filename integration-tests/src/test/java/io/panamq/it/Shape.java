// SPDX-License-Identifier: Apache-2.0
package io.panamq.it;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The outer form of a message: how many frames of which size. Both directions use the same. */
record Shape(int frames, int size) {

    /**
     * Empty; the largest frame libzmq keeps inside {@code zmq_msg_t} and one more; one that fits a
     * default batch; one that does not. Alone and as three frames.
     */
    static final List<Shape> ALL =
            IntStream.of(1, 3)
                    .boxed()
                    .flatMap(
                            frames ->
                                    Stream.of(0, 33, 34, 8 << 10, 1 << 20)
                                            .map(size -> new Shape(frames, size)))
                    .toList();

    /** As a peer's {@code --message} argument. */
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
