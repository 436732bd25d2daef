// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.perf;

import picocli.CommandLine.Parameters;

/** The arguments of a tool that is both ends itself. */
final class InprocArguments {
    @Parameters(
            index = "0",
            paramLabel = "SIZE",
            converter = Arguments.Size.class,
            description = "Bytes of a message.")
    private int size;

    @Parameters(
            index = "1",
            paramLabel = "COUNT",
            converter = Arguments.Count.class,
            description = "How many messages or round trips.")
    private int count;

    Load load() {
        return new Load(size, count);
    }
}
