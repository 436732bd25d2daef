// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.guide;

import io.panamq.Context;
import io.panamq.RepSocket;
import io.panamq.ReqSocket;
import io.panamq.error.ContextTerminatedException;

/** The guide's hwserver and hwclient: a client says hello to a server, one request at a time. */
public final class HelloWorld {
    private HelloWorld() {}

    public static void main(String[] args) throws InterruptedException {
        int requests = args.length > 0 ? Integer.parseInt(args[0]) : 2_000;
        Thread server;
        try (Context context = Context.create()) {
            RepSocket responder = context.rep();
            String endpoint = responder.bind("tcp://127.0.0.1:*");
            responder.handOver();
            server = Thread.ofPlatform().start(() -> serve(responder));

            try (ReqSocket requester = context.req()) {
                requester.connect(endpoint);
                for (int i = 0; i < requests; i++) {
                    requester.send("Hello " + i);
                    String reply = requester.receiveString();
                    if (!reply.equals("World " + i)) {
                        throw new IllegalStateException("request " + i + " got " + reply);
                    }
                    Rss.at(i + 1);
                }
            }
        }
        server.join();
        System.out.println("HelloWorld: " + requests + " requests were answered");
    }

    /** Answers until the context is closed. */
    private static void serve(RepSocket responder) {
        try (responder) {
            while (true) {
                String request = responder.receiveString();
                responder.send(request.replace("Hello", "World"));
            }
        } catch (ContextTerminatedException e) {
            // The client has all its answers.
        }
    }
}
