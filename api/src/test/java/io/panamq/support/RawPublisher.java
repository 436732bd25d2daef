// SPDX-License-Identifier: Apache-2.0
package io.panamq.support;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.SubSocket;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A publisher written by hand (ZMTP 3.0, NULL), which can send what libzmq would not. */
public final class RawPublisher implements AutoCloseable {
    private static final byte[] READY = "\4\31\5READY\13Socket-Type\0\0\0\3PUB".getBytes(US_ASCII);

    private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private java.net.Socket peer;

    public RawPublisher() throws IOException {
        server.setSoTimeout((int) Deadline.LIMIT.toMillis());
    }

    /** Lets the subscriber connect, and makes the handshake. */
    public void accept(SubSocket sub) throws IOException {
        sub.connect("tcp://127.0.0.1:" + server.getLocalPort());
        peer = server.accept();
        peer.setSoTimeout((int) Deadline.LIMIT.toMillis());
        byte[] greeting = new byte[64];
        greeting[0] = (byte) 0xFF;
        greeting[9] = 0x7F;
        greeting[10] = 3;
        System.arraycopy("NULL".getBytes(US_ASCII), 0, greeting, 12, 4);
        peer.getOutputStream().write(greeting);
        DataInputStream in = new DataInputStream(peer.getInputStream());
        in.readFully(new byte[64]);
        peer.getOutputStream().write(READY);
        assertThat(in.read()).as("the subscriber's READY").isEqualTo(4);
        in.readFully(new byte[in.read()]);
    }

    /** Sends a frame of one byte that announces more frames, which never come. */
    public void sendFirstOfMore(char content) throws IOException {
        peer.getOutputStream().write(new byte[] {1, 1, (byte) content});
    }

    /** Returns what the subscriber sends after the handshake. */
    public DataInputStream received() throws IOException {
        return new DataInputStream(peer.getInputStream());
    }

    /** Receives the next command of the peer, without its flags and length. */
    public byte[] receiveCommand() throws IOException {
        DataInputStream in = new DataInputStream(peer.getInputStream());
        while (true) {
            int flags = in.readUnsignedByte();
            byte[] body = new byte[in.readUnsignedByte()];
            in.readFully(body);
            if (flags == 4) {
                return body;
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (peer != null) {
            peer.close();
        }
        server.close();
    }
}
