// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples;

import io.panamq.Multipart;
import io.panamq.StreamEvent;
import io.panamq.StreamPeer;
import io.panamq.StreamSocket;
import io.panamq.error.UnreachablePeerException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A small web server on a STREAM socket: one thread serves all clients, and none of them can keep
 * it waiting. A client may send its request in pieces, hang up at any time, or never read.
 */
final class HttpServer {
    private static final String END_OF_REQUEST = "\r\n\r\n";
    private static final int LONGEST_REQUEST = 8 * 1024;

    private final StreamSocket stream;
    private final UnaryOperator<String> pages;

    /** What has arrived of the request of each client. */
    private final Map<StreamPeer, String> begun = new HashMap<>();

    private int unanswered;

    /** Creates a server that answers the path of a request with a page. */
    HttpServer(StreamSocket stream, UnaryOperator<String> pages) {
        this.stream = stream;
        this.pages = pages;
    }

    /** Serves clients until the socket or its context is closed, which throws. */
    void serve() {
        while (true) {
            switch (stream.receiveEvent()) {
                case StreamEvent.Connected client -> begun.put(client.peer(), "");
                case StreamEvent.Disconnected client -> begun.remove(client.peer());
                case StreamEvent.Data data -> {
                    try (data) {
                        receive(data.peer(), data.content().getString());
                    }
                }
            }
        }
    }

    /** Returns how many requests got no answer, because their clients were gone or did not read. */
    int unanswered() {
        return unanswered;
    }

    /** Takes a piece of what a client sends, and answers the requests that are complete with it. */
    private void receive(StreamPeer client, String piece) {
        String rest = begun.getOrDefault(client, "") + piece;
        int end = rest.indexOf(END_OF_REQUEST);
        while (end >= 0) {
            answer(client, rest.substring(0, end));
            rest = rest.substring(end + END_OF_REQUEST.length());
            end = rest.indexOf(END_OF_REQUEST);
        }
        begun.put(client, rest);
        if (rest.length() > LONGEST_REQUEST && stream.disconnect(client)) {
            begun.remove(client);
        }
    }

    private void answer(StreamPeer client, String request) {
        String[] line = request.split(" ", 3);
        boolean good = line.length == 3 && line[0].equals("GET");
        String page = good ? pages.apply(line[1]) : "";
        String head =
                """
                HTTP/1.1 %s
                Content-Type: text/plain; charset=utf-8
                Content-Length: %d

                """
                        .formatted(
                                good ? "200 OK" : "400 Bad Request",
                                page.getBytes(StandardCharsets.UTF_8).length)
                        .replace("\n", "\r\n");
        try (Multipart answer = Multipart.of(client.routingId()).add(head + page)) {
            boolean sent = stream.trySend(answer);
            if (!sent) { // the client does not read, or has hung up and left requests behind
                unanswered++;
            }
        } catch (UnreachablePeerException e) { // the client has hung up
            unanswered++;
        }
    }
}
