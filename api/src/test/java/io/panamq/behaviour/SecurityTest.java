// SPDX-License-Identifier: Apache-2.0
package io.panamq.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.panamq.Capability;
import io.panamq.Curve;
import io.panamq.CurveKeyPair;
import io.panamq.Message;
import io.panamq.Multipart;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.RepSocket;
import io.panamq.ReqSocket;
import io.panamq.Socket;
import io.panamq.SocketOption;
import io.panamq.Z85;
import io.panamq.Zmq;
import io.panamq.bindings.NativeLibrary;
import io.panamq.error.SocketClosedException;
import io.panamq.error.UnsupportedFeatureException;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.RawCurveServer;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests handshakes of CURVE and PLAIN. */
class SecurityTest extends WithContext {
    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"TCP", "IPC"})
    void shouldCarryMessagesEncrypted(Transport transport) {
        assumeTrue(Zmq.has(Capability.CURVE));
        CurveKeyPair keys = Curve.keyPair();
        RepSocket server = context.rep();
        server.security().curveServer(keys);
        ReqSocket client = context.req();
        client.security().curveClient(keys.publicKey(), Curve.keyPair());
        assertThat(server.get(SocketOption.MECHANISM)).isEqualTo(2);
        assertThat(server.get(SocketOption.CURVE_SECRETKEY)).isEqualTo(keys.secretKey());
        client.connect(server.bind(transport.fresh()));
        byte[] content = new byte[100_000];
        content[99_999] = 1;
        client.send(content);

        assertThat(Deadline.bytes(server)).isEqualTo(content);
        server.send("answer");
        assertThat(Deadline.text(client)).isEqualTo("answer");
    }

    /** The keys may also be set as options, one by one. */
    @Test
    void shouldSayWhichKeyOfAClientIsMissing() {
        assumeTrue(Zmq.has(Capability.CURVE));
        CurveKeyPair keys = Curve.keyPair();
        PushSocket client = context.push();
        client.set(SocketOption.CURVE_PUBLICKEY, keys.publicKey());
        assertMisses(client, "secret key");
        client.set(SocketOption.CURVE_SECRETKEY, keys.secretKey());
        assertMisses(client, "key of a server");
        client.set(SocketOption.CURVE_SERVERKEY, Curve.keyPair().publicKey());
        client.connect(Transport.nowhere());

        PushSocket other = context.push();
        other.set(SocketOption.CURVE_SERVERKEY, Curve.keyPair().publicKey());
        other.set(SocketOption.CURVE_SECRETKEY, keys.secretKey());
        assertMisses(other, "public key");
        other.set(SocketOption.CURVE_SERVER, false); // no security at all
        other.connect(Transport.nowhere());
    }

    private static void assertMisses(Socket socket, String key) {
        assertThatThrownBy(() -> socket.connect(Transport.nowhere()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("it uses CURVE and has no " + key)
                .hasMessageContaining("security()");
    }

    /** Only the system's libzmq has GSSAPI; over ws it ends the process. */
    @Test
    void shouldRefuseGssapiOverWebSocket() {
        PushSocket push = context.push();
        if (!Zmq.has(Capability.GSSAPI)) {
            assertThatThrownBy(() -> push.set(SocketOption.GSSAPI_SERVER, true))
                    .isInstanceOf(UnsupportedFeatureException.class)
                    .hasMessageContaining("was built without gssapi");
            return;
        }
        push.set(SocketOption.GSSAPI_SERVER, false);
        assertThat(push.get(SocketOption.MECHANISM)).isEqualTo(3);
        assertThatThrownBy(() -> push.connect("ws://127.0.0.1:1/path"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no GSSAPI over WebSocket");
        push.connect(Transport.nowhere());
    }

    /** Such a socket would bind happily, and no handshake would ever succeed. */
    @Test
    void shouldRefuseToBindOrConnectWithHalfOfTheKeys() {
        assumeTrue(Zmq.has(Capability.CURVE));
        CurveKeyPair keys = Curve.keyPair();
        PullSocket server = context.pull();
        server.set(SocketOption.CURVE_SERVER, true);
        PushSocket client = context.push();
        client.set(SocketOption.CURVE_SERVERKEY, keys.publicKey());
        for (Socket socket : List.of(server, client)) {
            for (Transport transport : List.of(Transport.TCP, Transport.IPC)) {
                assertThatThrownBy(() -> socket.bind(transport.fresh()))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("bind on " + socket)
                        .hasMessageContaining("no secret key")
                        .hasMessageContaining("security()");
            }
            assertThatThrownBy(() -> socket.connect(Transport.nowhere()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("connect on " + socket);
        }
        server.security().curveServer(keys);
        client.security().curveClient(keys.publicKey(), Curve.keyPair());
        client.connect(server.bind(Transport.TCP.fresh()));
        client.send("with all of them");

        assertThat(Deadline.text(server)).isEqualTo("with all of them");
    }

    @Test
    void shouldLetNothingThroughWithAWrongServerKeyOrNoKeyAtAll() {
        assumeTrue(Zmq.has(Capability.CURVE));
        CurveKeyPair keys = Curve.keyPair();
        PullSocket server = context.pull();
        server.security().curveServer(keys);
        String endpoint = server.bind(Transport.TCP.fresh());
        PushSocket wrongKey = context.push();
        wrongKey.security().curveClient(Curve.keyPair().publicKey(), Curve.keyPair());
        PushSocket noKey = context.push();
        PushSocket right = context.push();
        right.security().curveClient(keys.publicKey(), Curve.keyPair());
        for (PushSocket client : new PushSocket[] {wrongKey, noKey, right}) {
            client.connect(endpoint);
            client.send(client == right ? "right" : "wrong");
        }

        assertThat(Deadline.text(server)).isEqualTo("right");
        assertThat(server.receive(Deadline.GRACE)).isEmpty();
    }

    /** libsodium computes nothing with such a key, and libzmq did not check that. */
    @Test
    void shouldGoOnAfterAServerNamedAKeyThatIsNone() throws Exception {
        assumeTrue(Zmq.has(Capability.CURVE));
        assumeTrue(NativeLibrary.isHardened("curve-key"), "another libzmq ends the process");
        byte[] proper = Z85.decode(Curve.keyPair().publicKey());
        byte[] one = new byte[32];
        one[0] = 1;
        try (RawCurveServer server = new RawCurveServer()) {
            // With libsodium the client disconnects; tweetnacl computes with any key.
            assertThat(answerToWelcome(server, proper)).isEqualTo("INITIATE");
            assertThat(answerToWelcome(server, new byte[32])).isIn("", "INITIATE");
            assertThat(answerToWelcome(server, one)).isIn("", "INITIATE");
            assertThat(answerToWelcome(server, proper)).isEqualTo("INITIATE");
        }
    }

    private String answerToWelcome(RawCurveServer server, byte[] key) throws Exception {
        try (PushSocket client = context.push()) {
            client.security().curveClient(server.publicKey(), Curve.keyPair());
            client.connect(server.endpoint());
            return server.welcome(key);
        }
    }

    /** With such a server key no connection comes about, and nothing breaks. */
    @Test
    void shouldDoNothingWithAServerKeyThatIsNone() {
        assumeTrue(Zmq.has(Capability.CURVE));
        CurveKeyPair keys = Curve.keyPair();
        PullSocket server = context.pull();
        server.security().curveServer(keys);
        String endpoint = server.bind(Transport.TCP.fresh());
        PushSocket client = context.push();
        client.security().curveClient(Z85.encode(new byte[32]), Curve.keyPair());
        PushSocket right = context.push();
        right.security().curveClient(keys.publicKey(), Curve.keyPair());
        client.connect(endpoint);
        right.connect(endpoint);
        client.send("wrong");
        right.send("right");

        assertThat(Deadline.text(server)).isEqualTo("right");
        assertThat(server.receive(Deadline.GRACE)).isEmpty();
    }

    @Test
    void shouldAskTheAuthenticatorForNameAndPassword() {
        RepSocket authenticator = context.rep();
        authenticator.bind("inproc://zeromq.zap.01");
        authenticator.handOver();
        var serving = Background.run(() -> authenticate(authenticator));
        PullSocket server = context.pull();
        server.security().plainServer();
        String endpoint = server.bind(Transport.TCP.fresh());
        PushSocket wrong = client("admin", "wrong", endpoint);
        wrong.send("wrong");
        PushSocket right = client("admin", "pässword", endpoint);
        right.send("right");

        try (Message received = Deadline.receive(server)) {
            assertThat(received.getString()).isEqualTo("right");
            assertThat(received.metadata("User-Id")).contains("user of admin");
        }
        assertThat(server.receive(Deadline.GRACE)).isEmpty();
        authenticator.close();
        assertThat(serving.failure()).isInstanceOf(SocketClosedException.class);
    }

    private PushSocket client(String user, String password, String endpoint) {
        PushSocket client = context.push();
        client.security().plainClient(user, password);
        assertThat(client.get(SocketOption.MECHANISM)).isEqualTo(1);
        assertThat(client.get(SocketOption.PLAIN_USERNAME)).isEqualTo(user);
        client.connect(endpoint);
        return client;
    }

    /** Runs a ZAP handler that knows one user. */
    private static void authenticate(RepSocket authenticator) {
        while (true) {
            try (Multipart request = authenticator.receiveMultipart();
                    Multipart reply = Multipart.of(request.getString(0), request.getString(1))) {
                String user = request.getString(6);
                boolean known = user.equals("admin") && request.getString(7).equals("pässword");
                reply.add(known ? "200" : "400").add("").add("user of " + user).add("");
                authenticator.send(reply);
            }
        }
    }
}
