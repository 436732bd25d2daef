// SPDX-License-Identifier: Apache-2.0
package io.panamq.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.panamq.Capability;
import io.panamq.Message;
import io.panamq.MonitorEvent;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.SocketMonitor;
import io.panamq.Zmq;
import io.panamq.bindings.NativeLibrary;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.util.function.Consumer;

/** Lets clients connect to a server, and tells which of them got in. */
@SuppressWarnings("try") // what is open for the time of a block only
abstract class WithPeers extends WithContext {
    /** The transports that authenticate. */
    enum Wire {
        TCP,
        IPC,
        WS;

        String fresh() {
            return switch (this) {
                case TCP -> Transport.TCP.fresh();
                case IPC -> Transport.IPC.fresh();
                case WS -> {
                    assumeTrue(Zmq.has(Capability.WS), "this libzmq has no WebSocket");
                    yield "ws://127.0.0.1:*";
                }
            };
        }
    }

    /** A bound server with a monitor. */
    final class Server {
        final PullSocket socket = context.pull();
        final SocketMonitor monitor;
        final String endpoint;

        Server(Wire wire, Consumer<PullSocket> security) {
            security.accept(socket);
            monitor = socket.monitor();
            endpoint = socket.bind(wire.fresh());
        }

        /** Starts a client that sends the text as soon as it may. */
        PushSocket client(String text, Consumer<PushSocket> security) {
            PushSocket client = context.push();
            security.accept(client);
            client.connect(endpoint);
            client.send(text);
            return client;
        }

        /** Waits until the message of a client that got in arrives; the caller closes it. */
        Message awaitAccepted(String text, Consumer<PushSocket> security) {
            try (PushSocket client = client(text, security)) {
                Message message = Deadline.receive(socket);
                assertThat(message.getString()).isEqualTo(text);
                assertThat(awaitEvent(MonitorEvent.HandshakeSucceeded.class)).isNotNull();
                return message;
            }
        }

        /** Waits until a client is refused with a status, and its message has not arrived. */
        void awaitRefused(int status, Consumer<PushSocket> security) {
            try (PushSocket client = client("refused", security)) {
                var failed = awaitEvent(MonitorEvent.AuthenticationFailed.class);
                assertThat(failed.status()).isEqualTo(status);
                assertThat(socket.tryReceive()).isEmpty();
            }
        }

        <T extends MonitorEvent> T awaitEvent(Class<T> type) {
            while (true) {
                MonitorEvent event =
                        monitor.receive(Deadline.LIMIT)
                                .orElseThrow(() -> new AssertionError("no " + type));
                if (type.isInstance(event)) {
                    return type.cast(event);
                }
                // With another libzmq one of a WebSocket comes before that of ZMTP, which can fail.
                if (event instanceof MonitorEvent.HandshakeSucceeded
                        && (!endpoint.startsWith("ws")
                                || NativeLibrary.isHardened("handshake-events"))) {
                    throw new AssertionError("somebody got in");
                }
            }
        }
    }
}
