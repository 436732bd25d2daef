// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.internal.poll.PollSecrets;

/** A socket of a proxy that runs, in the poller of that. */
final class ProxySide {
    final BaseSocket socket;
    private final PollItem item;
    private int wanted;
    private int watched;

    ProxySide(Poller poller, BaseSocket socket) {
        this.socket = socket;
        PollEvent any = socket instanceof ReceivingSocket ? PollEvent.IN : PollEvent.OUT;
        this.item = poller.add(socket, any);
        this.watched = any.bit();
    }

    void want(PollEvent event) {
        wanted |= event.bit();
    }

    /** Lets the next poll wait for what was wanted since the last one. */
    void watch() {
        if (watched != wanted) {
            try {
                PollSecrets.watch(item, wanted);
            } catch (IllegalStateException e) {
                checkOpen(); // any thread may close the socket
                throw e;
            }
            watched = wanted;
        }
        wanted = 0;
    }

    boolean isReadable() {
        return item.isReadable();
    }

    boolean isWritable() {
        return item.isWritable();
    }

    /** Throws if the socket was closed. */
    void checkOpen() {
        if (item.isClosed()) {
            throw socket.core().closedWhile(Proxy.RUN);
        }
    }
}
