// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import io.panamq.Multipart;
import io.panamq.ReqSocket;
import io.panamq.RetryPolicy;
import io.panamq.Socket;
import io.panamq.SocketOption;
import io.panamq.SocketType;
import io.panamq.StreamEvent;
import io.panamq.StreamPeer;
import io.panamq.StreamSocket;
import io.panamq.SubSocket;
import io.panamq.XPubSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Calls methods that a single type of socket has. */
final class OwnMethods {
    static final List<Operation> ALL =
            List.of(
                    Operation.legal("subscribe-many", 2, OwnMethods::subscribeMany)
                            .orThrow(NullPointerException.class),
                    Operation.legal("xpub-manual", 4, OwnMethods::manual),
                    Operation.legal("subscription", 8, OwnMethods::subscription),
                    Operation.legal("subscription-answer", 12, OwnMethods::answer),
                    Operation.legal("request", 12, OwnMethods::request),
                    Operation.legal("stream-event", 12, OwnMethods::event),
                    Operation.legal("stream-disconnect", 4, OwnMethods::disconnect));

    private OwnMethods() {}

    /** Returns a socket of a type, which mostly exists already. */
    private static Socket some(Worker worker, SocketType type) {
        for (int i = 0; i < 16; i++) {
            Socket socket = worker.pick(worker.world.sockets);
            if (socket != null && socket.type() == type) {
                return worker.note(socket);
            }
        }
        return worker.note(Sockets.open(worker, type));
    }

    // ---- SUB and XPUB

    private static void subscribeMany(Worker worker) {
        SubSocket sub = (SubSocket) some(worker, SocketType.SUB);
        String text = worker.draw.text(worker.draw.below(3));
        sub.subscribe(Arrays.asList(text, worker.draw.oneIn(8) ? null : "a"));
    }

    /** Opens an XPUB that answers by hand, with a subscriber that may go at any time. */
    private static void manual(Worker worker) {
        XPubSocket xpub = (XPubSocket) Sockets.open(worker, SocketType.XPUB);
        xpub.set(
                worker.draw.coin() ? SocketOption.XPUB_MANUAL : SocketOption.XPUB_MANUAL_LAST_VALUE,
                true);
        String endpoint = xpub.bind(Endpoints.fresh(worker));
        worker.put(worker.world.endpoints, endpoint);
        SubSocket sub = (SubSocket) Sockets.open(worker, SocketType.SUB);
        sub.connect(endpoint);
        sub.subscribeAll();
    }

    private static void subscription(Worker worker) {
        XPubSocket xpub = (XPubSocket) some(worker, SocketType.XPUB);
        switch (worker.draw.below(3)) {
            case 0 -> xpub.tryReceiveSubscription().ifPresent(worker::note);
            case 1 -> xpub.receiveSubscription(worker.draw.anyWait()).ifPresent(worker::note);
            default -> {
                worker.rescue().of(xpub);
                worker.note(xpub.receiveSubscription());
            }
        }
    }

    private static void answer(Worker worker) {
        XPubSocket xpub = (XPubSocket) some(worker, SocketType.XPUB);
        byte[] prefix = worker.draw.bytes(worker.draw.below(3));
        String text = new String(prefix, StandardCharsets.ISO_8859_1);
        switch (worker.draw.below(4)) {
            case 0 -> xpub.unsubscribe(prefix);
            case 1 -> xpub.unsubscribe(text);
            case 2 -> xpub.subscribe(text);
            default -> xpub.subscribe(prefix);
        }
    }

    // ---- REQ

    private static void request(Worker worker) {
        ReqSocket req = (ReqSocket) some(worker, SocketType.REQ);
        Draw draw = worker.draw;
        Duration time = draw.anyWait();
        RetryPolicy retries = new RetryPolicy(1 + draw.below(3), draw.anyWait());
        switch (draw.below(8)) {
            case 0 -> worker.note(req.request(draw.text(draw.below(40)), time));
            case 1 -> worker.note(req.request(draw.text(draw.below(40)), retries));
            case 2 -> worker.note(req.request(draw.bytes(draw.size()), time).isPresent());
            case 3 -> worker.note(req.request(draw.bytes(draw.size()), retries).isPresent());
            case 4 -> req.request(worker.message(), time).ifPresent(worker::keep);
            case 5 -> req.request(worker.filled(), retries).ifPresent(worker::keep);
            case 6 -> req.request(worker.multipart(), time).ifPresent(worker::keep);
            default -> req.request(worker.multipart(), retries).ifPresent(worker::keep);
        }
    }

    // ---- STREAM

    private static void event(Worker worker) {
        StreamSocket stream = (StreamSocket) some(worker, SocketType.STREAM);
        switch (worker.draw.below(3)) {
            case 0 -> stream.tryReceiveEvent().ifPresent(event -> handle(worker, stream, event));
            case 1 ->
                    stream.receiveEvent(worker.draw.anyWait())
                            .ifPresent(event -> handle(worker, stream, event));
            default -> {
                worker.rescue().of(stream);
                handle(worker, stream, stream.receiveEvent());
            }
        }
    }

    /** Answers, ends the connection, or lets it be. */
    private static void handle(Worker worker, StreamSocket stream, StreamEvent event) {
        worker.note(event);
        if (event instanceof StreamEvent.Data data) {
            worker.keep(data.content());
        }
        switch (worker.draw.below(3)) {
            case 0 -> worker.note(stream.disconnect(event.peer()));
            case 1 -> {
                byte[] data = worker.draw.bytes(worker.draw.size());
                try (Multipart answer = Multipart.of(event.peer().routingId(), data)) {
                    worker.note(stream.trySend(answer));
                }
            }
            default -> {}
        }
    }

    private static void disconnect(Worker worker) {
        StreamSocket stream = (StreamSocket) some(worker, SocketType.STREAM);
        worker.note(stream.disconnect(new StreamPeer(worker.draw.bytes(worker.draw.below(8)))));
    }
}
