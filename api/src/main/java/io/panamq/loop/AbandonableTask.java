// SPDX-License-Identifier: Apache-2.0
package io.panamq.loop;

/** A task on an event loop that has to be told when the loop ends without running it. */
interface AbandonableTask extends Runnable {
    /**
     * Tells it that the loop has ended. On the loop's thread, or on the one that found that the
     * loop takes no more. It is called again if it throws OutOfMemoryError, and must not throw
     * anything else.
     */
    void abandon();
}
