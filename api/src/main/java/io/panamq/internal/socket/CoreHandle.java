// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import java.lang.ref.Reference;

/**
 * What a user holds that stands on one socket, and lives as long as that socket.
 *
 * @hidden
 */
public abstract class CoreHandle {
    protected final SocketCore core;
    private final String name;

    /** The name is for the texts of exceptions. */
    protected CoreHandle(SocketCore core, String name) {
        this.core = core;
        this.name = name;
    }

    protected void release() {
        core.release();
    }

    /**
     * Returns whether it was closed.
     *
     * @return true after a close
     */
    public boolean isClosed() {
        return core.isClosed();
    }

    protected void close() {
        try {
            core.close();
        } finally {
            Reference.reachabilityFence(this); // or it could be reported as lost meanwhile
        }
    }

    @Override
    public String toString() {
        return name + (isClosed() ? " (closed)" : "");
    }
}
