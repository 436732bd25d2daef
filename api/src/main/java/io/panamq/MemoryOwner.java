// SPDX-License-Identifier: Apache-2.0
package io.panamq;

/** Owns memory that a message wraps, and frees it when libzmq is done with it. */
abstract class MemoryOwner {
    /** Frees the memory. Returns false if some call uses it just now: then this is called again. */
    abstract boolean free();
}
