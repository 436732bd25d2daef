// SPDX-License-Identifier: Apache-2.0
package io.panamq.support;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.panamq.Curve;
import io.panamq.CurveKeyPair;
import io.panamq.Z85;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/** A CURVE server written by hand (ZMTP 3.0), up to its WELCOME. It may name any key. */
public final class RawCurveServer implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 9, InetAddress.getLoopbackAddress());
    private final CurveKeyPair keys = Curve.keyPair();

    public RawCurveServer() throws IOException {
        server.setSoTimeout((int) Deadline.LIMIT.toMillis());
    }

    public String publicKey() {
        return keys.publicKey();
    }

    public String endpoint() {
        return "tcp://127.0.0.1:" + server.getLocalPort();
    }

    /**
     * Welcomes the next client with this key of the connection. Returns the name of the client's
     * answer, or an empty text if it disconnects.
     */
    public String welcome(byte[] connectionKey) throws IOException, GeneralSecurityException {
        try (java.net.Socket peer = server.accept()) {
            peer.setSoTimeout((int) Deadline.LIMIT.toMillis());
            byte[] greeting = new byte[64];
            greeting[0] = (byte) 0xFF;
            greeting[9] = 0x7F;
            greeting[10] = 3;
            System.arraycopy("CURVE".getBytes(US_ASCII), 0, greeting, 12, 5);
            greeting[32] = 1;
            peer.getOutputStream().write(greeting);
            DataInputStream in = new DataInputStream(peer.getInputStream());
            in.readFully(new byte[64]);
            byte[] hello = new byte[202];
            in.readFully(hello);
            byte[] content = Arrays.copyOf(connectionKey, 128);
            byte[] nonce = Arrays.copyOf("WELCOME-".getBytes(US_ASCII), 24);
            ByteArrayOutputStream command = new ByteArrayOutputStream();
            command.writeBytes(new byte[] {4, (byte) 168, 7});
            command.writeBytes("WELCOME".getBytes(US_ASCII));
            command.write(nonce, 8, 16);
            byte[] clientKey = Arrays.copyOfRange(hello, 82, 114);
            command.writeBytes(
                    new CurveBox(Z85.decode(keys.secretKey()), clientKey).seal(content, nonce));
            peer.getOutputStream().write(command.toByteArray());
            return command(in);
        }
    }

    private static String command(DataInputStream in) throws IOException {
        int flags = in.read();
        if (flags < 0) {
            return "";
        }
        in.skipNBytes((flags & 2) == 0 ? 1 : 8);
        byte[] name = new byte[in.readUnsignedByte()];
        in.readFully(name);
        return new String(name, US_ASCII);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
