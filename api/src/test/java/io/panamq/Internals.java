// SPDX-License-Identifier: Apache-2.0
package io.panamq;

/** What tests outside of this package need to know to find leaks. */
public final class Internals {
    private Internals() {}

    /** Messages that were made and not closed, as far as native memory goes. */
    public static int slotsInUse() {
        return MessageSlots.inUse();
    }

    /** Wrapped memory that libzmq has not let go of. */
    public static int wrapsHeld() {
        return Releases.held();
    }
}
