// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.perf;

import io.panamq.Socket;
import io.panamq.error.ZmqException;
import java.io.PrintWriter;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** A tool that is one end of a test; the other end is another process. */
abstract class EndpointTool extends PerfTool {
    @Parameters(
            index = "0",
            paramLabel = "ENDPOINT",
            description = {
                "Where the two meet: tcp://127.0.0.1:5555,",
                "or ipc:///tmp/name.",
            })
    private String endpoint;

    @Parameters(
            index = "1",
            paramLabel = "SIZE",
            converter = Arguments.Size.class,
            description = "Bytes of a message, the same at both ends.")
    private int size;

    @Parameters(
            index = "2",
            paramLabel = "COUNT",
            converter = Arguments.Count.class,
            description = "How many messages or round trips, the same at both ends.")
    private int count;

    @Override
    final Load load() {
        return new Load(size, count);
    }

    /** Binds the socket, and says where if the endpoint left that open. */
    final void bind(Socket socket) {
        refuseInproc();
        limitWaits(socket);
        try {
            String bound = socket.bind(endpoint);
            if (!bound.equals(endpoint)) {
                PrintWriter err = spec.commandLine().getErr();
                err.println(spec.name() + ": listening at " + bound);
                err.flush();
            }
        } catch (IllegalArgumentException | ZmqException e) {
            throw wrongEndpoint(e);
        }
    }

    /** Connects the socket. */
    final void connect(Socket socket) {
        refuseInproc();
        limitWaits(socket);
        try {
            socket.connect(endpoint);
        } catch (IllegalArgumentException | ZmqException e) {
            throw wrongEndpoint(e);
        }
    }

    private void refuseInproc() {
        if (endpoint.startsWith("inproc:")) {
            throw new ParameterException(
                    spec.commandLine(),
                    "inproc does not leave its process: use inproc_thr or inproc_lat");
        }
    }

    private ParameterException wrongEndpoint(RuntimeException e) {
        return new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
}
