// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

import io.panamq.examples.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * The result of running {@code pipeline} as a user does.
 *
 * @param exitCode its exit code
 * @param out its standard output
 * @param err its standard error
 */
record CommandRun(int exitCode, String out, String err) {

    static CommandRun pipeline(Object... args) {
        return pipeline(bytes -> {}, args);
    }

    /** Runs the command. The listener is called at each result, in the middle of the run. */
    static CommandRun pipeline(LongConsumer listener, Object... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine main =
                Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        PipelineCommand command = main.getSubcommands().get("pipeline").getCommand();
        command.listen(listener);
        String[] all =
                Stream.concat(Stream.of("pipeline"), Arrays.stream(args).map(Object::toString))
                        .toArray(String[]::new);
        int exitCode = main.execute(all);
        return new CommandRun(exitCode, out.toString(), err.toString());
    }

    /** Returns lines, words and bytes from the row of a file or {@code total}. */
    List<Long> counts(Object name) {
        return out.lines()
                .filter(line -> line.endsWith("  " + name))
                .map(line -> line.trim().split("\\s+", 5))
                .map(row -> Stream.of(row).limit(3).map(Long::valueOf).toList())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no row for " + name + " in: " + this));
    }
}
