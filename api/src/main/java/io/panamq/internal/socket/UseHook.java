// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

/**
 * Follows what the owner of a socket does with it. All methods are called on the owner's thread,
 * while it is in no call of the socket; they must not throw.
 */
public abstract class UseHook {
    /** The next one of the same socket. */
    UseHook next;

    /** Is called after each call on the socket, which may have changed what it is ready for. */
    protected abstract void afterCall();

    /** Is called right before the owner gives the socket up. The hook is removed by then. */
    protected abstract void beforeHandOver();
}
