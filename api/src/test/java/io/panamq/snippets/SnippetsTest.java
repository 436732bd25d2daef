// SPDX-License-Identifier: Apache-2.0
package io.panamq.snippets;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.panamq.Capability;
import io.panamq.Context;
import io.panamq.Curve;
import io.panamq.CurveKeyPair;
import io.panamq.DealerSocket;
import io.panamq.Endpoint;
import io.panamq.Internals;
import io.panamq.Message;
import io.panamq.MonitorEvent;
import io.panamq.Multipart;
import io.panamq.PairSocket;
import io.panamq.PubSocket;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.RepSocket;
import io.panamq.ReqSocket;
import io.panamq.RouterSocket;
import io.panamq.SocketMonitor;
import io.panamq.SocketOption;
import io.panamq.StreamSocket;
import io.panamq.SubSocket;
import io.panamq.XPubSocket;
import io.panamq.XSubSocket;
import io.panamq.Zmq;
import io.panamq.error.SocketClosedException;
import io.panamq.loop.EventLoop;
import io.panamq.security.Certificate;
import io.panamq.support.Background;
import io.panamq.support.ChildJvm;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the examples of the Javadoc. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SnippetsTest {
    private final Context context = Context.create();
    private final String endpoint = Transport.INPROC.fresh();
    private final PatternSnippets patterns = new PatternSnippets();

    @AfterEach
    void closeContext() {
        context.close();
    }

    // ---- options

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

    // ---- patterns

    @Test
    void shouldPrintTheFirstMessage() {
        assertThat(outputOf(PackageSnippets::first)).containsExactly("hello");
    }

    @Test
    void shouldPublishToASubscriber() {
        PubSocket pub = context.pub();
        SubSocket sub = context.sub();
        Background<Void> publisher = Background.run(() -> patterns.pub(pub, endpoint));

        assertThat(outputOf(() -> PatternSnippets.sub(sub, endpoint)))
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

        assertThat(outputOf(() -> proxy(back, serve))).containsExactly("1 requests");
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
        assertThat(outputOf(() -> PatternSnippets.pipe(context))).containsExactly("done");
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

        assertThat(outputOf(() -> PatternSnippets.dealer(context.dealer(), endpoint)))
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

    // ---- envelopes

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

        assertThat(outputOf(() -> reply(router, "slow")))
                .containsExactly("the client does not read");
        assertThat(outputOf(() -> reply(router, "gone"))).containsExactly("the client has gone");
    }

    private static void reply(RouterSocket router, String client) {
        RouterSnippets.gone(router, Multipart.of(client, "reply"), Duration.ZERO);
    }

    // ---- messages

    @Test
    void shouldWriteAndReadAMessageInPlace() {
        Line line = line(Transport.INPROC);
        assertThat(outputOf(() -> MessageSnippets.message(line.push, line.pull)))
                .containsExactly("42");
    }

    @Test
    void shouldReadAndWriteNumbersOfAllTypes() {
        try (Message message = Message.allocate(16)) {
            assertThat(MessageSnippets.numbers(message)).isEqualTo(3.14);
            assertThat(message.data().get(ValueLayout.JAVA_DOUBLE_UNALIGNED, 0)).isEqualTo(3.14);
            assertThat(message.getByte(8)).isZero();
            assertThat(message.getByte(9)).isEqualTo((byte) 80);
            assertThat(Float.intBitsToFloat(message.getInt(10, ByteOrder.BIG_ENDIAN)))
                    .isEqualTo(2.5f);
        }
    }

    @Test
    void shouldFindTheDelimiter() {
        try (Multipart message = Multipart.of("id", "other id", "<IDS|MSG>", "a5", "{}")) {
            assertThat(MessageSnippets.parts(message)).isEqualTo("a5");
        }
    }

    @Test
    void shouldSendSeveralFrames() {
        Line line = line(Transport.INPROC);
        assertThat(outputOf(() -> MessageSnippets.multipart(line.push, line.pull)))
                .containsExactly("topic: content");
    }

    @Test
    void shouldSendAFileAndLearnWhenThatIsDone(@TempDir Path folder) throws IOException {
        Path path = Files.writeString(folder.resolve("file"), "content of the file");
        Line line = line(Transport.IPC);

        assertThat(MessageSnippets.file(line.push, path)).isTrue();
        assertThat(Deadline.text(line.pull)).isEqualTo("content of the file");
    }

    @Test
    void shouldSendBuffersSegmentsAndBatches() {
        Line line = line(Transport.INPROC);
        ByteBuffer buffer = ByteBuffer.wrap(new byte[] {'a', 'b'}).position(1);
        MemorySegment segment = MemorySegment.ofArray(new byte[] {'c'});
        List<Message> messages = List.of(Message.of("d"), Message.of("e"));

        int queued = MessageSnippets.bulkSend(line.push, buffer, segment, messages);

        assertThat(queued).isEqualTo(2);
        assertThat(Stream.generate(() -> Deadline.text(line.pull)).limit(4))
                .containsExactly("b", "c", "d", "e");
    }

    @Test
    void shouldReceiveIntoABufferAndInABatch() throws IOException {
        Line line = line(Transport.INPROC);
        line.push.send("first ");
        line.push.send("second");
        var file = new ByteArrayOutputStream();
        var channel = Channels.newChannel(file);
        MessageSnippets messages = new MessageSnippets();
        line.pull.handOver();

        // What receives into the buffer does not wait, so what waits is the batch.
        Background<Integer> handled =
                Background.blocked(
                        () ->
                                messages.bulkReceive(
                                        line.pull,
                                        ByteBuffer.allocate(10),
                                        channel,
                                        Duration.ZERO));
        line.push.send("batch");

        assertThat(handled.result()).isEqualTo(1);
        assertThat(messages.bytes).isEqualTo(5);
        assertThat(file.toString(StandardCharsets.UTF_8)).isEqualTo("first second");
    }

    // ---- waiting

    @Test
    void shouldWorkOnWhatIsReady() {
        WaitSnippets snippets = new WaitSnippets();
        Line line = line(Transport.INPROC);
        XPubSocket pub = context.xpub();
        SubSocket sub = context.sub();
        sub.connect(pub.bind(endpoint));
        sub.subscribeAll();
        assertThat(pub.awaitSubscriptions(1, Deadline.LIMIT)).isTrue();
        line.push.send("task");
        pub.send("news");

        snippets.poll(context, line.pull, sub);

        assertThat(snippets.works).containsExactlyInAnyOrder("task", "news");
    }

    @Test
    void shouldWaitForAConnection() {
        PullSocket pull = context.pull();
        String bound = pull.bind(Transport.TCP.fresh());

        assertThat(outputOf(() -> WaitSnippets.connect(context.push(), bound)))
                .containsExactly("connected");
    }

    @Test
    void shouldEndWhenTheContextEnds() {
        WaitSnippets snippets = new WaitSnippets();
        PushSocket push = context.push();
        push.bind(endpoint);
        Background<Boolean> ended = waiting(snippets);
        push.send("task");
        Deadline.until("the task is done", () -> snippets.works.contains("task"));

        context.shutdown();

        assertThat(ended.result()).as("the interrupt flag").isFalse();
    }

    @Test
    void shouldEndWhenTheThreadIsInterrupted() {
        Background<Boolean> ended = waiting(new WaitSnippets());
        ended.awaitBlocked();

        ended.thread().interrupt();

        assertThat(ended.result()).as("the interrupt flag").isTrue();
    }

    private Background<Boolean> waiting(WaitSnippets snippets) {
        return Background.start(
                () -> {
                    snippets.end(context, endpoint);
                    return Thread.currentThread().isInterrupted();
                });
    }

    @Test
    void shouldSendFromManyThreads() {
        PullSocket pull = context.pull();
        pull.bind(endpoint);

        WaitSnippets.sendConcurrently(context, endpoint);

        assertThat(Stream.generate(() -> Deadline.text(pull)).limit(8))
                .containsOnly("from any thread");
    }

    // ---- the event loop

    @Test
    void shouldAnswerOnALoop() {
        LoopSnippets snippets = new LoopSnippets();
        Background<Void> loop = Background.run(() -> snippets.loop(context, endpoint));

        assertThat(PatternSnippets.req(context.req(), endpoint)).contains("hello hello");
        Deadline.until("the timer has run", () -> snippets.ticks.get() > 0);

        context.shutdown();
        loop.result();
    }

    @Test
    void shouldAnswerWithFutures() {
        try (EventLoop loop = EventLoop.create(context)) {
            String[] output =
                    outputOf(
                            () -> {
                                var served = LoopSnippets.async(context, loop, endpoint);
                                assertThat(PatternSnippets.req(context.req(), endpoint))
                                        .contains("hello hello");
                                served.orTimeout(20, TimeUnit.SECONDS).join();
                            });
            assertThat(output).containsExactly("served");
        }
    }

    // ---- encryption

    @Test
    void shouldEncryptAConnection() {
        assumeThat(Zmq.has(Capability.CURVE)).isTrue();
        PullSocket server = context.pull();
        PushSocket client = context.push();

        SecuritySnippets.curve(server, client, Transport.IPC.fresh());
        client.send("secret");

        assertThat(Deadline.text(server)).isEqualTo("secret");
        assertThat(server.get(SocketOption.MECHANISM)).as("2 is CURVE").isEqualTo(2);
    }

    @Test
    void shouldLetInTheClientsWhoseCertificatesAreInTheFolder(@TempDir Path folder)
            throws IOException {
        assumeThat(Zmq.has(Capability.CURVE)).isTrue();
        Files.createDirectory(folder.resolve("clients"));
        Certificate known = SecuritySnippets.certificate(folder);
        String server = Certificate.load(folder.resolve("server.key")).publicKey();
        String endpoint = Transport.IPC.fresh();
        for (CurveKeyPair keys : List.of(Curve.keyPair(), known.keys())) {
            PushSocket client = context.push();
            client.security().curveClient(server, keys);
            client.connect(endpoint);
            client.send(keys.equals(known.keys()) ? "hello" : "stranger");
        }

        assertThat(SecuritySnippets.server(context, folder, endpoint)).isEqualTo("Anna: hello");
    }

    // ---- the sources

    @Test
    void shouldUseOnlyWhatUsersCanUse() {
        Path tests = Path.of(ChildJvm.classes(SnippetsTest.class));
        var snippets =
                new ClassFileImporter()
                        .withImportOption(location -> location.contains("Snippets"))
                        .withImportOption(location -> !location.contains("SnippetsTest"))
                        .importPath(tests.resolve("io/panamq/snippets"));
        assertThat(snippets.contain(PackageSnippets.class)).isTrue();

        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.panamq.internal..", "io.panamq.bindings..", "io.panamq.support..")
                .check(snippets);
    }

    @Test
    void shouldHaveNoExampleThatIsNotCompiled() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            List<String> examples =
                    sources.filter(path -> path.toString().endsWith(".java"))
                            .flatMap(SnippetsTest::linesOf)
                            .filter(line -> line.contains("@snippet") || line.contains("<pre>"))
                            .toList();
            assertThat(examples)
                    .hasSizeGreaterThan(20)
                    .allMatch(
                            line ->
                                    line.contains("{@snippet class=")
                                            || line.contains("{@snippet lang=\"shell\""));
        }
    }

    private static Stream<String> linesOf(Path path) {
        try {
            return Files.readAllLines(path).stream();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    // ---- within

    private record Line(PushSocket push, PullSocket pull) {}

    private Line line(Transport transport) {
        PushSocket push = context.push();
        PullSocket pull = context.pull();
        push.connect(pull.bind(transport.fresh()));
        return new Line(push, pull);
    }

    private static List<String> textsOf(Multipart multipart) {
        try (multipart) {
            return Stream.iterate(0, i -> i < multipart.size(), i -> i + 1)
                    .map(multipart::getString)
                    .toList();
        }
    }

    static String[] outputOf(Runnable snippet) {
        PrintStream before = System.out;
        var output = new ByteArrayOutputStream();
        System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
        try {
            snippet.run();
        } finally {
            System.setOut(before);
        }
        return output.toString(StandardCharsets.UTF_8).lines().toArray(String[]::new);
    }
}
