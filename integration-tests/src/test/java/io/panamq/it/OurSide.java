// SPDX-License-Identifier: Apache-2.0
package io.panamq.it;

import io.panamq.Context;
import io.panamq.Curve;
import io.panamq.CurveKeyPair;
import io.panamq.Message;
import io.panamq.Multipart;
import io.panamq.ReceivingSocket;
import io.panamq.RouterSocket;
import io.panamq.SendingSocket;
import io.panamq.Socket;
import io.panamq.SocketType;
import io.panamq.SubSocket;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.StreamSupport;

/** PanaMQ's side of a conversation. {@code peers/README.md} says what the other side does. */
final class OurSide {

    private static final Duration STEP = Duration.ofSeconds(20);

    private final RandomGenerator random = new SplittableRandom(20);
    private final CurveKeyPair ourKeys = Curve.keyPair();
    private final CurveKeyPair theirKeys = Curve.keyPair();
    private final Transcript transcript = new Transcript();
    private final Scenario scenario;
    private final Socket socket;

    /** The routing id of the peer that has sent the last message; of a ROUTER only. */
    private byte[] peerId;

    OurSide(Context context, Scenario scenario) {
        this.scenario = scenario;
        this.socket = open(context, scenario.ours());
        if (scenario.curve()) {
            if (scenario.weBind()) {
                socket.security().curveServer(ourKeys);
            } else {
                socket.security().curveClient(theirKeys.publicKey(), ourKeys);
            }
        }
        if (socket instanceof SubSocket sub) {
            sub.subscribeAll();
        }
    }

    /** Binds on all interfaces, since containers come in by the bridge; returns the port. */
    int bind() {
        String endpoint = socket.bind("tcp://*:*");
        return Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1));
    }

    void connect(String endpoint) {
        socket.connect(endpoint);
    }

    /** Returns the peer's arguments for CURVE. The side that binds is the server. */
    List<String> peerKeyArguments() {
        var arguments = new ArrayList<String>();
        if (scenario.curve()) {
            // The '=' is needed because a Z85 key may begin with a dash.
            arguments.add("--curve-public=" + theirKeys.publicKey());
            arguments.add("--curve-secret=" + theirKeys.secretKey());
            if (scenario.weBind()) {
                arguments.add("--curve-server-public=" + ourKeys.publicKey());
            }
        }
        return arguments;
    }

    Transcript transcript() {
        return transcript;
    }

    /** Sends and receives one message of each shape. Blocks. */
    void talk(List<Shape> plan) {
        if (scenario.ours() == SocketType.XPUB) {
            awaitSubscriber();
        }
        boolean first = scenario.ours() == SocketType.REQ || scenario.ours() == SocketType.DEALER;
        for (int number = 0; number < plan.size(); number++) {
            Shape shape = plan.get(number);
            if (scenario.weSend() && (first || !scenario.theySend())) {
                send(number, shape);
            }
            if (scenario.theySend()) {
                receive(number, shape);
            }
            if (scenario.weSend() && scenario.theySend() && !first) {
                send(number, shape);
            }
        }
    }

    private void awaitSubscriber() {
        try (Message subscription =
                receiver().receive(STEP).orElseThrow(() -> late("subscriber"))) {
            if (!subscription.contentEquals(new byte[] {1})) {
                throw new AssertionError("expected a subscription to everything");
            }
        }
    }

    private void send(int number, Shape shape) {
        var frames = new ArrayList<Frame>();
        try (Multipart message = Multipart.create()) {
            for (int i = 0; i < shape.frames(); i++) {
                Message frame = randomMessage(shape.size());
                frames.add(Frame.of(frame));
                message.add(frame);
            }
            transcript.sent().put(number, frames);
            if (!send(message)) {
                throw late("chance to send message " + number + " (" + shape + ")");
            }
        }
    }

    private boolean send(Multipart message) {
        if (socket instanceof RouterSocket router) {
            try (Multipart routed = Multipart.of(peerId)) {
                while (message.size() > 0) {
                    routed.add(message.removeFirst());
                }
                return router.send(routed, STEP);
            }
        }
        if (message.size() > 1) {
            return sender().send(message, STEP);
        }
        try (Message single = message.removeFirst()) {
            return sender().send(single, STEP);
        }
    }

    private void receive(int number, Shape shape) {
        String what = "message " + number + " (" + shape + ")";
        if (shape.frames() == 1 && scenario.ours() != SocketType.ROUTER) {
            try (Message message = receiver().receive(STEP).orElseThrow(() -> late(what))) {
                if (message.more()) {
                    throw new AssertionError(what + " has more than one frame");
                }
                transcript.received().put(number, List.of(Frame.of(message)));
            }
            return;
        }
        try (Multipart message = receiver().receiveMultipart(STEP).orElseThrow(() -> late(what))) {
            if (scenario.ours() == SocketType.ROUTER) {
                try (Message id = message.removeFirst()) {
                    peerId = id.getBytes();
                }
            }
            transcript
                    .received()
                    .put(
                            number,
                            StreamSupport.stream(message.spliterator(), false)
                                    .map(Frame::of)
                                    .toList());
        }
    }

    private Message randomMessage(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        Message message = Message.allocate(size);
        message.data().copyFrom(MemorySegment.ofArray(bytes));
        return message;
    }

    private SendingSocket sender() {
        return (SendingSocket) socket;
    }

    private ReceivingSocket receiver() {
        return (ReceivingSocket) socket;
    }

    private static AssertionError late(String what) {
        return new AssertionError("no " + what + " within " + STEP.toSeconds() + " s");
    }

    private static Socket open(Context context, SocketType type) {
        return switch (type) {
            case REQ -> context.req();
            case REP -> context.rep();
            case XPUB -> context.xpub();
            case SUB -> context.sub();
            case PUSH -> context.push();
            case PULL -> context.pull();
            case DEALER -> context.dealer();
            case ROUTER -> context.router();
            default -> throw new IllegalArgumentException("not in the matrix: " + type);
        };
    }
}
