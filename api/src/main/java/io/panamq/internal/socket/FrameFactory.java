// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

/** Makes the objects that frames are received into: messages, which are known above only. */
public interface FrameFactory {
    /** Returns a frame without content, of the calling thread. */
    Frame newFrame();
}
