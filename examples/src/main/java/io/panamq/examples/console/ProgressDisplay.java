// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.console;

import java.io.Console;
import java.util.Optional;
import java.util.function.LongConsumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows a progress bar on standard error, but only on a terminal. */
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
     * @param wanted whether to show a bar at all
     */
    public ProgressDisplay(String task, String unit, long unitSize, long steps, boolean wanted) {
        this.bar = wanted && steps > 0 && isTerminal() ? create(task, unit, unitSize, steps) : null;
    }

    private static boolean isTerminal() {
        // Without a terminal some JDKs return null and others return a console that is no terminal.
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
                // With a given width it does not load a terminal library to ask for one.
                .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
                .build();
    }

    /** Moves the bar on by some steps. May be called from any thread; does not block. */
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
