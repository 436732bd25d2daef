// SPDX-License-Identifier: Apache-2.0
package io.panamq.snippets;

import io.panamq.Context;
import io.panamq.DealerSocket;
import io.panamq.Multipart;
import io.panamq.PairSocket;
import io.panamq.PubSocket;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.ReceivingSocket;
import io.panamq.RepSocket;
import io.panamq.ReqSocket;
import io.panamq.RetryPolicy;
import io.panamq.SendingSocket;
import io.panamq.SocketOption;
import io.panamq.SocketPair;
import io.panamq.StreamEvent;
import io.panamq.StreamSocket;
import io.panamq.SubSocket;
import io.panamq.Subscription;
import io.panamq.XPubSocket;
import io.panamq.XSubSocket;
import io.panamq.error.UnreachablePeerException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Examples of the pages of socket types. */
final class PatternSnippets {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    final List<String> works = new ArrayList<>();
    volatile boolean running = true;

    void pub(PubSocket pub, String endpoint) {
        // @start region="pub"
        // @replace substring='endpoint' replacement='"tcp://*:5556"' :
        pub.bind(endpoint);
        while (running) {
            pub.send(Multipart.of("weather.paris", measure())); // the first frame is the topic
        }
        // @end
    }

    private static String measure() {
        return "21";
    }

    static void sub(SubSocket sub, String endpoint) {
        // @start region="sub"
        // @replace substring='endpoint' replacement='"tcp://server:5556"' :
        sub.connect(endpoint);
        sub.subscribe("weather.");
        try (Multipart message = sub.receiveMultipart()) {
            System.out.println(message.getString(0) + " " + message.getString(1));
        }
        // @end
    }

    static void xpub(XPubSocket xpub, String wildcard) {
        // @start region="xpub"
        // @replace substring='wildcard' replacement='"tcp://*:5556"' :
        xpub.bind(wildcard);
        // @replace substring='LIMIT' replacement='Duration.ofSeconds(5)' :
        if (xpub.awaitSubscriptions(1, LIMIT)) {
            xpub.send("weather: sunny"); // the subscriber gets it
        }
        // @end
    }

    static void manual(XPubSocket xpub, String wildcard, Map<String, String> lastValues) {
        // @start region="manual"
        xpub.set(SocketOption.XPUB_MANUAL_LAST_VALUE, true);
        // @replace substring='wildcard' replacement='"tcp://*:5556"' :
        xpub.bind(wildcard);
        Subscription wish = xpub.receiveSubscription();
        if (wish.subscribes()) {
            xpub.subscribe(wish.topic()); // otherwise it gets nothing
        }
        String last = lastValues.getOrDefault(wish.topicText(), "no value yet");
        xpub.send(Multipart.of(wish.topicText(), last)); // to this subscriber alone
        // @end
    }

    static void xsub(XSubSocket xsub, XPubSocket xpub, String endpoint) {
        // @start region="xsub"
        // @replace substring='endpoint' replacement='"tcp://server:5556"' :
        xsub.connect(endpoint);
        xsub.subscribe("weather.");
        xsub.send(xpub.receiveMultipart()); // in a proxy: a subscription goes up to the publishers
        xpub.send(xsub.receiveMultipart()); // and a message down to the subscribers
        // @end
    }

    static void push(PushSocket push, String endpoint, List<String> tasks) {
        // @start region="push"
        // @replace substring='endpoint' replacement='"tcp://*:5557"' :
        push.bind(endpoint);
        for (String task : tasks) {
            push.send(task); // waits while no worker has room
        }
        // @end
    }

    void pull(PullSocket pull, String endpoint) {
        // @start region="pull"
        // @replace substring='endpoint' replacement='"tcp://server:5557"' :
        pull.connect(endpoint);
        while (running) {
            work(pull.receiveString());
        }
        // @end
    }

    private void work(String task) {
        works.add(task);
        running = !task.equals("last");
    }

    static Optional<String> req(ReqSocket req, String endpoint) {
        // @start region="req"
        // @replace substring='endpoint' replacement='"tcp://server:5555"' :
        req.connect(endpoint);
        req.send("hello");
        // @replace substring='LIMIT' replacement='Duration.ofSeconds(2)' :
        Optional<String> reply = req.receiveString(LIMIT); // empty: nobody answered
        // @end
        return reply;
    }

    static Optional<String> request(ReqSocket req, String endpoint) {
        // @start region="request"
        // @replace substring='endpoint' replacement='"tcp://server:5555"' :
        req.connect(endpoint);
        // @replace substring='LIMIT' replacement='Duration.ofSeconds(2)' :
        RetryPolicy retries = new RetryPolicy(3, LIMIT); // asks three times, waits 2 s each
        Optional<String> reply = req.request("hello", retries); // empty: nobody answered
        // @end
        return reply;
    }

    void rep(RepSocket rep, String endpoint) {
        // @start region="rep"
        // @replace substring='endpoint' replacement='"tcp://*:5555"' :
        rep.bind(endpoint);
        while (running) {
            String request = rep.receiveString();
            rep.send("you said " + request); // goes to the client that asked
        }
        // @end
    }

    static String pair(PairSocket pair, String endpoint) {
        // @start region="pair"
        // @replace substring='endpoint' replacement='"inproc://work"' :
        pair.connect(endpoint);
        pair.send("start");
        String answer = pair.receiveString();
        pair.send("stop");
        // @end
        return answer;
    }

    static void pipe(Context context) {
        // @start region="pipe"
        try (SocketPair pipe = context.pipe()) {
            Thread.startVirtualThread(() -> pipe.second().send("done"));
            System.out.println(pipe.first().receiveString());
        }
        // @end
    }

    void stream(StreamSocket stream, String endpoint) {
        // @start region="stream"
        // @replace substring='endpoint' replacement='"tcp://*:8080"' :
        stream.bind(endpoint);
        while (running) {
            switch (stream.receiveEvent()) {
                case StreamEvent.Connected client -> note("come: " + client.address());
                case StreamEvent.Disconnected client -> note("gone: " + client.peer());
                case StreamEvent.Data data -> {
                    try (data) {
                        byte[] page = answer(data.content().getString());
                        boolean sent = stream.trySend(Multipart.of(data.peer().routingId(), page));
                        note(sent ? "answered" : "the client does not read");
                    } catch (UnreachablePeerException e) {
                        note("the client has gone");
                    }
                }
            }
        }
        // @end
    }

    private static byte[] answer(String request) {
        String status = request.startsWith("GET ") ? "200 OK" : "400 Bad Request";
        String page = "HTTP/1.0 " + status + "\r\nContent-Length: 5\r\n\r\nhello";
        return page.getBytes(StandardCharsets.UTF_8);
    }

    private void note(String line) {
        works.add(line);
        running = !line.startsWith("gone");
    }

    static void dealer(DealerSocket dealer, String endpoint) {
        // @start region="dealer"
        // @replace substring='endpoint' replacement='"tcp://server:5555"' :
        dealer.connect(endpoint);
        dealer.send(Multipart.of("", "question 1")); // the empty frame is for a REP
        dealer.send(Multipart.of("", "question 2"));
        try (Multipart reply = dealer.receiveMultipart()) {
            System.out.println(reply.getString(1));
        }
        // @end
    }

    // @start region="relay"
    static void relay(ReceivingSocket from, SendingSocket to) {
        to.send(from.receiveMultipart()); // moves all frames, without a copy
    }
    // @end
}
