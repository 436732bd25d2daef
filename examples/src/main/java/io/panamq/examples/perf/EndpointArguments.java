// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.perf;

import picocli.CommandLine.Parameters;

/** The arguments of a tool that talks to another process. */
final class EndpointArguments {
    @Parameters(
            index = "0",
            paramLabel = "ENDPOINT",
            description = {
                "Where the two meet: tcp://127.0.0.1:5555,",
                "or ipc:///tmp/name.",
            })
    private String endpoint;

    @Parameters(
            index = "1",
            paramLabel = "SIZE",
            converter = Arguments.Size.class,
            description = "Bytes of a message, the same at both ends.")
    private int size;

    @Parameters(
            index = "2",
            paramLabel = "COUNT",
            converter = Arguments.Count.class,
            description = "How many messages or round trips, the same at both ends.")
    private int count;

    String endpoint() {
        return endpoint;
    }

    Load load() {
        return new Load(size, count);
    }
}
