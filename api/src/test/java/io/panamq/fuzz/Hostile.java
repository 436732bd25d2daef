// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;

/** Connects peers that break the protocol to endpoints of this process. */
final class Hostile {
    static final List<Operation> ALL =
            List.of(
                    Operation.legal("hostile", 12, Hostile::attack)
                            .orThrow(IOException.class)
                            .orThrow(UnresolvedAddressException.class));

    private Hostile() {}

    private static void attack(Worker worker) throws IOException {
        String endpoint = worker.pick(worker.world.endpoints);
        if (endpoint == null || endpoint.startsWith("inproc") || endpoint.contains("*")) {
            return;
        }
        worker.note(endpoint);
        SocketChannel channel = connect(endpoint);
        if (channel == null) {
            return;
        }
        // Some connections stay open until the end of the episode.
        worker.world.others.add(channel);
        boolean web = endpoint.startsWith("ws://") != worker.draw.oneIn(8);
        byte[] bytes = web ? Garbage.web(worker.draw) : Garbage.zmtp(worker.draw);
        channel.configureBlocking(false);
        channel.write(ByteBuffer.wrap(bytes));
        if (worker.draw.oneIn(3)) {
            channel.read(ByteBuffer.allocate(200));
        }
        switch (worker.draw.below(4)) {
            case 0 -> {
                if (!endpoint.startsWith("ipc")) {
                    channel.setOption(StandardSocketOptions.SO_LINGER, 0);
                }
                channel.close();
            }
            case 1 -> channel.close();
            case 2 -> channel.shutdownOutput();
            default -> {}
        }
    }

    private static SocketChannel connect(String endpoint) throws IOException {
        String address = endpoint.substring(endpoint.indexOf("://") + 3);
        if (endpoint.startsWith("ipc://")) {
            return address.startsWith("@")
                    ? null
                    : SocketChannel.open(UnixDomainSocketAddress.of(address));
        }
        int colon = address.lastIndexOf(':');
        String port = address.substring(colon + 1).replaceAll("[^0-9].*", "");
        if (!address.startsWith("127.77.") || port.isEmpty()) {
            return null;
        }
        return SocketChannel.open(
                new InetSocketAddress(address.substring(0, colon), Integer.parseInt(port)));
    }
}
