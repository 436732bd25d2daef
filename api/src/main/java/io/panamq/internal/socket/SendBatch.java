// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import io.panamq.bindings.calls.BatchCalls;
import io.panamq.bindings.calls.NativeMemory;
import java.lang.foreign.MemorySegment;

/** Messages that are sent in one call, and the array of their addresses for it. */
final class SendBatch {
    static final int MOST = 64;

    private final Frame[] messages = new Frame[MOST];
    private final MemorySegment addresses = NativeMemory.addresses(MOST);
    private int count;

    /** Also after one that the end of the stack cut off. */
    void begin() {
        count = 0;
    }

    /** {@link #end} must follow, whatever happens. */
    void add(Frame message) {
        NativeMemory.setAddress(addresses, count, message.beginSend());
        messages[count++] = message;
    }

    /** Without waiting; returns how many were sent. */
    int send(MemorySegment handle) {
        return BatchCalls.send(handle, addresses, count);
    }

    /** The first ones were sent, and all others are as they were. */
    void end(int sent) {
        int ended = count;
        count = 0;
        RuntimeException failure = null;
        for (int i = 0; i < ended; i++) {
            try {
                if (i < sent) {
                    messages[i].markSent();
                } else {
                    messages[i].markNotSent();
                }
            } catch (RuntimeException e) {
                // A view that C code up the stack is using: what it uses is gone.
                failure = e;
            }
            messages[i] = null;
        }
        if (failure != null) {
            throw failure;
        }
    }
}
