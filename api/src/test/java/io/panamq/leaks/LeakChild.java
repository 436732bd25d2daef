// SPDX-License-Identifier: Apache-2.0
package io.panamq.leaks;

import io.panamq.Context;
import io.panamq.CurveKeyPair;
import io.panamq.Message;
import io.panamq.Multipart;
import io.panamq.PairSocket;
import io.panamq.PollEvent;
import io.panamq.Poller;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.SocketMonitor;
import io.panamq.loop.EventLoop;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A program that loses objects. It has a package of its own, because a report does not show frames
 * of {@code io.panamq} as the place where an object was made. Each case prints the reports and its
 * own results.
 */
public final class LeakChild {
    /** Places as in a stack trace, with their names in the output. */
    private static final Map<String, String> PLACES = new HashMap<>();

    private LeakChild() {}

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "message" -> {
                loseMessage();
                print(1);
            }
            case "received" -> runReceived();
            case "again" -> runAgain();
            case "frames" -> {
                loseMultipart();
                print(2);
            }
            case "moved" -> runMoved();
            case "socket" -> runSocket();
            case "unknown" -> {
                Context.create().close();
                print(1);
                runSocket();
            }
            case "monitor" -> runMonitor();
            case "context" -> {
                loseContext();
                print(4);
            }
            case "closed" -> runClosed();
            case "used" -> runUsed();
            case "many" -> runMany(Integer.parseInt(arguments[1]));
            case "throwing" -> runThrowing();
            case "nothing" -> {
                loseContext();
                loseMessage();
                collect();
                print(0);
            }
            case "closeReport" -> runCloseReport();
            case "secrets" -> runSecrets(arguments[1], arguments[2], arguments[3]);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        System.out.println("left " + Reports.left());
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }

    /** Remembers the line below the caller's line, where an object is made. */
    private static void below(String name) {
        StackTraceElement here = new Throwable().getStackTrace()[1];
        String method = here.getClassName() + "." + here.getMethodName();
        int line = here.getLineNumber() + 1;
        PLACES.put(method + "(" + here.getFileName() + ":" + line + ")", "<" + name + ">");
    }

    /** Replaces the places in the text by their names. */
    private static String shown(String text) {
        String shown = text;
        for (Map.Entry<String, String> place : PLACES.entrySet()) {
            shown = shown.replace(place.getKey(), place.getValue());
        }
        return shown;
    }

    private static void print(int reports) throws InterruptedException {
        for (int i = 0; i < reports; i++) {
            System.out.println(shown(Reports.next()));
        }
    }

    private static void loseMessage() {
        below("message");
        Message.of("lost").size();
    }

    private static void runReceived() throws InterruptedException {
        try (Context context = Context.create();
                PairSocket one = context.pair();
                PairSocket other = context.pair()) {
            other.connect(one.bind("inproc://received"));
            other.send("text");
            loseReceived(one);
            print(1);
        }
    }

    private static void loseReceived(PairSocket socket) {
        below("received");
        socket.receive().size();
    }

    private static void loseMultipart() {
        below("multipart");
        Multipart.of("one", "two").size();
    }

    /** Objects that were filled again after a send are followed anew, from there. */
    private static void runAgain() throws InterruptedException {
        try (Context context = Context.create();
                PairSocket one = context.pair();
                PairSocket other = context.pair()) {
            other.connect(one.bind("inproc://again"));
            other.send("text");
            losePrepared(other);
            print(1);
            loseReceivedInto(one);
            print(1);
            loseFilled(other);
            print(1);
        }
    }

    private static void losePrepared(PairSocket socket) {
        Message message = Message.of("sent");
        socket.send(message);
        below("prepared");
        message.prepare(1);
    }

    private static void loseReceivedInto(PairSocket socket) {
        Message message = Message.of("sent");
        socket.send(message);
        below("receivedInto");
        socket.receive(message);
    }

    private static void loseFilled(PairSocket socket) {
        Multipart multipart = Multipart.of("sent", "too");
        socket.send(multipart);
        below("filled");
        multipart.add("again");
    }

    private static void runMoved() throws InterruptedException {
        loseAdded();
        print(1);
        loseRemoved();
        print(1);
        try (Context context = Context.create();
                PairSocket one = context.pair();
                PairSocket other = context.pair()) {
            other.connect(one.bind("inproc://moved"));
            other.send("text");
            loseReceivedMultipart(one);
            print(1);
        }
    }

    private static void loseAdded() {
        below("added");
        Message message = Message.of("a message");
        Multipart.of(message).size();
    }

    private static void loseRemoved() {
        below("removed");
        Multipart multipart = Multipart.of("one");
        multipart.removeFirst().size();
    }

    private static void loseReceivedMultipart(PairSocket socket) {
        below("receivedMultipart");
        socket.receiveMultipart().size();
    }

    private static void runSocket() throws InterruptedException {
        try (Context context = Context.create()) {
            loseSocket(context);
            print(1);
            System.out.println(context);
        }
    }

    private static void loseSocket(Context context) {
        below("socket");
        context.pull().bind("inproc://lost");
    }

    private static void runMonitor() throws InterruptedException {
        try (Context context = Context.create();
                PullSocket pull = context.pull()) {
            loseMonitor(pull);
            print(1);
        }
    }

    private static void loseMonitor(PullSocket pull) {
        below("monitor");
        pull.monitor().tryReceive();
    }

    /** Loses a context with a socket, and a poller with a registered socket. */
    private static void loseContext() {
        below("context");
        Context context = Context.create();
        below("push");
        PushSocket push = context.push();
        below("pull");
        PullSocket registered = context.pull();
        below("poller");
        context.poller().add(registered, PollEvent.IN).attach("attachment");
        push.connect("tcp://127.0.0.1:9");
    }

    /**
     * Closed objects are not reported, so the first report is about the message that is lost last.
     */
    private static void runClosed() throws Exception {
        for (int i = 0; i < 20; i++) {
            closeAll();
        }
        CompletableFuture.runAsync(LeakChild::closeAll).join();
        collect();
        loseMessage();
        print(1);
    }

    private static void closeAll() {
        Context left = Context.create();
        left.poller().add(left.pull(), PollEvent.IN).attach("attachment");
        left.pull().monitor();
        left.close();
        try (Context context = Context.create();
                PairSocket one = context.pair();
                PairSocket other = context.pair();
                SocketMonitor monitor = one.monitor();
                Poller poller = context.poller();
                EventLoop loop = EventLoop.create(context);
                Multipart parts = Multipart.of("a", "b")) {
            other.connect(one.bind("inproc://closed"));
            poller.add(one, PollEvent.IN).attach("attachment");
            other.send("text");
            other.send(parts);
            one.receive().close();
            one.receiveMultipart().close();
            other.send("batch");
            one.bulkReceiver().tryReceiveBatch(Message::size, 10);
            sendWithoutClose(other, one);
            CompletableFuture.runAsync(() -> {}, loop).join();
            monitor.tryReceive();
        }
    }

    /** What was sent needs no close. */
    private static void sendWithoutClose(PairSocket from, PairSocket to) {
        from.send(Message.of("made"));
        to.send(to.receive());
        from.bulkSender().sendBatch(List.of(Message.allocate(1), from.receive()));
        from.send(Multipart.of("a", "b"));
        from.send(Multipart.of(Message.of("taken over")).add("added"));
        to.receive().close();
        to.receive().close();
        to.send(to.receiveMultipart());
        to.receiveMultipart().close();
        Message again = Message.of("used again");
        for (int i = 0; i < 2; i++) {
            from.send(again);
            again.prepare(1);
        }
        again.close();
        Message[] taken = new Message[1];
        to.bulkReceiver()
                .tryReceiveBatch(
                        frame -> {
                            frame.handOver();
                            taken[0] = frame;
                        },
                        1);
        to.send(taken[0]);
    }

    private static void collect() {
        for (int i = 0; i < 5; i++) {
            System.gc();
        }
    }

    /** A loop keeps the sockets that it serves. Neither of them is lost. */
    private static void runUsed() throws Exception {
        try (Context context = Context.create();
                EventLoop loop = EventLoop.create(context);
                PushSocket push = context.push()) {
            CompletableFuture<String> got = new CompletableFuture<>();
            CompletableFuture.runAsync(() -> serve(context, loop, got), loop).join();
            collect();
            push.connect("inproc://used");
            push.send("served");
            System.out.println(got.get());
            loseMessage();
            print(1);
        }
    }

    private static void serve(Context context, EventLoop loop, CompletableFuture<String> got) {
        PullSocket pull = context.pull();
        pull.bind("inproc://used");
        loop.onMessage(pull, message -> got.complete(message.getString()));
    }

    /** Loses objects at one place: seven intervals of them, and the first of the eighth. */
    private static void runMany(int interval) throws InterruptedException {
        for (int i = 0; i < 7 * interval; i++) {
            loseMessage();
        }
        print(3);
        collect();
        System.out.println("left " + Reports.left());
        loseMessage();
        print(1);
    }

    private static void runThrowing() throws InterruptedException {
        Reports.throwing = true;
        loseMultipart();
        while (Reports.throwing) {
            System.gc();
        }
        print(1);
        loseMessage();
        print(1);
    }

    private static void runCloseReport() {
        Context context = Context.create();
        below("push");
        PushSocket push = context.push();
        PullSocket closed = context.pull();
        closed.close();
        System.out.println(shown(context.close(Duration.ofSeconds(5)).toString()));
        System.out.println(push);
    }

    private static void runSecrets(String publicKey, String secretKey, String password)
            throws InterruptedException {
        CurveKeyPair keys = new CurveKeyPair(publicKey, secretKey);
        loseSecured(Context.create(), keys, password);
        print(5);
        Context open = Context.create();
        loseSecured(open, keys, password);
        System.out.println(open.close(Duration.ofSeconds(5)));
    }

    private static void loseSecured(Context context, CurveKeyPair keys, String password) {
        PullSocket server = context.pull();
        server.security().curveServer(keys);
        PushSocket client = context.push();
        client.security().curveClient(keys.publicKey(), keys);
        client.connect(server.bind("tcp://127.0.0.1:*"));
        PushSocket plain = context.push();
        plain.security().plainClient("anna", password);
        plain.monitor().handOver();
    }
}
