// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.memory;

/** Owns memory that a message wraps, and frees it when libzmq is done with it. */
public abstract class MemoryOwner {
    /** Frees the memory. Returns false if some call uses it just now: then this is called again. */
    public abstract boolean free();
}
