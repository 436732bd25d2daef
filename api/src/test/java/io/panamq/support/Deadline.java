// SPDX-License-Identifier: Apache-2.0
package io.panamq.support;

import io.panamq.Message;
import io.panamq.Multipart;
import io.panamq.Receiver;
import io.panamq.Sender;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/** Waits for what must happen, far longer than it takes, but not for ever. */
public final class Deadline {
    public static final Duration LIMIT = Duration.ofSeconds(20);

    /**
     * How long to wait for what must not happen. It is short, because a slow machine only makes
     * such a test pass.
     */
    public static final Duration GRACE = Duration.ofMillis(60);

    private Deadline() {}

    public static Message receive(Receiver receiver) {
        return receiver.receive(LIMIT).orElseThrow(() -> late(receiver));
    }

    public static String text(Receiver receiver) {
        try (Message message = receive(receiver)) {
            return message.getString();
        }
    }

    public static byte[] bytes(Receiver receiver) {
        try (Message message = receive(receiver)) {
            return message.getBytes();
        }
    }

    public static Multipart multipart(Receiver receiver) {
        return receiver.receiveMultipart(LIMIT).orElseThrow(() -> late(receiver));
    }

    public static void send(Sender sender, Multipart multipart) {
        if (!sender.send(multipart, LIMIT)) {
            throw new AssertionError(sender + " could not send " + multipart + " in " + LIMIT);
        }
    }

    public static void send(Sender sender, String... frames) {
        try (Multipart multipart = Multipart.of(frames)) {
            send(sender, multipart);
        }
    }

    public static void until(String what, BooleanSupplier condition) {
        Awaitility.await(what)
                .atMost(LIMIT)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(condition::getAsBoolean);
    }

    private static AssertionError late(Receiver receiver) {
        return new AssertionError("nothing arrived at " + receiver + " in " + LIMIT);
    }
}
