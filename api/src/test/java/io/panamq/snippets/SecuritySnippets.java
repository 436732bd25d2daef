// SPDX-License-Identifier: Apache-2.0
package io.panamq.snippets;

import io.panamq.Curve;
import io.panamq.CurveKeyPair;
import io.panamq.PullSocket;
import io.panamq.PushSocket;

/** Examples of encryption. */
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
}
