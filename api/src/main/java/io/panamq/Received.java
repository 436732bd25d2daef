// SPDX-License-Identifier: Apache-2.0
package io.panamq;

/** Receives into new objects, which do not outlive a receive that failed. */
final class Received {
    private Received() {}

    static Message message(Incoming incoming, long timeout) {
        Message message = Message.create();
        boolean received = false;
        try {
            received = incoming.receive(message, timeout);
        } finally {
            if (!received) {
                message.close();
            }
        }
        return received ? message : null;
    }

    static Multipart multipart(Incoming incoming, long timeout) {
        Multipart multipart = Multipart.create();
        boolean received = false;
        try {
            received = incoming.receive(multipart, timeout);
        } finally {
            if (!received) {
                multipart.close();
            }
        }
        return received ? multipart : null;
    }
}
