// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

import java.util.Locale;

/** The transport of messages between ventilator, workers and sink. */
enum Transport {
    /** The loopback network. */
    TCP,

    /** Unix sockets, which are files. */
    IPC,

    /** The memory of one process, without any socket of the system. */
    INPROC;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
