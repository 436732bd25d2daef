// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.run;

import java.io.Console;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows a progress bar on standard error, or a line every 15 s without a terminal. */
final class Progress implements AutoCloseable {
    private static final int WIDTH = 100;
    private static final int REFRESH_MILLIS = 500;
    private static final int LOG_MILLIS = 15_000;

    private final ProgressBar bar;

    Progress(long steps) {
        boolean terminal =
                Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
        var builder =
                new ProgressBarBuilder()
                        .setTaskName("head2head")
                        .setInitialMax(steps)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setUpdateIntervalMillis(terminal ? REFRESH_MILLIS : LOG_MILLIS);
        // With a given width it does not load a terminal library to ask for one.
        if (terminal) {
            builder.clearDisplayOnFinish()
                    .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH));
        } else {
            builder.setConsumer(new LineConsumer(System.err, WIDTH));
        }
        bar = builder.build();
    }

    void show(String what) {
        bar.setExtraMessage(what);
    }

    void step() {
        bar.step();
    }

    @Override
    public void close() {
        bar.close();
    }
}
