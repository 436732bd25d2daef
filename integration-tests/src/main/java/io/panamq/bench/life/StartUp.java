// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.life;

import io.panamq.Context;
import io.panamq.Message;
import io.panamq.bench.kit.Figures;
import io.panamq.bench.kit.JvmChild;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures what PanaMQ adds to the start of a program. An empty program, one with a single foreign
 * call and one that sends its first message run in turns, each in a fresh JVM.
 *
 * <p>Arguments: {@code [ROUNDS [JVM-OPTION…]]}, 15 rounds by default.
 */
public final class StartUp {
    private StartUp() {}

    /** Does nothing; its time is that of the JVM. */
    static final class Empty {
        private Empty() {}

        public static void main(String[] args) {}
    }

    /** Makes one foreign call, {@code strlen}: no program on this technology can do with less. */
    static final class OneCall {
        private OneCall() {}

        @SuppressWarnings("restricted") // the call is what is measured
        public static void main(String[] args) throws Throwable {
            var linker = java.lang.foreign.Linker.nativeLinker();
            var descriptor =
                    java.lang.foreign.FunctionDescriptor.of(
                            java.lang.foreign.ValueLayout.JAVA_LONG,
                            java.lang.foreign.ValueLayout.ADDRESS);
            var strlen = linker.defaultLookup().find("strlen").orElseThrow();
            var handle = linker.downcallHandle(strlen, descriptor);
            try (var arena = java.lang.foreign.Arena.ofConfined()) {
                long length = (long) handle.invokeExact(arena.allocateFrom("hello"));
                require(length == 5);
            }
        }
    }

    /** Loads libzmq and sends a message. */
    static final class FirstMessage {
        private FirstMessage() {}

        public static void main(String[] args) {
            try (var context = Context.create();
                    var pull = context.pull();
                    var push = context.push()) {
                push.connect(pull.bind("inproc://first"));
                push.send("hello");
                try (Message message = pull.receive()) {
                    require(message.size() == 5);
                }
            }
        }
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new IllegalStateException("wrong result");
        }
    }

    /**
     * Measures and prints the medians.
     *
     * @param args rounds, then options for the JVMs
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        int rounds = args.length == 0 ? 15 : Integer.parseInt(args[0]);
        List<String> options = args.length == 0 ? List.of() : List.of(args).subList(1, args.length);
        List<Class<?>> programs = List.of(Empty.class, OneCall.class, FirstMessage.class);
        List<List<Double>> millis = new ArrayList<>();
        programs.forEach(program -> millis.add(new ArrayList<>()));
        for (int round = -1; round < rounds; round++) {
            for (int i = 0; i < programs.size(); i++) {
                double time = run(programs.get(i), options);
                if (round >= 0) { // round -1 warms the disk cache
                    millis.get(i).add(time);
                }
            }
        }
        double empty = Figures.median(millis.get(0));
        System.out.printf("medians of %d rounds, wall time%n", rounds);
        for (int i = 0; i < programs.size(); i++) {
            double median = Figures.median(millis.get(i));
            System.out.printf(
                    Locale.ROOT,
                    "%-12s %6.0f ms, %6.0f ms more than an empty JVM%n",
                    programs.get(i).getSimpleName(),
                    median,
                    median - empty);
        }
    }

    private static double run(Class<?> program, List<String> options)
            throws IOException, InterruptedException {
        List<String> command = JvmChild.command(program, options);
        long start = System.nanoTime();
        int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (exit != 0) {
            throw new IllegalStateException(program.getSimpleName() + " ended with " + exit);
        }
        return (System.nanoTime() - start) / 1e6;
    }
}
