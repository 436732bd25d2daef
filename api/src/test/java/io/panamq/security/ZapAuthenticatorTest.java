// SPDX-License-Identifier: Apache-2.0
package io.panamq.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.panamq.Capability;
import io.panamq.Curve;
import io.panamq.CurveKeyPair;
import io.panamq.Message;
import io.panamq.MonitorEvent;
import io.panamq.PushSocket;
import io.panamq.SocketOption;
import io.panamq.Zmq;
import io.panamq.bindings.NativeLibrary;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests the rules of an authenticator with real connections. */
@SuppressWarnings("try") // what is open for the time of a block only
class ZapAuthenticatorTest extends WithPeers {
    private static Consumer<PushSocket> plain(String user, String password) {
        return socket -> socket.security().plainClient(user, password);
    }

    private static Consumer<PushSocket> curve(CurveKeyPair server, CurveKeyPair client) {
        return socket -> socket.security().curveClient(server.publicKey(), client);
    }

    // ---- CURVE

    @ParameterizedTest
    @EnumSource(Wire.class)
    void shouldLetInTheClientsOfAStoreAndNobodyElse(Wire wire) {
        assumeTrue(Zmq.has(Capability.CURVE));
        CurveKeyPair keys = Curve.keyPair();
        Certificate known = Certificate.generate().with("name", "Anna").with("Socket-Type", "no");
        try (var authenticator =
                ZapAuthenticator.builder(context)
                        .acceptCurve("sales", CertificateStore.of(known))
                        .start()) {
            Server server =
                    new Server(
                            wire,
                            socket -> {
                                socket.security().curveServer(keys);
                                socket.security().authenticate("sales");
                            });

            server.awaitRefused(400, curve(keys, Curve.keyPair()));
            try (Message message = server.awaitAccepted("hello", curve(keys, known.keys()))) {
                assertThat(message.metadata("User-Id")).contains(known.publicKey());
                assertThat(message.metadata("name")).contains("Anna");
                assertThat(message.metadata("Socket-Type")).contains("PUSH");
            }
            assertThat(authenticator.isClosed()).isFalse();
        }
    }

    @Test
    void shouldRefuseAClientWithoutKeysOrWithTheKeyOfAnotherServer() {
        assumeTrue(Zmq.has(Capability.CURVE));
        CurveKeyPair keys = Curve.keyPair();
        CurveKeyPair client = Curve.keyPair();
        try (var authenticator = ZapAuthenticator.builder(context).acceptAnyCurve("*").start()) {
            Server server =
                    new Server(
                            Wire.TCP,
                            socket -> {
                                socket.security().curveServer(keys);
                                socket.security().authenticate("sales");
                            });
            server.client("no key", socket -> {});
            server.awaitEvent(MonitorEvent.HandshakeFailure.class);
            server.client("wrong server", curve(Curve.keyPair(), client));
            server.awaitEvent(MonitorEvent.HandshakeFailure.class);

            server.awaitAccepted("right", curve(keys, client)).close();
        }
    }

    @Test
    void shouldAskForACurveServerWithoutADomainToo() {
        assumeTrue(Zmq.has(Capability.CURVE));
        CurveKeyPair keys = Curve.keyPair();
        try (var authenticator = ZapAuthenticator.builder(context).acceptAnyCurve("x").start()) {
            Server server = new Server(Wire.TCP, socket -> socket.security().curveServer(keys));

            server.awaitRefused(400, curve(keys, Curve.keyPair()));
        }
    }

    // ---- PLAIN

