// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.run;

import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBarConsumer;

/** Prints each state of the progress as a line of its own, for an output that is no terminal. */
final class LineConsumer implements ProgressBarConsumer {
    private final PrintStream out;
    private final int width;

    LineConsumer(PrintStream out, int width) {
        this.out = out;
        this.width = width;
    }

    @Override
    public int getMaxRenderedLength() {
        return width;
    }

    @Override
    public void accept(String state) {
        out.println(state.stripTrailing());
    }

    @Override
    public void close() {
        out.flush();
    }
}
