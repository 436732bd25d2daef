// SPDX-License-Identifier: Apache-2.0
package io.panamq.snippets;

import io.panamq.Context;
import io.panamq.Curve;
import io.panamq.CurveKeyPair;
import io.panamq.Message;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.security.Certificate;
import io.panamq.security.CertificateStore;
import io.panamq.security.ZapAuthenticator;
import java.io.IOException;
import java.nio.file.Path;

/** Examples of encryption and authentication. */
final class SecuritySnippets {
    private SecuritySnippets() {}

    static void curve(PullSocket server, PushSocket client, String endpoint) {
        // @start region="curve"
        CurveKeyPair keys = Curve.keyPair(); // of the server, made once and kept
        server.security().curveServer(keys);
        // @replace substring='endpoint' replacement='"tcp://*:5555"' :
        server.bind(endpoint);
        client.security().curveClient(keys.publicKey(), Curve.keyPair());
        // @replace substring='endpoint' replacement='"tcp://server:5555"' :
        client.connect(endpoint);
        // @end
    }

    /** Makes certificates for a client and a server in a folder, and returns that of the client. */
    static Certificate certificate(Path folder) throws IOException {
        // @start region="certificate"
        Certificate server = Certificate.generate().with("name", "the server");
        server.save(folder.resolve("server.key")); // and server.key_secret
        Certificate client = Certificate.generate().with("name", "Anna");
        client.savePublic(folder.resolve("clients/anna.key"));
        // @end
        return client;
    }

    @SuppressWarnings("try") // the authenticator is only open
    static String server(Context context, Path folder, String endpoint) throws IOException {
        // @start region="server"
        CertificateStore clients = CertificateStore.open(folder.resolve("clients"));
        try (ZapAuthenticator authenticator =
                        ZapAuthenticator.builder(context).acceptCurve("sales", clients).start();
                PullSocket server = context.pull()) {
            Certificate certificate = Certificate.load(folder.resolve("server.key_secret"));
            server.security().curveServer(certificate.keys());
            server.security().authenticate("sales");
            // @replace substring='endpoint' replacement='"tcp://*:5555"' :
            server.bind(endpoint);
            try (Message message = server.receive()) {
                String who = message.metadata("name").orElse("somebody");
                // @replace regex='return (.*);' replacement='System.out.println($1);' :
                return who + ": " + message.getString();
            }
        }
        // @end
    }
}
