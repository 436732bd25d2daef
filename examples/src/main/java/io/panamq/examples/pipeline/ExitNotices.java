// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

import io.panamq.Context;
import io.panamq.Message;
import io.panamq.PushSocket;
import io.panamq.error.ContextTerminatedException;

/**
 * Sends the sink notices that a worker has ended, from any thread. A notice is a message like all
 * others, so the thread that runs the pipeline waits in one place only.
 */
final class ExitNotices {
    private final Context context;

    ExitNotices(Context context) {
        this.context = context;
    }

    void send(int worker, long exitCode) {
        try (PushSocket push = context.push();
                Message message = Message.allocate(Signal.BYTES)) {
            push.connect(Endpoints.EVENTS);
            new Signal(Wire.EXITED, worker, exitCode).write(message.data());
            push.send(message);
        } catch (ContextTerminatedException | IllegalStateException e) {
            // The run is over, so the sink no longer needs the notice.
            return;
        }
    }
}
