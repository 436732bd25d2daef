// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

import java.io.Console;
import java.util.Optional;
import java.util.function.LongConsumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar on standard error if the program talks to a terminal; else nothing. */
final class ProgressDisplay implements LongConsumer, AutoCloseable {
    private static final int WIDTH = 80;

    private final ProgressBar bar;

    ProgressDisplay(long bytes, boolean wanted) {
        this.bar = wanted && bytes > 0 && isTerminal() ? create(bytes) : null;
    }

    private static boolean isTerminal() {
        // Some JDKs have no console without a terminal, others have one that is no terminal.
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    private static ProgressBar create(long bytes) {
        return new ProgressBarBuilder()
                .setTaskName("counting")
                .setInitialMax(bytes)
                .setUnit(" MiB", 1 << 20)
                .setStyle(ProgressBarStyle.ASCII)
                .showSpeed()
                .clearDisplayOnFinish()
                // With a width of its own it does not have to load a terminal library to ask.
                .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
                .build();
    }

    @Override
    public void accept(long bytes) {
        if (bar != null) {
            bar.stepBy(bytes);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
