// SPDX-License-Identifier: Apache-2.0
package io.panamq.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.panamq.Capability;
import io.panamq.Curve;
import io.panamq.CurveKeyPair;
import io.panamq.DishSocket;
import io.panamq.Message;
import io.panamq.Multipart;
import io.panamq.RadioSocket;
import io.panamq.ReceivingSocket;
import io.panamq.RouterSocket;
import io.panamq.SendingSocket;
import io.panamq.ServerSocket;
import io.panamq.Socket;
import io.panamq.SocketType;
import io.panamq.SubSocket;
import io.panamq.XSubSocket;
import io.panamq.Zmq;
import io.panamq.bindings.NativeLibrary;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Checks that sockets of every type talk when the one that binds authenticates its peers. libzmq
 * puts the user id before the first message, which some types took for a part of it.
 */
@SuppressWarnings("try") // what is open for the time of a block only
class AuthenticatedPatternTest extends WithContext {
    private static final Duration OFTEN = Duration.ofMillis(10);

    @ParameterizedTest
    @CsvSource({
        "REQ, REP",
        "REP, REQ",
        "DEALER, ROUTER",
        "ROUTER, DEALER",
        "ROUTER, REQ",
        "PAIR, PAIR",
        "PUSH, PULL",
        "PULL, PUSH",
        "PUB, SUB",
        "SUB, PUB",
        "XPUB, XSUB",
        "XSUB, XPUB",
        "CLIENT, SERVER",
        "SERVER, CLIENT",
        "CHANNEL, CHANNEL",
        "SCATTER, GATHER",
        "GATHER, SCATTER",
        "RADIO, DISH",
        "DISH, RADIO"
    })
    void shouldTalk(SocketType bound, SocketType connected) {
        assumeTrue(Zmq.has(Capability.DRAFT) || isStable(bound), "no drafts");
        assumeTrue(NativeLibrary.isHardened("credential"), "another libzmq ends the connection");
        CurveKeyPair keys = Curve.keyPair();
        try (var authenticator = ZapAuthenticator.builder(context).acceptAnyCurve("*").start()) {
            Socket server = context.socket(bound);
            server.security().curveServer(keys);
            server.security().authenticate("*");
            Socket client = context.socket(connected);
            client.security().curveClient(keys.publicKey(), Curve.keyPair());
            client.connect(server.bind(Transport.TCP.fresh()));
            subscribe(server);
            subscribe(client);

            Socket first = isAnswering(bound) ? client : server;
            Socket second = first == server ? client : server;
            boolean canBegin = first instanceof SendingSocket && !(first instanceof XSubSocket);
            if (canBegin && second instanceof ReceivingSocket) {
                exchange(first, second);
            } else {
                exchange(second, first);
            }
        }
    }

    private static boolean isStable(SocketType type) {
        return switch (type) {
            case CLIENT, SERVER, CHANNEL, SCATTER, GATHER, RADIO, DISH -> false;
            default -> true;
        };
    }

    private static boolean isAnswering(SocketType type) {
        return type == SocketType.REP || type == SocketType.ROUTER || type == SocketType.SERVER;
    }

    private static void subscribe(Socket socket) {
        switch (socket) {
            case SubSocket sub -> sub.subscribeAll();
            case XSubSocket xsub -> xsub.subscribe("");
            case DishSocket dish -> dish.join("group");
            default -> {}
        }
    }

    /** Sends until it arrives, for a subscriber may come late; and back, if they talk both ways. */
    private static void exchange(Socket from, Socket to) {
        Optional<Multipart> received = Optional.empty();
        long end = System.nanoTime() + Deadline.LIMIT.toNanos();
        boolean again = true;
        while (received.isEmpty() && System.nanoTime() < end) {
            if (again) {
                send(from, "there");
                again = isPublisher(from);
            }
            received = ((ReceivingSocket) to).receiveMultipart(OFTEN);
        }
        Multipart there = received.orElseThrow(() -> new AssertionError("nothing came"));
        assertThat(there.getString(there.size() - 1)).isEqualTo("there");
        boolean answers = to instanceof SendingSocket && from instanceof ReceivingSocket;
        if (answers && !isPublisher(from) && !isPublisher(to)) {
            answer(to, there);
            assertThat(Deadline.text((ReceivingSocket) from)).isEqualTo("back");
        } else {
            there.close();
        }
    }

    private static boolean isPublisher(Socket socket) {
        return switch (socket.type()) {
            case PUB, XPUB, RADIO -> true;
            default -> false;
        };
    }

    private static void send(Socket socket, String text) {
        boolean ignored =
                socket instanceof RadioSocket radio
                        ? radio.send("group", Message.of(text))
                        : ((SendingSocket) socket).send(text, Deadline.LIMIT);
    }

    private static void answer(Socket socket, Multipart request) {
        if (socket instanceof ServerSocket server) {
            try (Message message = request.removeFirst()) {
                assertThat(server.send(Message.of("back"), server.routingId(message))).isTrue();
            }
            return;
        }
        request.set(request.size() - 1, "back");
        if (socket instanceof RouterSocket) {
            assertThat(request.size()).isGreaterThan(1);
        }
        Deadline.send((SendingSocket) socket, request);
    }
}
