// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.memory;

/** Owns memory that a message wraps, and frees it after libzmq has released it. */
public abstract class MemoryOwner {
    /** Frees the memory. Returns false if a call is using it: then this is called again later. */
    public abstract boolean free();
}
