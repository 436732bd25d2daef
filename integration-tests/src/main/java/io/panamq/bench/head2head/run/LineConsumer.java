// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.run;

import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBarConsumer;

/** Shows progress where there is no terminal: each state is a line of its own. */
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
