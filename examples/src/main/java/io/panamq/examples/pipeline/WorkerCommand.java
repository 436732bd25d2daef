// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

import io.panamq.Context;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The subcommand that runs a worker process. Only {@code pipeline --processes} starts it. */
@Command(name = WorkerCommand.NAME, hidden = true, description = "A worker of 'pipeline'.")
public final class WorkerCommand implements Callable<Integer> {
    static final String NAME = "pipeline-worker";

    private static final int ORPHANED = 4;

    @Option(names = "--id", required = true)
    private int id;

    @Option(names = "--ventilator-endpoint", required = true)
    private String ventilatorEndpoint;

    @Option(names = "--sink-endpoint", required = true)
    private String sinkEndpoint;

    @Option(names = "--high-water-mark", required = true)
    private int highWaterMark;

    @Option(names = "--locale", required = true, converter = WordRule.Converter.class)
    private WordRule rule;

    @Override
    public Integer call() {
        Thread.ofPlatform().daemon().name("parent-watch").start(WorkerCommand::leaveWithParent);
        Worker.Assignment assignment =
                new Worker.Assignment(ventilatorEndpoint, sinkEndpoint, highWaterMark, rule);
        try (Context context = Context.create();
                Worker worker = new Worker(context, id, assignment)) {
            worker.run();
        }
        return 0;
    }

    /** Ends this process when standard input ends: the parent has closed it or was killed. */
    private static void leaveWithParent() {
        try {
            while (System.in.read() >= 0) {
                // The parent never writes.
            }
        } catch (IOException e) {
            // An error means the same as the end.
        }
        Runtime.getRuntime().halt(ORPHANED);
    }
}
