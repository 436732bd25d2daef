// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples;

import io.panamq.Zmq;
import io.panamq.examples.perf.PerfCommand;
import io.panamq.examples.pipeline.PipelineCommand;
import io.panamq.examples.pipeline.WorkerCommand;
import java.nio.file.FileSystemException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The main program of this jar. Each example is a subcommand. */
@Command(
        name = "panamq-examples",
        synopsisSubcommandLabel = "COMMAND",
        description = "Programs that show PanaMQ: ZeroMQ for Java.",
        footer = {"", "'COMMAND --help' says more about a command."},
        subcommands = {
            PipelineCommand.class,
            ReqRep.class,
            PubSub.class,
            Heartbeats.class,
            Http.class,
            LastValueCache.class,
            PerfCommand.class,
            WorkerCommand.class,
        })
public final class Main implements Runnable {
    private static final int FAILURE = 1;

    @Spec private CommandSpec spec;

    private Main() {}

    /**
     * Runs one of the programs and exits with its exit code.
     *
     * @param args the subcommand and its arguments
     */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /**
     * Creates the command line, which shows each error as one line.
     *
     * @return a new command line
     */
    public static CommandLine commandLine() {
        CommandLine main = new CommandLine(new Main());
        addStandardOptions(main);
        return main.setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Main::reportWrongUsage)
                .setExecutionExceptionHandler(Main::reportFailure);
    }

    /** Adds {@code --help} and {@code --version} to a command and its subcommands. */
    private static void addStandardOptions(CommandLine command) {
        command.getCommandSpec()
                .mixinStandardHelpOptions(true)
                .versionProvider(
                        () ->
                                new String[] {
                                    "libzmq %s (%s)".formatted(Zmq.version(), Zmq.librarySource())
                                });
        command.getSubcommands().values().forEach(Main::addStandardOptions);
    }

    /** Shows the usage, when there is no subcommand. */
    @Override
    public void run() {
        CommandLine commandLine = spec.commandLine();
        commandLine.usage(commandLine.getOut());
    }

    private static int reportWrongUsage(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        command.getErr()
                .println(
                        "%s: %s (try '%s --help')"
                                .formatted(name(command), e.getMessage(), name(command)));
        command.getErr().flush();
        return CommandLine.ExitCode.USAGE;
    }

    private static int reportFailure(Exception e, CommandLine command, ParseResult parsed) {
        // The message of a file system exception is often only the name of the file.
        boolean needsType = e instanceof FileSystemException || e.getMessage() == null;
        String message = needsType ? e.toString() : e.getMessage();
        command.getErr().println(name(command) + ": " + message);
        if (command.getParseResult().hasMatchedOption("--verbose")) {
            e.printStackTrace(command.getErr());
        }
        command.getErr().flush();
        return FAILURE;
    }

    /** Returns the name of a command as users type it, such as {@code perf local_thr}. */
    private static String name(CommandLine command) {
        CommandLine parent = command.getParent();
        boolean first = parent == null || parent.getParent() == null;
        return (first ? "" : name(parent) + " ") + command.getCommandName();
    }
}
