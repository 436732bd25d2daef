// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.perf;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The {@code perf} subcommand: libzmq's measuring tools, which also work against those in C. */
@Command(
        name = "perf",
        synopsisSubcommandLabel = "TOOL",
        commandListHeading = "%nTools:%n",
        description = {
            "Measures throughput and latency: the tools of libzmq's folder 'perf', with the same"
                    + " arguments and results. Each also works against its counterpart in C."
        },
        footer = {
            "",
            "Throughput, in two terminals:",
            "  examples/run perf local_thr tcp://127.0.0.1:5555 128 5000000",
            "  examples/run perf remote_thr tcp://127.0.0.1:5555 128 5000000",
            "Latency, likewise:",
            "  examples/run perf local_lat tcp://127.0.0.1:5555 128 100000",
            "  examples/run perf remote_lat tcp://127.0.0.1:5555 128 100000",
            "",
            "Within one process:",
            "  examples/run perf inproc_thr 128 5000000",
            "",
            "Let it run for some seconds: the JVM compiles the program while it runs.",
            "",
            "'perf TOOL --help' says more about a tool.",
        },
        subcommands = {
            ThroughputTool.Local.class,
            ThroughputTool.Remote.class,
            LatencyTool.Local.class,
            LatencyTool.Remote.class,
            InprocTool.Thr.class,
            InprocTool.Lat.class,
        })
public final class PerfCommand implements Runnable {
    @Spec private CommandSpec spec;

    /** Shows the usage, when there is no tool. */
    @Override
    public void run() {
        CommandLine commandLine = spec.commandLine();
        commandLine.usage(commandLine.getOut());
    }
}
