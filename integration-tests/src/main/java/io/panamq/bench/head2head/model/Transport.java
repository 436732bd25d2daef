// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.model;

import java.nio.file.Path;

/** How the messages travel. */
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

    public boolean tcp() {
        return this == TCP_TWO || this == TCP;
    }

    /** The file that ipc makes there. */
    public static Path ipcFile(Path folder) {
        return folder.resolve("head2head.ipc");
    }

    /** What to bind; the folder is for ipc. */
    public String endpoint(Path folder) {
        return switch (this) {
            case IPC -> "ipc://" + ipcFile(folder);
            case INPROC -> "inproc://head2head";
            default -> "tcp://127.0.0.1:*";
        };
    }
}
