// SPDX-License-Identifier: Apache-2.0
package io.panamq.snippets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.panamq.Capability;
import io.panamq.DealerSocket;
import io.panamq.Multipart;
import io.panamq.RepSocket;
import io.panamq.ReqSocket;
import io.panamq.RouterSocket;
import io.panamq.SocketOption;
import io.panamq.Zmq;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Runs the examples of a ROUTER, its envelopes and what tells a server that a client has gone. */
class RouterSnippetsTest extends WithContext {
    private final String endpoint = Transport.INPROC.fresh();

    @Test
    void shouldTellAServerThatAClientHasGone() {
        assumeThat(Zmq.has(Capability.DRAFT)).isTrue();
        RouterSocket server = context.router();
        String bound = OptionSnippets.peers(server, Transport.TCP.fresh());
        DealerSocket client = context.dealer();
        OptionSnippets.heartbeat(client, bound);
        client.send("here");
        try (Multipart first = Deadline.multipart(server)) {
            assertThat(first.getString(1)).isEqualTo("here");
        }
        client.close();
        try (Multipart last = Deadline.multipart(server)) {
            assertThat(last.getString(1)).isEqualTo("gone");
        }
        DealerSocket other = context.dealer();
        OptionSnippets.reconnect(other, bound);
        OptionSnippets.keepAlive(other, bound);
        other.send("here, too");
        try (Multipart first = Deadline.multipart(server)) {
            assertThat(first.getString(1)).isEqualTo("here, too");
        }
    }

    @Test
    void shouldReplyFromARouter() {
        RouterSocket router = context.router();
        Background<Void> server = Background.run(() -> RouterSnippets.reply(router, endpoint));

        assertThat(PatternSnippets.req(context.req(), endpoint)).contains("world");

        server.result();
    }

    @Test
    void shouldForwardARequestAndItsReply() {
        RouterSocket router = context.router();
        router.bind(endpoint);
        router.handOver();
        DealerSocket dealer = context.dealer();
        String workers = dealer.bind(Transport.INPROC.fresh());
        dealer.handOver();
        RepSocket rep = context.rep();
        rep.connect(workers);
        Background<Void> broker = Background.run(() -> RouterSnippets.forward(router, dealer));
        ReqSocket req = context.req();
        req.connect(endpoint);

        req.send("hello");
        assertThat(Deadline.text(rep)).isEqualTo("hello");
        rep.send("world");

        assertThat(Deadline.text(req)).isEqualTo("world");
        broker.result();
    }

    @Test
    void shouldSendToPeersByTheirRoutingIds() {
        RouterSocket router = context.router();
        router.bind(endpoint);
        ReqSocket seven = context.req();
        seven.set(SocketOption.ROUTING_ID_TEXT, "worker 7");
        DealerSocket eight = context.dealer();
        eight.set(SocketOption.ROUTING_ID_TEXT, "worker 8");
        DealerSocket client = context.dealer();
        seven.connect(endpoint);
        eight.connect(endpoint);
        client.connect(endpoint);
        seven.send("ready");
        Deadline.multipart(router).close();
        eight.send("ready");
        Deadline.multipart(router).close();
        client.send("request");

        RouterSnippets.address(router, Deadline.multipart(router));

        assertThat(Deadline.text(seven)).isEqualTo("work");
        assertThat(Deadline.text(eight)).isEqualTo("work");
        assertThat(Deadline.text(client)).isEqualTo("reply");
    }

    @Test
    void shouldTakeTheEnvelopeOffAndPutItOn() {
        RouterSocket router = context.router();
        router.bind(endpoint);
        ReqSocket req = context.req();
        req.connect(endpoint);
        req.send("question");

        RouterSnippets.unwrap(router, Deadline.multipart(router));

        assertThat(Deadline.text(req)).isEqualTo("QUESTION");
    }

    @Test
    void shouldTellAClientThatHasGoneFromOneThatDoesNotRead() {
        RouterSocket router = context.router();
        router.set(SocketOption.SNDHWM, 1);
        DealerSocket dealer = context.dealer();
        dealer.set(SocketOption.RCVHWM, 1);
        dealer.set(SocketOption.ROUTING_ID_TEXT, "slow");
        dealer.connect(router.bind(endpoint));
        dealer.send("hello");
        Deadline.multipart(router).close();
        boolean room = true;
        while (room) {
            room = router.trySend(Multipart.of("slow", "fills the queue"));
        }

        assertThat(SnippetsTest.outputOf(() -> reply(router, "slow")))
                .containsExactly("the client does not read");
        assertThat(SnippetsTest.outputOf(() -> reply(router, "gone")))
                .containsExactly("the client has gone");
    }

    private static void reply(RouterSocket router, String client) {
        RouterSnippets.gone(router, Multipart.of(client, "reply"), Duration.ZERO);
    }
}
