// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.model;

import java.nio.file.Path;

/** The transport, and whether both ends are in one process. */
public enum Transport {
    TCP_TWO("tcp2", "tcp, two processes"),
    TCP("tcp", "tcp, one process"),
    IPC("ipc", "ipc"),
    INPROC("inproc", "inproc");

    public final String id;
    public final String label;

    Transport(String id, String label) {
        this.id = id;
        this.label = label;
    }

    /** Whether the messages go over tcp. */
    public boolean isTcp() {
        return this == TCP_TWO || this == TCP;
    }

    /** Returns the file that ipc makes in this folder. */
    public static Path ipcFile(Path folder) {
        return folder.resolve("head2head.ipc");
    }

    /** Returns the endpoint to bind; ipc puts its file into the folder. */
    public String endpoint(Path folder) {
        return switch (this) {
            case IPC -> "ipc://" + ipcFile(folder);
            case INPROC -> "inproc://head2head";
            default -> "tcp://127.0.0.1:*";
        };
    }
}
