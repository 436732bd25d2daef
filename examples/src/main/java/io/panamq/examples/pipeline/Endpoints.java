// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

import io.panamq.Socket;
import io.panamq.error.ZmqException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The endpoints of one run: those that the user has asked for, or free ones. */
final class Endpoints implements AutoCloseable {
    /** The endpoint of the notices about workers that have ended; used in this process only. */
    static final String EVENTS = "inproc://pipeline-events";

    private final PipelineSettings settings;
    private final Path directory;

    Endpoints(PipelineSettings settings) throws IOException {
        this.settings = settings;
        // The wildcard ipc://* would use the working directory where TMPDIR is not set.
        boolean ipc = settings.transport() == Transport.IPC;
        this.directory = ipc ? Files.createTempDirectory("panamq") : null;
    }

    String ventilator() {
        String asked = settings.ventilatorEndpoint();
        return asked != null ? asked : free("ventilator");
    }

    String sink() {
        String asked = settings.sinkEndpoint();
        return asked != null ? asked : free("sink");
    }

    private String free(String name) {
        return switch (settings.transport()) {
            case TCP -> "tcp://127.0.0.1:*";
            case IPC -> "ipc://" + directory.resolve(name);
            case INPROC -> "inproc://pipeline-" + name;
        };
    }

    /** Binds a socket and returns the endpoint to connect to. */
    static String bind(Socket socket, String endpoint, String who) {
        try {
            String bound = socket.bind(endpoint);
            // The loopback interface reaches a server that binds on all interfaces.
            return bound.replaceFirst("^tcp://0\\.0\\.0\\.0:", "tcp://127.0.0.1:")
                    .replaceFirst("^tcp://\\[::]:", "tcp://[::1]:");
        } catch (ZmqException | IllegalArgumentException e) {
            throw new PipelineException(
                    "the " + who + " cannot bind to '" + endpoint + "': " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        if (directory != null) {
            // libzmq removes the socket files when it closes the sockets.
            Files.deleteIfExists(directory.resolve("ventilator"));
            Files.deleteIfExists(directory.resolve("sink"));
            Files.deleteIfExists(directory);
        }
    }
}
