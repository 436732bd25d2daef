// SPDX-License-Identifier: Apache-2.0
package io.panamq.snippets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.panamq.Capability;
import io.panamq.Curve;
import io.panamq.CurveKeyPair;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.SocketOption;
import io.panamq.Zmq;
import io.panamq.security.Certificate;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the examples of encryption and authentication. */
class SecuritySnippetsTest extends WithContext {
    @Test
    void shouldEncryptAConnection() {
        assumeThat(Zmq.has(Capability.CURVE)).isTrue();
        PullSocket server = context.pull();
        PushSocket client = context.push();

        SecuritySnippets.curve(server, client, Transport.IPC.fresh());
        client.send("secret");

        assertThat(Deadline.text(server)).isEqualTo("secret");
        assertThat(server.get(SocketOption.MECHANISM)).as("2 is CURVE").isEqualTo(2);
    }

    @Test
    void shouldLetInTheClientsWhoseCertificatesAreInTheFolder(@TempDir Path folder)
            throws IOException {
        assumeThat(Zmq.has(Capability.CURVE)).isTrue();
        Files.createDirectory(folder.resolve("clients"));
        Certificate known = SecuritySnippets.certificate(folder);
        String server = Certificate.load(folder.resolve("server.key")).publicKey();
        String endpoint = Transport.IPC.fresh();
        for (CurveKeyPair keys : List.of(Curve.keyPair(), known.keys())) {
            PushSocket client = context.push();
            client.security().curveClient(server, keys);
            client.connect(endpoint);
            client.send(keys.equals(known.keys()) ? "hello" : "stranger");
        }

        assertThat(SecuritySnippets.server(context, folder, endpoint)).isEqualTo("Anna: hello");
    }
}
