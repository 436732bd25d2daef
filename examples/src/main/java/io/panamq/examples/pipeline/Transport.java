// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

import java.util.Locale;

/** How the messages travel. */
enum Transport {
    /** The loopback network. */
    TCP,

    /** Local sockets in the file system. */
    IPC,

    /** Inside one process: no socket at all. */
    INPROC;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
