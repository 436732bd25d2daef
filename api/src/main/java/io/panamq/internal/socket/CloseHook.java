// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

/** Does what must happen before a native socket is closed, because something native uses it. */
public interface CloseHook {
    /**
     * Runs right before the socket is closed, on the thread that closes it, while no thread is in a
     * call on the socket. Must not throw.
     */
    void beforeClose();
}
