// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.error.Errno;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** Decodes the frames that a monitor of version 1 or 2 sends into events. */
final class MonitorDecoder {
    private final int version;

    /**
     * The addresses that the socket is bound to, as far as its events tell. An event of version 1
     * has only one address, and does not tell whether the socket is bound or connected to it.
     */
    private final Set<String> bound = new HashSet<>();

    /** What the events so far tell of the connections. */
    final MonitorPeers peers = new MonitorPeers();

    MonitorDecoder(int version) {
        this.version = version;
    }

    MonitorEvent decode(Multipart frames) {
        MonitorEvent event = version == 2 ? decodeVersion2(frames) : decodeVersion1(frames);
        peers.follow(event);
        return event;
    }

    private MonitorEvent decodeVersion1(Multipart frames) {
        ByteBuffer head = ByteBuffer.wrap(frames.get(0).getBytes());
        if (frames.size() != 2 || head.remaining() != 6) {
            throw new IllegalStateException("not an event of version 1: " + frames);
        }
        head.order(ByteOrder.nativeOrder());
        int number = head.getShort(0) & 0xFFFF;
        long value = head.getInt(2) & 0xFFFF_FFFFL;
        String address = frames.getString(1);
        if (isOfBound(number)) {
            bound.add(address);
        }
        boolean local = bound.contains(address);
        return event(number, value, 0, local ? address : "", local ? "" : address);
    }

    /**
     * Returns whether the address of an event is one that the socket is bound to: that of
     * Listening, BindFailed, Accepted, AcceptFailed or CloseFailed.
     */
    private static boolean isOfBound(int number) {
        return (number & (0x0008 | 0x0010 | 0x0020 | 0x0040 | 0x0100)) != 0;
    }

    private MonitorEvent decodeVersion2(Multipart frames) {
        int size = frames.size();
        boolean fits = size >= 4 && frames.get(0).size() == 8 && frames.get(1).size() == 8;
        long values = fits ? frames.get(1).getLong(0) : -1;
        if (values < 0 || values > size - 4L) {
            throw new IllegalStateException("not an event of version 2: " + frames);
        }
        int first = 2 + (int) values;
        return event(
                frames.get(0).getLong(0),
                values == 0 ? 0 : frames.get(2).getLong(0),
                values < 2 ? 0 : frames.get(3).getLong(0),
                frames.getString(first),
                frames.getString(first + 1));
    }

    private MonitorEvent event(long number, long value, long second, String local, String remote) {
        if (number < 0 || number > 0x1FFFF) {
            return new MonitorEvent.Unknown(local, remote, number, value);
        }
        long fd = version == 2 ? peers.fd(local, remote) : -1;
        return switch ((int) number) {
            case 0x0001 -> new MonitorEvent.Connected(local, remote, value);
            case 0x0002 -> new MonitorEvent.ConnectDelayed(local, remote);
            case 0x0004 -> new MonitorEvent.ConnectRetried(local, remote, Duration.ofMillis(value));
            case 0x0008 -> new MonitorEvent.Listening(local, remote, value);
            case 0x0010 -> new MonitorEvent.BindFailed(local, remote, errno(value));
            case 0x0020 -> new MonitorEvent.Accepted(local, remote, value);
            case 0x0040 -> new MonitorEvent.AcceptFailed(local, remote, errno(value));
            case 0x0080 -> new MonitorEvent.Closed(local, remote, value);
            case 0x0100 -> new MonitorEvent.CloseFailed(local, remote, errno(value));
            case 0x0200 -> new MonitorEvent.Disconnected(local, remote, value);
            case 0x0400 -> new MonitorEvent.MonitorStopped(local, remote);
            case 0x0800 -> new MonitorEvent.HandshakeFailed(local, remote, errno(value), fd);
            case 0x1000 -> new MonitorEvent.HandshakeSucceeded(local, remote, fd);
            case 0x2000 ->
                    new MonitorEvent.ProtocolFailed(
                            local, remote, ProtocolError.of((int) value), (int) value, fd);
            case 0x4000 -> new MonitorEvent.AuthenticationFailed(local, remote, (int) value, fd);
            case 0x10000 -> new MonitorEvent.PipeStatistics(local, remote, value, second);
            default -> new MonitorEvent.Unknown(local, remote, number, value);
        };
    }

    private static Errno errno(long value) {
        return Errno.of((int) value);
    }
}
