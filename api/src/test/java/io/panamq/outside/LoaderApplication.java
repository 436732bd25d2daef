// SPDX-License-Identifier: Apache-2.0
package io.panamq.outside;

import io.panamq.Context;
import io.panamq.Message;
import io.panamq.MessageArena;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import java.time.Duration;

/** Uses everything that needs a thread of the library: waits, wrapped memory, leaks, rescues. */
public final class LoaderApplication {
    private LoaderApplication() {}

    public static void main(String[] args) throws InterruptedException {
        try (Context context = Context.create()) {
            PullSocket pull = context.pull();
            PushSocket push = context.push();
            try (PushSocket alone = context.push()) {
                boolean ignored = alone.trySend(Message.of("nobody is there"));
            }
            push.connect(pull.bind("tcp://127.0.0.1:*"));
            MessageArena arena = MessageArena.create();
            push.send(arena.wrap(arena.allocate(100, 1)));
            arena.close();
            push.send("text");
            push.handOver();
            pull.handOver();
            Thread waiting = Thread.ofVirtual().start(() -> receive(pull));
            waiting.join();
            System.out.println("round trip in " + LoaderApplication.class.getClassLoader());
        }
    }

    private static void receive(PullSocket pull) {
        try (Message first = pull.receive()) {
            if (first.size() != 100 || !pull.receiveString().equals("text")) {
                throw new AssertionError("something else came");
            }
        }
        if (pull.receive(Duration.ofMillis(100)).isPresent()) {
            throw new AssertionError("nothing else was sent");
        }
    }
}
