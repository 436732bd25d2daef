// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples;

import io.panamq.Context;
import io.panamq.Endpoint;
import io.panamq.StreamSocket;
import io.panamq.error.ContextTerminatedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Shows a STREAM socket, which talks to programs that do not know ZeroMQ: a web server, and clients
 * of which every second one hangs up as soon as it has asked.
 */
@Command(name = "http", description = "Plain TCP: a web server whose clients hang up.")
final class Http implements Callable<Integer> {
    @Option(
            names = {"-n", "--clients"},
            paramLabel = "N",
            defaultValue = "4",
            description = "How many clients ask for a page (default: 4).")
    private int clients;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (Context context = Context.create()) {
            StreamSocket stream = context.stream();
            int port = Endpoint.port(stream.bind("tcp://127.0.0.1:*"));
            stream.handOver();
            Thread server = Thread.ofPlatform().name("server").start(() -> serve(stream));

            for (int i = 1; i <= clients; i++) {
                boolean hangsUp = i % 2 == 1;
                String line = ask(port, "/client-" + i, hangsUp);
                System.out.println("client " + i + ": " + line);
            }
            context.shutdown(); // ends the server
            server.join();
        }
        return 0;
    }

    private static void serve(StreamSocket stream) {
        HttpServer server = new HttpServer(stream, path -> "Hello, " + path.substring(1) + "\n");
        try (stream) {
            server.serve();
        } catch (ContextTerminatedException e) {
            System.out.println("server: ends, " + server.unanswered() + " not answered");
        }
    }

    /** Asks for a page, and returns it unless it hangs up. */
    private static String ask(int port, String path, boolean hangsUp) throws IOException {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
            client.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            return hangsUp ? "hangs up" : readPage(client);
        }
    }

    /** Reads the head of an answer, which an empty line ends, and returns the line after it. */
    private static String readPage(Socket client) throws IOException {
        BufferedReader answer =
                new BufferedReader(
                        new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        String line = answer.readLine();
        while (line != null && !line.isEmpty()) {
            line = answer.readLine();
        }
        return answer.readLine();
    }
}
