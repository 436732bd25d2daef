// SPDX-License-Identifier: Apache-2.0
package io.panamq.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.Curve;
import io.panamq.CurveKeyPair;
import io.panamq.MonitorEvent;
import io.panamq.PullSocket;
import io.panamq.RepSocket;
import io.panamq.SocketOption;
import io.panamq.error.Errno;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that no socket is open because nobody authenticates. */
@SuppressWarnings("try") // what is open for the time of a block only
class MissingAuthenticatorTest extends WithPeers {
    private static final CurveKeyPair KEYS = Curve.keyPair();

    private static void mechanism(PullSocket socket, String mechanism) {
        switch (mechanism) {
            case "PLAIN" -> socket.security().plainServer();
            case "CURVE" -> socket.security().curveServer(KEYS);
            default -> {}
        }
    }

    private static Consumer<io.panamq.PushSocket> client(String mechanism) {
        return socket -> {
            switch (mechanism) {
                case "PLAIN" -> socket.security().plainClient("a", "b");
                case "CURVE" -> socket.security().curveClient(KEYS.publicKey(), Curve.keyPair());
                default -> {}
            }
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"NULL", "PLAIN", "CURVE"})
    void shouldRefuseToBindAndToConnectWithADomainAndNoAuthenticator(String mechanism) {
        PullSocket socket = context.pull();
        mechanism(socket, mechanism);
        socket.set(SocketOption.ZAP_DOMAIN, "sales");

        for (Wire wire : Wire.values()) {
            assertThatThrownBy(() -> socket.bind(wire.fresh()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("bind on " + socket)
                    .hasMessageContaining("start a ZapAuthenticator first");
        }
        assertThatThrownBy(() -> socket.connect(Transport.nowhere()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("connect on " + socket);
        assertThat(socket.bind(Transport.INPROC.fresh())).as("never authenticated").isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NULL", "PLAIN", "CURVE"})
    void shouldLetNobodyInAfterTheAuthenticatorHasEnded(String mechanism) {
        Server server;
        try (var authenticator =
                ZapAuthenticator.builder(context)
                        .acceptNull("*")
                        .acceptAnyCurve("*")
                        .acceptPlain("*", "a", "b")
                        .start()) {
            server =
                    new Server(
                            Wire.TCP,
                            socket -> {
                                mechanism(socket, mechanism);
                                socket.security().authenticate("sales");
                            });
            server.awaitAccepted("before", client(mechanism)).close();
        }
        server.awaitEvent(MonitorEvent.Disconnected.class);
        server.client("after", client(mechanism));

        var failed = server.awaitEvent(MonitorEvent.HandshakeFailed.class);

        assertThat(failed.errno()).isEqualTo(Errno.EFAULT);
        assertThat(server.socket.tryReceive()).isEmpty();
    }

    @Test
    void shouldAcceptAHandlerOfTheUser() {
        try (RepSocket handler = context.rep()) {
            handler.bind("inproc://zeromq.zap.01");
            PullSocket socket = context.pull();
            socket.security().authenticate("sales");

            assertThat(socket.bind(Transport.TCP.fresh())).isNotEmpty();
        }
    }

    /** The user has said that the socket shall be open, and libzmq does what it always did. */
    @Test
    void shouldBeOpenIfTheUserDoesNotEnforceTheDomain() {
        Server server =
                new Server(
                        Wire.TCP,
                        socket -> {
                            socket.set(SocketOption.ZAP_DOMAIN, "sales");
                            socket.set(SocketOption.ZAP_ENFORCE_DOMAIN, false);
                        });

        server.awaitAccepted("hello", socket -> {}).close();
    }

    /** libzmq has an assertion there: the first peer would end the process. */
    @ParameterizedTest
    @EnumSource(Wire.class)
    void shouldRefuseAPlainServerThatEnforcesADomainAndHasNone(Wire wire) {
        PullSocket socket = context.pull();
        socket.set(SocketOption.ZAP_ENFORCE_DOMAIN, true);
        socket.security().plainServer();

        assertThatThrownBy(() -> socket.bind(wire.fresh()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("enforces a ZAP domain has none");
        assertThatThrownBy(() -> socket.connect(Transport.nowhere()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldRefuseADomainThatIsNone() {
        PullSocket socket = context.pull();

        for (String domain : new String[] {"", "a\0b"}) {
            assertThatThrownBy(() -> socket.security().authenticate(domain))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(socket.get(SocketOption.ZAP_ENFORCE_DOMAIN)).isFalse();
        socket.security().authenticate("d");
        assertThat(socket.get(SocketOption.ZAP_DOMAIN)).isEqualTo("d");
        assertThat(socket.get(SocketOption.ZAP_ENFORCE_DOMAIN)).isTrue();
        assertThat(socket.receive(Deadline.GRACE)).isEmpty();
    }
}
