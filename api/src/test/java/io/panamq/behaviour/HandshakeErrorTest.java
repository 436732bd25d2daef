// SPDX-License-Identifier: Apache-2.0
package io.panamq.behaviour;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.panamq.Capability;
import io.panamq.Curve;
import io.panamq.CurveKeyPair;
import io.panamq.Endpoint;
import io.panamq.MonitorEvent;
import io.panamq.Multipart;
import io.panamq.ProtocolError;
import io.panamq.PubSocket;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.RouterSocket;
import io.panamq.SocketMonitor;
import io.panamq.SocketOption;
import io.panamq.Zmq;
import io.panamq.bindings.NativeLibrary;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Produces each error of a handshake, by peers that speak wrong, and reads its event. */
class HandshakeErrorTest extends WithContext {
    private final PullSocket server = context.pull();

    private void configure(String mechanism) {
        if (mechanism.equals("PLAIN")) {
            server.security().plainServer();
        } else if (mechanism.equals("CURVE")) {
            assumeTrue(Zmq.has(Capability.CURVE), "this libzmq has no CURVE");
            server.security().curveServer(Curve.keyPair());
        }
    }

    /** The start of ZMTP 3.0, 64 bytes. */
    private static byte[] greeting(String mechanism) {
        return ("\u00ff\0\0\0\0\0\0\0\1\u007f\3\0"
                        + mechanism
                        + "\0".repeat(52 - mechanism.length()))
                .getBytes(ISO_8859_1);
    }

    /** A frame of up to 255 bytes. */
    private static byte[] frame(int flags, String content) {
        return ((char) flags + "" + (char) content.length() + content).getBytes(ISO_8859_1);
    }

    private static <E extends MonitorEvent> E next(SocketMonitor monitor, Class<E> type) {
        while (true) {
            MonitorEvent event = monitor.receive(Deadline.LIMIT).orElseThrow();
            if (type.isInstance(event)) {
                return type.cast(event);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "NULL, 4, 5READY, ZMTP_UNEXPECTED_COMMAND",
        "NULL, 4, '', ZMTP_UNEXPECTED_COMMAND",
        "NULL, 4, '\5HELLO', ZMTP_UNEXPECTED_COMMAND",
        "NULL, 4, '\5ERROR', ZMTP_MALFORMED_COMMAND_ERROR",
        "NULL, 4, '\5ERROR\20short', ZMTP_MALFORMED_COMMAND_ERROR",
        "PLAIN, 4, '\5HELLO', ZMTP_MALFORMED_COMMAND_HELLO",
        "PLAIN, 4, '\5HELLO\20a', ZMTP_MALFORMED_COMMAND_HELLO",
        "PLAIN, 4, '\10INITIATE', ZMTP_UNEXPECTED_COMMAND",
        "CURVE, 4, '\5HELLO', ZMTP_MALFORMED_COMMAND_HELLO",
        "CURVE, 4, '\10INITIATE', ZMTP_UNEXPECTED_COMMAND"
    })
    void shouldNameTheErrorOfAPeer(
            String mechanism, int flags, String content, ProtocolError expected)
            throws IOException {
        configure(mechanism);
        SocketMonitor monitor = server.monitor();
        int port = Endpoint.port(server.bind(Transport.TCP.fresh()));
        try (var peer = new java.net.Socket(InetAddress.getLoopbackAddress(), port)) {
            OutputStream out = peer.getOutputStream();
            out.write(greeting(mechanism));
            out.write(frame(flags, content));
            out.flush();

            var failed = next(monitor, MonitorEvent.ProtocolFailed.class);

            assertThat(failed.error()).isEqualTo(expected);
            assertThat(failed.reason()).contains(expected.text());
        }
        assertServes();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\13Socket-Type\0\0\0\3PUB",
                "\13Socket-Type\0\0\0\0",
                "\13Socket-Type\0\0\0\4PUS",
                "\13Sock",
                "\13"
            })
    void shouldNameMetadataThatCannotBeUsed(String metadata) throws IOException {
        assumeTrue(NativeLibrary.isHardened("refusal-event"), "another libzmq says nothing");
        shouldNameTheErrorOfAPeer(
                "NULL", 4, "\5READY" + metadata, ProtocolError.ZMTP_INVALID_METADATA);
    }

