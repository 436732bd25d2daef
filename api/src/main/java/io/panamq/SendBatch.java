// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.bindings.BatchCalls;
import io.panamq.bindings.NativeMemory;
import java.lang.foreign.MemorySegment;

/** Messages that are sent in one call, and the array of their addresses for it. */
final class SendBatch {
    static final int MOST = 64;

    private final Message[] messages = new Message[MOST];
    private final MemorySegment addresses = NativeMemory.addresses(MOST);
    private int count;

    /** {@link #end} must follow, whatever happens. */
    void add(Message message) {
        NativeMemory.setAddress(addresses, count, message.beginSend());
        messages[count++] = message;
    }

    /** Without waiting; returns how many were sent. */
    int send(MemorySegment handle) {
        return BatchCalls.send(handle, addresses, count);
    }

    /** The first ones were sent, and all others are as they were. */
    void end(int sent) {
        for (int i = 0; i < count; i++) {
            if (i < sent) {
                messages[i].sent();
            } else {
                messages[i].notSent();
            }
            messages[i] = null;
        }
        count = 0;
    }
}
