// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

/**
 * Ends the JVM, therefore not named as a test: a conflating SUB that gets a first frame which does
 * not match but announces more. libzmq drops it and asks for the rest, which is not there ({@code
 * Assertion failed: !_more (fq.cpp:112)}); Java never sees the frame.
 */
class KnownCrashConflatedSubscriber extends WithContext {
    private static final byte[] READY_OF_A_PUB =
            "\4\31\5READY\13Socket-Type\0\0\0\3PUB".getBytes(US_ASCII);

    @Test
    void shouldSurviveAPublisherThatSendsWhatWasNotAskedFor() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                SubSocket sub = context.sub()) {
            sub.set(SocketOption.CONFLATE, true);
            sub.subscribe("a");
            sub.connect("tcp://127.0.0.1:" + server.getLocalPort());
            try (java.net.Socket peer = server.accept()) {
                OutputStream out = peer.getOutputStream();
                DataInputStream in = new DataInputStream(peer.getInputStream());
                out.write(greeting());
                in.readFully(new byte[64]);
                out.write(READY_OF_A_PUB);
                // READY of the subscriber.
                assertThat(in.read()).isEqualTo(4);
                in.readFully(new byte[in.read()]);
                out.write(new byte[] {1, 1, 'b'});
                out.flush();

                assertThat(sub.receive(Deadline.GRACE.multipliedBy(10))).isEmpty();
            }
        }
    }

    /** ZMTP 3.0, mechanism NULL. */
    private static byte[] greeting() {
        byte[] greeting = new byte[64];
        greeting[0] = (byte) 0xFF;
        greeting[9] = 0x7F;
        greeting[10] = 3;
        System.arraycopy("NULL".getBytes(US_ASCII), 0, greeting, 12, 4);
        return greeting;
    }
}
