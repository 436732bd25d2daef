// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.internal.socket.Forwarder;
import io.panamq.internal.socket.Forwarder.Need;
import io.panamq.internal.socket.Timeout;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a proxy: forwards as long as it can, and knows what it waits for. It watches its
 * source only while its target has room, so nothing is received that could not be sent.
 *
 * <p>A poll reports some sockets as ready to send that are not: a mandatory ROUTER, and a publisher
 * that drops nothing. Then this tries again after a while, and longer and longer.
 */
final class ProxyRoute {
    private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(16);

    private final Forwarder forwarder;
    private final ProxySide source;
    private final ProxySide target;
    private final @Nullable ProxySide capture;
    private Need need = Need.NOTHING;

    /** How long to wait for room that no poll reports, in nanoseconds; 0 if a poll does. */
    private long pause;

    ProxyRoute(
            Forwarder forwarder, ProxySide source, ProxySide target, @Nullable ProxySide capture) {
        this.forwarder = forwarder;
        this.source = source;
        this.target = target;
        this.capture = capture;
    }

    /** Forwards a burst at most, if the last poll found what this waits for. */
    void forward() {
        if (!isDue()) {
            return;
        }
        boolean hadToWait = needsRoom();
        long before = forwarder.messagesReceived();
        need = forwarder.forward();
        boolean stuck = hadToWait && needsRoom() && forwarder.messagesReceived() == before;
        pause = stuck ? Math.clamp(2 * pause, SHORTEST_PAUSE, LONGEST_PAUSE) : 0;
    }

    private boolean isDue() {
        return switch (need) {
            case NOTHING -> true;
            case MESSAGE -> source.isReadable();
            case ROOM, CAPTURE_ROOM -> pause > 0 || narrow().isWritable();
        };
    }

    private boolean needsRoom() {
        return need == Need.ROOM || need == Need.CAPTURE_ROOM;
    }

    /** Returns the side without room. */
    private ProxySide narrow() {
        return need == Need.CAPTURE_ROOM && capture != null ? capture : target;
    }

    /** Tells a side what the next poll waits for. Returns how long it may wait, in nanoseconds. */
    long want() {
        if (need == Need.MESSAGE) {
            source.want(PollEvent.IN);
        } else if (needsRoom() && pause == 0) {
            narrow().want(PollEvent.OUT);
        }
        if (need == Need.NOTHING) {
            return Timeout.NOT;
        }
        return pause > 0 ? pause : Timeout.FOREVER;
    }
}
