// SPDX-License-Identifier: Apache-2.0
package io.panamq.snippets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.panamq.DealerSocket;
import io.panamq.Endpoint;
import io.panamq.Internals;
import io.panamq.MonitorEvent;
import io.panamq.Multipart;
import io.panamq.PairSocket;
import io.panamq.PubSocket;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.RepSocket;
import io.panamq.ReqSocket;
import io.panamq.SocketMonitor;
import io.panamq.StreamSocket;
import io.panamq.SubSocket;
import io.panamq.XPubSocket;
import io.panamq.XSubSocket;
import io.panamq.error.SocketClosedException;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Runs the examples of the pages of the socket types, the package and the proxy. */
class PatternSnippetsTest extends WithContext {
    private final String endpoint = Transport.INPROC.fresh();
    private final PatternSnippets patterns = new PatternSnippets();

    @Test
    void shouldPrintTheFirstMessage() {
        assertThat(SnippetsTest.outputOf(PackageSnippets::first)).containsExactly("hello");
    }

    @Test
    void shouldPublishToASubscriber() {
        PubSocket pub = context.pub();
        SubSocket sub = context.sub();
        Background<Void> publisher = Background.run(() -> patterns.pub(pub, endpoint));

        assertThat(SnippetsTest.outputOf(() -> PatternSnippets.sub(sub, endpoint)))
                .containsExactly("weather.paris 21");

        patterns.running = false;
        publisher.result();
    }

    @Test
    void shouldWaitForASubscriber() {
        SubSocket sub = context.sub();
        sub.connect(endpoint);
        sub.subscribe("weather");

        PatternSnippets.xpub(context.xpub(), endpoint);

        assertThat(Deadline.text(sub)).isEqualTo("weather: sunny");
    }

    @Test
    void shouldSendTheLastValueToANewcomer() {
        assumeThat(Internals.isHardened("xpub-manual")).isTrue();
        SubSocket sub = context.sub();
        sub.connect(endpoint);
        sub.subscribe("weather");

        PatternSnippets.manual(context.xpub(), endpoint, Map.of("weather", "sunny"));

        try (Multipart received = Deadline.multipart(sub)) {
            assertThat(received.getString(1)).isEqualTo("sunny");
        }
    }

    @Test
    void shouldPassSubscriptionsUpAndMessagesDown() {
        XPubSocket publisher = context.xpub();
        publisher.bind(endpoint);
        XPubSocket xpub = context.xpub();
        SubSocket sub = context.sub();
        sub.connect(xpub.bind(Transport.INPROC.fresh()));
        sub.subscribe("news");
        xpub.handOver();
        XSubSocket xsub = context.xsub();

        Background<Void> proxy = Background.run(() -> PatternSnippets.xsub(xsub, xpub, endpoint));
        assertThat(publisher.awaitSubscriptions(2, Deadline.LIMIT)).isTrue();
        publisher.send("news: rain");
        proxy.result();

        assertThat(Deadline.text(sub)).isEqualTo("news: rain");
    }

    @Test
    void shouldForwardRequestsAndReplies() {
        String back = Transport.INPROC.fresh();
        Runnable serve =
                () -> {
                    ReqSocket client = context.req();
                    RepSocket worker = context.rep();
                    client.connect(endpoint);
                    worker.connect(back);
                    client.send("request");
                    worker.send("reply to " + Deadline.text(worker));
                    assertThat(Deadline.text(client)).isEqualTo("reply to request");
                };

        assertThat(SnippetsTest.outputOf(() -> proxy(back, serve))).containsExactly("1 requests");
    }

    private void proxy(String back, Runnable serve) {
        try {
            ProxySnippets.proxy(context, endpoint, back, serve);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldShareWorkOutAndCollectIt() {
        List<String> tasks = List.of("first", "second", "last");
        PushSocket push = context.push();
        Background<Void> ventilator =
                Background.run(() -> PatternSnippets.push(push, endpoint, tasks));

        patterns.pull(context.pull(), endpoint);

        ventilator.result();

        assertThat(patterns.works).isEqualTo(tasks);
    }

    @Test
    void shouldAskAndReply() {
        RepSocket rep = context.rep();
        Background<Void> server = Background.run(() -> patterns.rep(rep, endpoint));

        assertThat(PatternSnippets.req(context.req(), endpoint)).contains("you said hello");

        rep.close();
        assertThat(server.failure()).isInstanceOf(SocketClosedException.class);
    }

    @Test
    void shouldAskAgainIfThereIsNoReply() {
        RepSocket rep = context.rep();
        Background<Void> server = Background.run(() -> patterns.rep(rep, endpoint));

        assertThat(PatternSnippets.request(context.req(), endpoint)).contains("you said hello");

        rep.close();
        assertThat(server.failure()).isInstanceOf(SocketClosedException.class);
    }

    @Test
    void shouldExchangeMessagesWithOnePeer() {
        PairSocket peer = context.pair();
        peer.bind(endpoint);
        PairSocket pair = context.pair();
        Background<String> answer = Background.start(() -> PatternSnippets.pair(pair, endpoint));

        assertThat(Deadline.text(peer)).isEqualTo("start");
        peer.send("answer");

        assertThat(answer.result()).isEqualTo("answer");
        assertThat(Deadline.text(peer)).isEqualTo("stop");
    }

    @Test
    void shouldConnectTwoThreads() {
        assertThat(SnippetsTest.outputOf(() -> PatternSnippets.pipe(context)))
                .containsExactly("done");
    }

    @Test
    void shouldServeAPlainTcpClient() {
        StreamSocket stream = context.stream();
        SocketMonitor monitor = stream.monitor();
        Background<String> client =
                Background.start(() -> pageOf(monitor.receive(Deadline.LIMIT).orElseThrow()));

        patterns.stream(stream, Transport.TCP.fresh());

        assertThat(patterns.works).startsWith("come: 127.0.0.1", "answered").hasSize(3);
        assertThat(client.result()).isEqualTo("HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello");
    }

    private static String pageOf(MonitorEvent listening) throws IOException {
        try (Socket socket = connectTo(Endpoint.port(listening.local()))) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            byte[] page = socket.getInputStream().readNBytes(43);
            return new String(page, StandardCharsets.UTF_8);
        }
    }

    private static Socket connectTo(int port) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), port);
    }

    @Test
    void shouldAskWithoutTurns() {
        RepSocket rep = context.rep();
        Background<Void> server = Background.run(() -> patterns.rep(rep, endpoint));

        assertThat(SnippetsTest.outputOf(() -> PatternSnippets.dealer(context.dealer(), endpoint)))
                .containsExactly("you said question 1");

        rep.close();
        assertThat(server.failure()).isInstanceOf(SocketClosedException.class);
    }

    @Test
    void shouldRelayAllFrames() {
        PushSocket push = context.push();
        PullSocket from = context.pull();
        push.connect(from.bind(endpoint));
        DealerSocket to = context.dealer();
        DealerSocket last = context.dealer();
        to.connect(last.bind(Transport.INPROC.fresh()));
        push.send(Multipart.of("a", "b"));

        PatternSnippets.relay(from, to);

        assertThat(textsOf(Deadline.multipart(last))).containsExactly("a", "b");
    }

    private static List<String> textsOf(Multipart multipart) {
        try (multipart) {
            return Stream.iterate(0, i -> i < multipart.size(), i -> i + 1)
                    .map(multipart::getString)
                    .toList();
        }
    }
}
