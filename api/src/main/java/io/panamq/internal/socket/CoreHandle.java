// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import java.lang.ref.Reference;

/**
 * The base of the public objects that stand on one native socket and live as long as it does.
 *
 * @hidden
 */
public abstract class CoreHandle {
    protected final SocketCore core;
    private final String name;

    /** Creates the handle; the name is what {@link #toString} returns. */
    protected CoreHandle(SocketCore core, String name) {
        this.core = core;
        this.name = name;
    }

    protected void handOver() {
        core.handOver();
    }

    /**
     * Returns whether this was closed.
     *
     * @return true after {@code close()}, or after the context was closed
     */
    public boolean isClosed() {
        return core.isClosed();
    }

    protected void close() {
        try {
            core.close();
        } finally {
            // Otherwise it could be collected, and reported as lost, while it is being closed.
            Reference.reachabilityFence(this);
        }
    }

    /** Returns the type and a number, such as {@code PUSH#3}, as in the texts of exceptions. */
    @Override
    public String toString() {
        return name + (isClosed() ? " (closed)" : "");
    }
}
