// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.internal.socket.Frame;
import io.panamq.internal.socket.FrameFactory;

/**
 * Makes the messages that sockets receive into. It is a class and not a lambda, because the first
 * lambda of a program costs it 20 ms.
 */
final class MessageFactory implements FrameFactory {
    @Override
    public Frame newFrame() {
        return Message.create();
    }
}
