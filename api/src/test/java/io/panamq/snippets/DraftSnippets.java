// SPDX-License-Identifier: Apache-2.0
package io.panamq.snippets;

import io.panamq.ChannelSocket;
import io.panamq.ClientSocket;
import io.panamq.DatagramSocket;
import io.panamq.DishSocket;
import io.panamq.GatherSocket;
import io.panamq.Message;
import io.panamq.Multipart;
import io.panamq.PeerSocket;
import io.panamq.RadioSocket;
import io.panamq.ScatterSocket;
import io.panamq.ServerSocket;
import java.util.List;
import java.util.concurrent.ExecutorService;

/** Examples of the pages of draft socket types. */
final class DraftSnippets {
    private DraftSnippets() {}

    static void server(ServerSocket server, ExecutorService pool, String endpoint) {
        // @start region="server"
        // @replace substring='endpoint' replacement='"tcp://*:5555"' :
        server.bind(endpoint);
        Runnable worker =
                () -> {
                    try (Message request = server.receive()) {
                        String answer = "you said " + request.getString();
                        server.send(Message.of(answer), server.routingId(request));
                    }
                };
        pool.execute(worker); // all threads may use the same socket
        pool.execute(worker);
        // @end
    }

    static void client(ClientSocket client, String endpoint) {
        // @start region="client"
        // @replace substring='endpoint' replacement='"tcp://server:5555"' :
        client.connect(endpoint);
        client.send("hello");
        System.out.println(client.receiveString());
        // @end
    }

    static void radio(RadioSocket radio, String endpoint) {
        // @start region="radio"
        // @replace substring='endpoint' replacement='"tcp://*:5556"' :
        radio.bind(endpoint);
        radio.send("weather", Message.of("sunny"));
        // @end
    }

    static void dish(DishSocket dish, String endpoint) {
        // @start region="dish"
        // @replace substring='endpoint' replacement='"tcp://server:5556"' :
        dish.connect(endpoint);
        dish.join("weather");
        try (Message message = dish.receive()) {
            System.out.println(dish.group(message) + ": " + message.getString());
        }
        // @end
    }

    static void scatter(ScatterSocket scatter, String endpoint, List<String> tasks) {
        // @start region="scatter"
        // @replace substring='endpoint' replacement='"tcp://*:5557"' :
        scatter.bind(endpoint);
        for (String task : tasks) {
            scatter.send(task); // goes to one of the workers
        }
        // @end
    }

    static String gather(GatherSocket gather, String endpoint) {
        // @start region="gather"
        // @replace substring='endpoint' replacement='"tcp://server:5557"' :
        gather.connect(endpoint);
        String task = gather.receiveString();
        // @end
        return task;
    }

    static void channel(ChannelSocket channel, String endpoint) {
        // @start region="channel"
        // @replace substring='endpoint' replacement='"tcp://other:5558"' :
        channel.connect(endpoint);
        channel.send("ready");
        System.out.println(channel.receiveString());
        // @end
    }

    static void peer(PeerSocket peer, String endpoint) {
        // @start region="peer"
        // @replace substring='endpoint' replacement='"tcp://other:5559"' :
        int other = peer.connectPeer(endpoint);
        peer.send(Message.of("hello"), other);
        try (Message answer = peer.receive()) {
            System.out.println(answer.getString());
        }
        // @end
    }

    static void datagram(DatagramSocket datagram, String endpoint) {
        // @start region="datagram"
        // @replace substring='endpoint' replacement='"udp://*:5560"' :
        datagram.bind(endpoint);
        try (Multipart received = datagram.receiveMultipart()) {
            String from = received.getString(0);
            datagram.send(Multipart.of(from, "you said " + received.getString(1)));
        }
        // @end
    }
}
