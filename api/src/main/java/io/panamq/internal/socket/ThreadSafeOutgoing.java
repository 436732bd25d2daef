// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import java.lang.foreign.MemorySegment;
import java.util.List;

/** Sends through a thread-safe socket: each call on a lane of its own. */
final class ThreadSafeOutgoing implements SendPath {
    private static final String SEND = "send";

    private final ThreadSafeCore core;

    ThreadSafeOutgoing(ThreadSafeCore core) {
        this.core = core;
    }

    @Override
    public long timeout() {
        return core.sendTimeout;
    }

    @Override
    public void shareFrom(long bytes) {
        Outgoing.checkShareFrom(bytes);
        core.enter("shareFrom");
        core.shareFrom = bytes;
        core.exit();
    }

    @Override
    public boolean attempt(Frame message, long timeout) {
        Lane lane = core.borrow(SEND);
        try {
            return lane.outgoing().attempt(message, timeout);
        } finally {
            core.giveBack(lane);
        }
    }

    @Override
    public boolean attempt(FrameSequence multipart, long timeout) {
        Lane lane = core.borrow(SEND);
        try {
            return lane.outgoing().attempt(multipart, timeout);
        } finally {
            core.giveBack(lane);
        }
    }

    @Override
    public boolean send(byte[] content, long timeout) {
        Lane lane = core.borrow(SEND);
        try {
            return lane.outgoing().send(content, timeout);
        } finally {
            core.giveBack(lane);
        }
    }

    @Override
    public boolean send(MemorySegment content, long timeout) {
        Lane lane = core.borrow(SEND);
        try {
            lane.outgoing().shareFrom = core.shareFrom;
            return lane.outgoing().send(content, timeout);
        } finally {
            core.giveBack(lane);
        }
    }

    @Override
    public int sendBatch(List<? extends Frame> messages, long timeout) {
        Lane lane = core.borrow(SEND);
        try {
            return lane.outgoing().sendBatch(messages, timeout);
        } finally {
            core.giveBack(lane);
        }
    }
}
