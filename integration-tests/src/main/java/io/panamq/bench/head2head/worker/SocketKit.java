// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.worker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * Plain blocking sockets, which send chunks of 256 KiB one way and know no messages. They are the
 * ceiling for large messages over tcp. A chunk counts as so many messages as fit into it.
 */
final class SocketKit implements Kit {
    private static final int CHUNK = 256 * 1024;

    private final double messagesPerStep;

    SocketKit(Params params) {
        messagesPerStep = (double) CHUNK / params.size();
    }

    @Override
    public double messagesPerStep() {
        return messagesPerStep;
    }

    @Override
    public Port open(Kind kind, String endpoint) throws IOException {
        if (kind == Kind.PULL) {
            var server = ServerSocketChannel.open();
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return new SocketPort(server, null);
        }
        if (kind == Kind.PUSH) {
            var uri = URI.create(endpoint);
            var address = new InetSocketAddress(uri.getHost(), uri.getPort());
            return new SocketPort(null, SocketChannel.open(address));
        }
        throw new IllegalArgumentException("no such socket: " + kind);
    }

    @Override
    public void close() {}

    private static final class SocketPort extends Port {
        private final ServerSocketChannel server;
        private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
        private SocketChannel channel;

        SocketPort(ServerSocketChannel server, SocketChannel channel) {
            this.server = server;
            this.channel = channel;
        }

        @Override
        String endpoint() throws IOException {
            var address = (InetSocketAddress) server.getLocalAddress();
            return "tcp://" + address.getAddress().getHostAddress() + ":" + address.getPort();
        }

        @Override
        void send(long counter) throws IOException {
            chunk.clear();
            chunk.putLong(0, counter);
            while (chunk.hasRemaining()) {
                channel.write(chunk);
            }
        }

        @Override
        long receive() throws IOException {
            if (channel == null) {
                channel = server.accept();
            }
            chunk.clear();
            while (chunk.hasRemaining()) {
                if (channel.read(chunk) < 0) {
                    throw new IllegalStateException("the sender closed");
                }
            }
            return chunk.getLong(0);
        }

        @Override
        boolean drain() throws IOException {
            chunk.clear();
            return channel.read(chunk) >= 0;
        }

        @Override
        public void close() throws IOException {
            if (channel != null) {
                channel.close();
            }
            if (server != null) {
                server.close();
            }
        }
    }
}
