// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples;

import io.panamq.Zmq;
import io.panamq.examples.pipeline.PipelineCommand;
import io.panamq.examples.pipeline.WorkerCommand;
import java.nio.file.FileSystemException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The programs of this jar, each a subcommand. */
@Command(
        name = "panamq-examples",
        synopsisSubcommandLabel = "COMMAND",
        description = "Programs that show PanaMQ: ZeroMQ for Java.",
        footer = {"", "'COMMAND --help' says more about a command."},
        subcommands = {
            PipelineCommand.class,
            ReqRep.class,
            PubSub.class,
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
     * The command line, with errors shown as one line each.
     *
     * @return a new one
     */
    public static CommandLine commandLine() {
        CommandLine main = new CommandLine(new Main());
        addStandardOptions(main);
        main.getSubcommands().values().forEach(Main::addStandardOptions);
        return main.setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Main::wrongUsage)
                .setExecutionExceptionHandler(Main::failed);
    }

    /** Adds {@code --help} and {@code --version}. */
    private static void addStandardOptions(CommandLine command) {
        command.getCommandSpec()
                .mixinStandardHelpOptions(true)
                .versionProvider(
                        () ->
                                new String[] {
                                    "libzmq %s (%s)".formatted(Zmq.version(), Zmq.librarySource())
                                });
    }

    /** Without a subcommand: shows what there is. */
    @Override
    public void run() {
        CommandLine commandLine = spec.commandLine();
        commandLine.usage(commandLine.getOut());
    }

    private static int wrongUsage(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        command.getErr()
                .println(
                        "%s: %s (try '%s --help')"
                                .formatted(
                                        command.getCommandName(),
                                        e.getMessage(),
                                        command.getCommandName()));
        command.getErr().flush();
        return CommandLine.ExitCode.USAGE;
    }

    private static int failed(Exception e, CommandLine command, ParseResult parsed) {
        // An I/O exception's message is often only the file's name.
        boolean needsType = e instanceof FileSystemException || e.getMessage() == null;
        String message = needsType ? e.toString() : e.getMessage();
        command.getErr().println(command.getCommandName() + ": " + message);
        if (command.getParseResult().hasMatchedOption("--verbose")) {
            e.printStackTrace(command.getErr());
        }
        command.getErr().flush();
        return FAILURE;
    }
}
