// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import io.panamq.bindings.calls.BatchCalls;
import io.panamq.bindings.calls.NativeMemory;
import java.lang.foreign.MemorySegment;

/** Sends messages in one native call: keeps them, and the native array of their addresses. */
final class SendBatch {
    static final int MOST = 64;

    private final Frame[] messages = new Frame[MOST];
    private final MemorySegment addresses = NativeMemory.addresses(MOST);
    private int count;

    /** Begins a batch. Forgets the last one, whose end a StackOverflowError may have cut off. */
    void begin() {
        count = 0;
    }

    /** Adds a message with content; {@link #end} must follow, whatever happens. */
    void add(Frame message) {
        NativeMemory.setAddress(addresses, count, message.beginSend());
        messages[count++] = message;
    }

    /** Sends the messages without waiting; returns how many. */
    int send(MemorySegment handle) {
        return BatchCalls.send(handle, addresses, count);
    }

    /** Ends the batch, of which the given number of messages were sent. */
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
                // The view could not be closed, because a native call is using it.
                failure = e;
            }
            messages[i] = null;
        }
        if (failure != null) {
            throw failure;
        }
    }
}
