// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;

/** Receives from a thread-safe socket: each call on a lane of its own. */
final class ThreadSafeIncoming implements ReceivePath {
    private static final String RECEIVE = "receive";

    private final ThreadSafeCore core;
    private final FrameFactory factory;

    ThreadSafeIncoming(ThreadSafeCore core, FrameFactory factory) {
        this.core = core;
        this.factory = factory;
    }

    @Override
    public boolean receive(Frame message, long timeout) {
        Lane lane = core.borrowToReceive(RECEIVE);
        try {
            return lane.incoming(factory).receive(message, timeout);
        } finally {
            core.giveBack(lane);
        }
    }

    @Override
    public boolean receive(FrameSequence multipart, long timeout) {
        Lane lane = core.borrowToReceive(RECEIVE);
        try {
            return lane.incoming(factory).receive(multipart, timeout);
        } finally {
            core.giveBack(lane);
        }
    }

    @Override
    public byte[] receiveBytes(long timeout) {
        Lane lane = core.borrowToReceive(RECEIVE);
        try {
            return lane.incoming(factory).receiveBytes(timeout);
        } finally {
            core.giveBack(lane);
        }
    }

    @Override
    public long receive(MemorySegment target, long timeout) {
        Lane lane = core.borrowToReceive(RECEIVE);
        try {
            return lane.incoming(factory).receive(target, timeout);
        } finally {
            core.giveBack(lane);
        }
    }

    @Override
    public int receiveBatch(Consumer<?> handler, int max, long timeout) {
        Lane lane = core.borrowToReceive(RECEIVE);
        try {
            return lane.incoming(factory).receiveBatch(handler, max, timeout);
        } finally {
            core.giveBack(lane);
        }
    }
}
