// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples;

import io.panamq.Context;
import io.panamq.RepSocket;
import io.panamq.ReqSocket;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows request-reply: a client asks and a server answers, strictly in turns. */
@Command(name = "reqrep", description = "Request-reply: a client asks a server some questions.")
final class ReqRep implements Callable<Integer> {
    @Option(
            names = {"-n", "--requests"},
            paramLabel = "N",
            defaultValue = "3",
            description = "How many questions to ask (default: 3).")
    private int requests;

    @Override
    public Integer call() throws InterruptedException {
        try (Context context = Context.create();
                RepSocket server = context.rep();
                ReqSocket client = context.req()) {
            // Bind to any free port; the result is the endpoint to connect to.
            String endpoint = server.bind("tcp://127.0.0.1:*");
            // A socket belongs to one thread at a time. Hand this one over.
            server.handOver();
            Thread thread = Thread.ofPlatform().name("server").start(() -> serve(server));

            client.connect(endpoint);
            for (int i = 1; i <= requests; i++) {
                client.send("Hello " + i);
                System.out.println("client: " + client.receiveString());
            }
            client.send("bye");
            System.out.println("client: " + client.receiveString());
            thread.join();
        }
        return 0;
    }

    private static void serve(RepSocket server) {
        String request;
        do {
            request = server.receiveString();
            System.out.println("server: " + request);
            server.send("You said '" + request + "'");
        } while (!request.equals("bye"));
    }
}
