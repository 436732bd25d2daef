// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.perf;

import io.panamq.Capability;
import io.panamq.Context;
import io.panamq.SocketOption;
import io.panamq.Zmq;
import java.io.PrintWriter;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * The options of all tools, which libzmq's own tools do not have, and the context they describe.
 */
final class PerfOptions {
    @Option(
            names = "--io-threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Threads of libzmq that move data, 0 to 128 (default: 1).")
    private int ioThreads;

    @Option(
            names = "--batch-size",
            paramLabel = "BYTES",
            description = {
                "How much tcp and ipc move at once, 256 to 16777216 (default: 262144; that of"
                        + " libzmq's own tools: 8192)."
            })
    private Integer batchSize;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            converter = Arguments.Seconds.class,
            description = "Give up when the peer does not move for so long (default: never).")
    private Duration timeout;

    @Option(names = "--json", description = "Print the result as one JSON object.")
    private boolean json;

    @Option(names = "--no-progress", description = "No progress bar, even on a terminal.")
    private boolean noProgress;

    boolean json() {
        return json;
    }

    boolean progress() {
        return !noProgress;
    }

    /** Returns the longest wait, or null for no limit. */
    Duration timeout() {
        return timeout;
    }

    /**
     * Returns the linger of a socket that has sent all. By default it is forever: the peer counts.
     */
    Duration linger() {
        return timeout == null ? SocketOption.FOREVER : timeout;
    }

    /** Builds the context. Its sockets drop what a failed measurement leaves unsent. */
    Context context(CommandSpec spec) {
        Context.Builder builder = Context.builder();
        builder.linger(Duration.ZERO);
        apply(spec, "--io-threads", () -> builder.ioThreads(ioThreads));
        if (batchSize != null) {
            apply(spec, "--batch-size", () -> builder.batchSize(batchSize));
        }
        if (batchSize != null && !Zmq.has(Capability.DRAFT)) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("--batch-size has no effect: this libzmq was built without drafts");
            err.flush();
        }
        return builder.build();
    }

    private static void apply(CommandSpec spec, String option, Runnable setting) {
        try {
            setting.run();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), "%s: %s".formatted(option, e.getMessage()), e);
        }
    }
}