    /** The side that refuses is told why, at each attempt, and the attempts keep their distance. */
    @ParameterizedTest
    @ValueSource(strings = {"NULL", "PLAIN", "CURVE"})
    void shouldNameASocketTypeThatDoesNotFit(String mechanism) {
        assumeTrue(NativeLibrary.isHardened("refusal-event"), "another libzmq says nothing");
        Duration interval = Duration.ofMillis(50);
        PubSocket client = context.pub();
        client.set(SocketOption.RECONNECT_IVL, interval);
        if (mechanism.equals("PLAIN")) {
            RouterSocket zap = context.router();
            zap.bind("inproc://zeromq.zap.01");
            zap.handOver();
            Background.run(() -> answer(zap, "1.0,ID,200,OK,user,"));
            client.security().plainClient("user", "password");
            server.security().plainServer();
        } else if (mechanism.equals("CURVE")) {
            assumeTrue(Zmq.has(Capability.CURVE), "this libzmq has no CURVE");
            CurveKeyPair keys = Curve.keyPair();
            server.security().curveServer(keys);
            client.security().curveClient(keys.publicKey(), Curve.keyPair());
        }
        SocketMonitor monitor = server.monitor();
        String endpoint = server.bind(Transport.TCP.fresh());
        long start = System.nanoTime();
        client.connect(endpoint);

        int attempts = mechanism.equals("PLAIN") ? 1 : 3; // the authenticator answers once
        for (int i = 0; i < attempts; i++) {
            var failed = next(monitor, MonitorEvent.ProtocolFailed.class);
            assertThat(failed.error()).isEqualTo(ProtocolError.ZMTP_INVALID_METADATA);
            assertThat(failed.reason()).contains("the socket types do not fit");
            assertThat(failed.connection()).isPresent();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isGreaterThanOrEqualTo(interval.multipliedBy(attempts - 1));
    }

    @Test
    void shouldNameTheErrorOfAHelloThatCannotBeDecrypted() throws IOException {
        configure("CURVE");
        SocketMonitor monitor = server.monitor();
        int port = Endpoint.port(server.bind(Transport.TCP.fresh()));
        try (var peer = new java.net.Socket(InetAddress.getLoopbackAddress(), port)) {
            OutputStream out = peer.getOutputStream();
            out.write(greeting("CURVE"));
            out.write(frame(4, "\5HELLO\1\0" + "x".repeat(192)));
            out.flush();

            assertThat(next(monitor, MonitorEvent.ProtocolFailed.class).error())
                    .isEqualTo(ProtocolError.ZMTP_CRYPTOGRAPHIC);
        }
    }

    @Test
    void shouldNameAnotherMechanism() throws IOException {
        SocketMonitor monitor = server.monitor();
        int port = Endpoint.port(server.bind(Transport.TCP.fresh()));
        try (var peer = new java.net.Socket(InetAddress.getLoopbackAddress(), port)) {
            peer.getOutputStream().write(greeting("MADEUP"));

            assertThat(next(monitor, MonitorEvent.ProtocolFailed.class).error())
                    .isEqualTo(ProtocolError.ZMTP_MECHANISM_MISMATCH);
        }
        assertServes();
    }

    /** What one bad peer did must not keep a good one out. */
    private void assertServes() {
        if (server.get(SocketOption.MECHANISM) == 0) {
            PushSocket push = context.push();
            push.connect(server.get(SocketOption.LAST_ENDPOINT));
            push.send("good");
            assertThat(Deadline.text(server)).isEqualTo("good");
        }
    }

    // ---- the handler of ZAP

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "delimiter,1.0,ID,200,OK,, | ZAP_UNSPECIFIED",
                "1.0,ID,200 | ZAP_MALFORMED_REPLY",
                "2.0,ID,200,OK,, | ZAP_BAD_VERSION",
                "1.0,other,200,OK,, | ZAP_BAD_REQUEST_ID",
                "1.0,ID,600,OK,, | ZAP_INVALID_STATUS_CODE",
                "1.0,ID,2,OK,, | ZAP_INVALID_STATUS_CODE",
                "1.0,ID,200,OK,user,metadata | ZAP_INVALID_METADATA"
            })
    void shouldNameTheErrorOfAnAuthenticator(String reply, ProtocolError expected) {
        RouterSocket zap = context.router();
        zap.bind("inproc://zeromq.zap.01");
        zap.handOver();
        Background<Void> handler = Background.run(() -> answer(zap, reply));
        configure("PLAIN");
        SocketMonitor monitor = server.monitor();
        PushSocket client = context.push();
        client.security().plainClient("user", "password");
        client.connect(server.bind(Transport.TCP.fresh()));

        var failed = next(monitor, MonitorEvent.ProtocolFailed.class);

        assertThat(failed.error()).isEqualTo(expected);
        handler.result();
    }

    private static void answer(RouterSocket zap, String reply) {
        try (Multipart request = Deadline.multipart(zap)) {
            String id = request.getString(3);
            Multipart answer = request.truncate(2);
            String frames = reply.replace("ID", id);
            if (frames.startsWith("delimiter,")) {
                answer.set(1, "no delimiter");
                frames = frames.substring("delimiter,".length());
            }
            for (String frame : frames.split(",", -1)) {
                answer.add(frame);
            }
            zap.send(answer);
        }
    }
}
