// SPDX-License-Identifier: Apache-2.0
package io.panamq;

/** A task of what is built on an event loop, somebody waits for which. */
interface AbandonableTask extends Runnable {
    /** The loop has ended without running it. On the loop's thread. Must not throw. */
    void abandoned();
}