    /** The user id, which stands before the first message, must not take its place. */
    @Test
    void shouldLetInAPeerOfASocketThatTakesOneMessageAtATime() {
        assumeTrue(NativeLibrary.isHardened("credential"), "another libzmq waits for ever");
        try (var authenticator =
                ZapAuthenticator.builder(context).acceptPlain("*", "anna", "word").start()) {
            Server server =
                    new Server(
                            Wire.TCP,
                            socket -> {
                                socket.set(SocketOption.RCVHWM, 1);
                                socket.security().plainServer();
                                socket.security().authenticate("sales");
                            });
            server.awaitAccepted("hello", plain("anna", "word")).close();
        }
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void shouldLetInThePlainUserWithTheRightPasswordOnly(Wire wire) {
        try (var authenticator =
                ZapAuthenticator.builder(context)
                        .acceptPlain("sales", "anna", "pässword")
                        .acceptPlain("*", "boss", "everywhere")
                        .start()) {
            Server server =
                    new Server(
                            wire,
                            socket -> {
                                socket.security().plainServer();
                                socket.security().authenticate("sales");
                            });

            server.awaitRefused(400, plain("anna", "wrong"));
            server.awaitRefused(400, plain("anna", "pässwor"));
            server.awaitRefused(400, plain("nobody", "pässword"));
            try (Message message = server.awaitAccepted("hello", plain("anna", "pässword"))) {
                assertThat(message.metadata("User-Id")).contains("anna");
            }
            server.awaitAccepted("from the boss", plain("boss", "everywhere")).close();
        }
    }

    @Test
    void shouldStartAgainWithTheSameBuilder() {
        var builder = ZapAuthenticator.builder(context).acceptPlain("sales", "anna", "secret");
        builder.start().close();

        try (var authenticator = builder.start()) {
            Server server =
                    new Server(
                            Wire.TCP,
                            socket -> {
                                socket.security().plainServer();
                                socket.security().authenticate("sales");
                            });

            server.awaitRefused(400, plain("anna", "wrong"));
            server.awaitAccepted("hello", plain("anna", "secret")).close();
        }
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void shouldKeepTheRulesOfOneDomainFromAnother(Wire wire) {
        try (var authenticator =
                ZapAuthenticator.builder(context)
                        .acceptPlain("sales", "anna", "secret")
                        .acceptNull("sales")
                        .start()) {
            Server plain =
                    new Server(
                            wire,
                            socket -> {
                                socket.security().plainServer();
                                socket.security().authenticate("other");
                            });
            Server none = new Server(wire, socket -> socket.security().authenticate("other"));

            plain.awaitRefused(400, plain("anna", "secret"));
            none.awaitRefused(400, socket -> {});
        }
    }

    // ---- NULL and addresses

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // denied     | allowed          | in
                "             |                  | true",
                "127.0.0.1    |                  | false",
                "127.0.0.0/8  |                  | false",
                "10.0.0.0/8   |                  | true",
                "             | 127.0.0.1        | true",
                "             | 127.0.0.0/8      | true",
                "             | 0.0.0.0/0        | true",
                "             | 10.0.0.0/8       | false",
                "             | ::1              | false",
                "             | ipc              | false",
                "ipc          |                  | true",
                "127.0.0.1    | 127.0.0.0/8      | false",
            })
    void shouldDecideByTheAddress(String denied, String allowed, boolean in) {
        ZapAuthenticator.Builder builder = ZapAuthenticator.builder(context).acceptNull("lan");
        if (denied != null) {
            builder.denyAddresses(denied);
        }
        if (allowed != null) {
            builder.allowAddresses("192.0.2.1", allowed);
        }
        try (var authenticator = builder.start()) {
            Server server = new Server(Wire.TCP, socket -> socket.security().authenticate("lan"));

            if (in) {
                server.awaitAccepted("hello", socket -> {}).close();
            } else {
                server.awaitRefused(400, socket -> {});
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"ipc, true", "127.0.0.1, false", "::/0, false"})
    void shouldCountPeersOfIpcAsNoIpAddress(String allowed, boolean in) {
        try (var authenticator =
                ZapAuthenticator.builder(context)
                        .acceptNull("lan")
                        .allowAddresses(allowed)
                        .start()) {
            Server server = new Server(Wire.IPC, socket -> socket.security().authenticate("lan"));

            if (in) {
                server.awaitAccepted("hello", socket -> {}).close();
            } else {
                server.awaitRefused(400, socket -> {});
            }
        }
    }

    @Test
    void shouldKnowAddressesOfIpv6() {
        try (var authenticator =
                ZapAuthenticator.builder(context)
                        .acceptNull("lan")
                        .allowAddresses("::1", "127.0.0.1")
                        .start()) {
            Server server =
                    new Server(
                            Wire.TCP,
                            socket -> {
                                socket.set(SocketOption.IPV6, true);
                                socket.security().authenticate("lan");
                            });
            String six = bindOnIpv6(server);
            assumeTrue(six != null, "this machine has no IPv6");
            try (PushSocket client = context.push()) {
                client.set(SocketOption.IPV6, true);
                client.connect(six);
                client.send("six");
                try (Message message = io.panamq.support.Deadline.receive(server.socket)) {
                    assertThat(message.getString()).isEqualTo("six");
                }
            }
        }
    }

    private static String bindOnIpv6(Server server) {
        try {
            return server.socket.bind("tcp://[::1]:*");
        } catch (io.panamq.error.ZmqException e) {
            return null;
        }
    }

    // ---- deny by default, one per context

    @Test
    void shouldRefuseEverybodyWithoutARule() {
        CurveKeyPair keys = Curve.keyPair();
        try (var authenticator = ZapAuthenticator.builder(context).start()) {
            Server none = new Server(Wire.TCP, socket -> socket.security().authenticate("a"));
            Server plain = new Server(Wire.TCP, socket -> socket.security().plainServer());
            Server curve = new Server(Wire.TCP, socket -> socket.security().curveServer(keys));

            none.awaitRefused(400, socket -> {});
            plain.awaitRefused(400, plain("user", "password"));
            curve.awaitRefused(400, curve(keys, Curve.keyPair()));
        }
    }

    @Test
    void shouldBeTheOnlyOneOfItsContext() {
        try (var first = ZapAuthenticator.builder(context).start()) {
            assertThatThrownBy(() -> ZapAuthenticator.builder(context).start())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("the context has an authenticator already");
        }

        try (var next = ZapAuthenticator.builder(context).start()) {
            assertThat(next.isClosed()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "''", "localhost", "10.0.0.0/33", "::1/129", "10.0.0.1/8", "10.0.0.0/", "10.0.0.0/-1",
        "10.0.0", "10.0.0.256", "fe80::1%lo", "1::2::3", "ipc/8", "' 10.0.0.1'", "10.0.0.0/8/8"
    })
    void shouldRefuseWhatIsNoRange(String text) {
        ZapAuthenticator.Builder builder = ZapAuthenticator.builder(context);

        assertThatThrownBy(() -> builder.allowAddresses("10.0.0.1", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'");
        assertThatThrownBy(() -> builder.denyAddresses(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseEmptyPasswords() {
        ZapAuthenticator.Builder builder = ZapAuthenticator.builder(context);

        assertThatThrownBy(() -> builder.acceptPlain("a", "user", ""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.acceptPlain("a", "", "password"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
