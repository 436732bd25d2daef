// SPDX-License-Identifier: Apache-2.0
package io.panamq.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.panamq.Capability;
import io.panamq.Context;
import io.panamq.Curve;
import io.panamq.CurveKeyPair;
import io.panamq.MonitorEvent;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.SocketMonitor;
import io.panamq.SocketOption;
import io.panamq.SocketSecurity;
import io.panamq.Z85;
import io.panamq.Zmq;
import io.panamq.support.Deadline;
import io.panamq.support.Logged;
import io.panamq.support.Transport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checks that no text shows a secret CURVE key or a password, and that they are wiped. LeaksTest
 * checks the reports about lost objects.
 */
@SuppressWarnings("try") // what is open for the time of a block only
class SecretsTest extends WithPeers {
    private static final String PASSWORD = "correct horse battery staple";

    /** What was shown to the user in any way. */
    private final StringWriter shown = new StringWriter();

    @TempDir Path folder;
    private CurveKeyPair keys;

    @BeforeEach
    void makeKeys() {
        assumeTrue(Zmq.has(Capability.CURVE));
        keys = Curve.keyPair();
    }

    private void show(Object... objects) {
        for (Object each : objects) {
            shown.append(String.valueOf(each)).append('\n');
        }
    }

    /** Notes the text of the failure, and those of all its causes. */
    private void fail(ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown).isNotNull();
        thrown.printStackTrace(new PrintWriter(shown));
    }

    private void assertNoSecrets() {
        String all = shown.toString();
        assertThat(all).isNotEmpty();
        byte[] raw = Z85.decode(keys.secretKey());
        for (String secret : List.of(keys.secretKey(), PASSWORD)) {
            assertThat(all).doesNotContain(secret).doesNotContain(secret.substring(5, 20));
        }
        for (byte[] secret : List.of(raw, PASSWORD.getBytes(StandardCharsets.UTF_8))) {
            String numbers = Arrays.toString(secret);
            assertThat(all)
                    .doesNotContain(new String(secret, StandardCharsets.ISO_8859_1))
                    .doesNotContainIgnoringCase(HexFormat.of().formatHex(secret))
                    .doesNotContain(numbers.substring(1, numbers.length() - 1));
        }
    }

    @Test
    void shouldNotBeInTheTextOfAnObject() throws IOException {
        Certificate certificate = Certificate.of(keys).with("name", "Anna");
        certificate.save(folder.resolve("anna"));
        Certificate loaded = Certificate.load(folder.resolve("anna_secret"));
        var plain = new ZapCredentials.Plain("anna", PASSWORD);
        ZapAuthenticator.Builder builder =
                ZapAuthenticator.builder(context).acceptPlain("*", "anna", PASSWORD);
        try (ZapAuthenticator authenticator = builder.start();
                PushSocket push = context.push();
                PullSocket pull = context.pull();
                SocketMonitor monitor = push.monitor()) {
            push.security().plainClient("anna", PASSWORD);
            pull.security().curveServer(keys);
            show(keys, certificate, loaded, loaded.keys(), CertificateStore.of(certificate));
            show(plain, new ZapRequest("*", "::1", "", plain), List.of(plain), Map.of(1, keys));
            show(builder, authenticator, push, pull, push.security(), pull.security(), monitor);
            show(context, Optional.of(certificate), SocketOption.CURVE_SECRETKEY);
        }

        assertNoSecrets();
    }

    @Test
    void shouldNotBeInTheTextOfAFailure() throws IOException {
        PushSocket closed = context.push();
        SocketSecurity ofClosed = closed.security();
        closed.close();
        PushSocket push = context.push();
        String secret = keys.secretKey();
        Path file = folder.resolve("bad");
        Files.writeString(file, "curve\n public-key = \"" + secret + "\n secret-key = " + secret);

        fail(() -> ofClosed.curveServer(keys));
        fail(() -> ofClosed.curveClient(secret, keys));
        fail(() -> ofClosed.plainClient("anna", PASSWORD));
        fail(() -> push.security().plainClient("anna", PASSWORD.repeat(20)));
        fail(() -> push.security().plainClient(PASSWORD.repeat(20), PASSWORD));
        fail(() -> push.security().plainClient("anna", PASSWORD + "\0"));
        fail(() -> push.security().curveClient(secret + "x", keys));
        fail(() -> push.set(SocketOption.CURVE_SECRETKEY, secret + secret));
        fail(() -> push.set(SocketOption.CURVE_SECRETKEY, secret.substring(1) + "\""));
        fail(() -> push.set(SocketOption.ofBytes(9999), Z85.decode(secret)));
        fail(() -> new CurveKeyPair(secret, secret.substring(1)));
        fail(() -> Curve.publicKey(secret + " "));
        fail(() -> Certificate.ofPublicKey(secret + " "));
        fail(() -> Certificate.load(file));
        fail(() -> Z85.decode(secret + "\n"));
        fail(() -> ZapAuthenticator.builder(context).acceptPlain("*", "", PASSWORD));
        fail(() -> Certificate.of(keys).with("name", "\"'" + PASSWORD));

        assertNoSecrets();
    }

    @Test
    void shouldNotBeInEventsLogsAndReports() {
        Context other = Context.builder().linger(Duration.ZERO).build();
        try (Logged log = Logged.at(ZapAuthenticator.class.getName())) {
            log.showDebug();
            ZapAuthenticator authenticator =
                    ZapAuthenticator.builder(other)
                            .acceptPlain("*", "anna", "another password")
                            .onRequest(
                                    "*",
                                    request -> {
                                        throw new IllegalStateException("bad: " + request);
                                    })
                            .start();
            PullSocket server = other.pull();
            server.security().plainServer();
            server.security().authenticate("sales");
            SocketMonitor monitor = server.monitor();
            String endpoint = server.bind(Transport.TCP.fresh());
            PushSocket client = other.push();
            client.security().plainClient("anna", PASSWORD);
            SocketMonitor clients = client.monitor();
            client.connect(endpoint);
            fail(() -> show(clients.awaitConnected(Deadline.LIMIT)));
            show(events(monitor));
            PullSocket secured = other.pull();
            secured.security().curveServer(keys);
            SocketMonitor third = secured.monitor();
            PushSocket wrong = other.push();
            wrong.security().curveClient(Curve.keyPair().publicKey(), keys);
            wrong.connect(secured.bind(Transport.TCP.fresh()));
            show(events(third));
            log.await("a callback failed", "bad: ");
            log.await("FINE: a peer at 127.0.0.1 with PLAIN");
            show(log.records());
            show(authenticator, other.close(Deadline.LIMIT));
        }

        assertThat(shown.toString()).contains("CloseReport[", "AuthenticationFailed[", "PLAIN");
        assertNoSecrets();
    }

    /** Returns the events up to the first failure of a handshake. */
    private static List<MonitorEvent> events(SocketMonitor monitor) {
        List<MonitorEvent> events = new ArrayList<>();
        while (events.stream().noneMatch(MonitorEvent.HandshakeFailure.class::isInstance)) {
            events.add(monitor.receive(Deadline.LIMIT).orElseThrow());
        }
        return events;
    }

    // ---- wiping

    @Test
    void shouldBeWipedWhenTheirOwnerIsClosed() {
        DomainRules rules = new DomainRules();
        rules.passwords.put("anna", PASSWORD.getBytes(StandardCharsets.UTF_8));
        ZapPolicy policy = new ZapPolicy(List.of(), List.of(), Map.of("*", rules));
        var request = new ZapRequest("*", "", "", new ZapCredentials.Null());
        DomainRules kept = policy.rulesFor(request).get(0);
        byte[] password = kept.passwords.get("anna");
        assertThat(password).isEqualTo(rules.passwords.get("anna"));

        policy.destroy();
        keys.destroy();

        assertThat(password).containsOnly(0);
        assertThat(kept.passwords).isEmpty();
        assertThatThrownBy(keys::secretKey).isInstanceOf(IllegalStateException.class);
    }

    /** The rules of the builder are its own: it can start another authenticator later. */
    @Test
    void shouldLetABuilderStartAgainAfterTheFirstAuthenticatorHasWipedItsCopies() {
        ZapAuthenticator.Builder builder =
                ZapAuthenticator.builder(context).acceptPlain("*", "anna", PASSWORD);
        builder.start().close();
        try (ZapAuthenticator second = builder.start()) {
            Server server =
                    new Server(
                            Wire.TCP,
                            socket -> {
                                socket.security().plainServer();
                                socket.security().authenticate("sales");
                            });

            server.awaitAccepted("in", client -> client.security().plainClient("anna", PASSWORD))
                    .close();
            assertThat(second.isClosed()).isFalse();
        }
    }
}
