// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.leak;

/** Watches the slot of a message that the program may lose, until the message gives it back. */
public interface SlotWatch {
    /**
     * Ends the watch: the message gives its slot back. The message must be reachable until this
     * returns.
     */
    void markClosed();

    /** Notes whether the message is a frame of a multipart message, which a report names then. */
    default void setFrame(boolean frame) {}
}
