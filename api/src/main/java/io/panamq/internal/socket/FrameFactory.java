// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

/** Makes the objects to receive frames into: messages, a type that this package does not know. */
public interface FrameFactory {
    /** Returns a new frame without content, owned by the calling thread. */
    Frame newFrame();
}
