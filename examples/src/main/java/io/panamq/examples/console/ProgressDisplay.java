// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.console;

import java.io.Console;
import java.util.Optional;
import java.util.function.LongConsumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar on standard error if the program talks to a terminal; else nothing. */
public final class ProgressDisplay implements LongConsumer, AutoCloseable {
    private static final int WIDTH = 80;

    private final ProgressBar bar;

    /**
     * Shows the bar, if it is wanted and there is a terminal.
     *
     * @param task what the program does, such as {@code counting}
     * @param unit what it counts, with a space in front, such as {@code " MiB"}
     * @param unitSize how many steps are one unit
     * @param steps how many steps there are in all
     * @param wanted false for no bar in any case
     */
    public ProgressDisplay(String task, String unit, long unitSize, long steps, boolean wanted) {
        this.bar = wanted && steps > 0 && isTerminal() ? create(task, unit, unitSize, steps) : null;
    }

    private static boolean isTerminal() {
        // Some JDKs have no console without a terminal, others have one that is no terminal.
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    private static ProgressBar create(String task, String unit, long unitSize, long steps) {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(steps)
                .setUnit(unit, unitSize)
                .setStyle(ProgressBarStyle.ASCII)
                .showSpeed()
                .clearDisplayOnFinish()
                // With a width of its own it does not have to load a terminal library to ask.
                .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
                .build();
    }

    /** Goes on by some steps; from any thread. Does not block. */
    @Override
    public void accept(long steps) {
        if (bar != null) {
            bar.stepBy(steps);
        }
    }

    /** Removes the bar. */
    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
