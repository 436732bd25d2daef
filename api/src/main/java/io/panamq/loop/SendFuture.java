// SPDX-License-Identifier: Apache-2.0
package io.panamq.loop;

import io.panamq.Message;
import io.panamq.Multipart;
import io.panamq.Sender;
import io.panamq.internal.socket.SocketSecrets;

/** The future of one send: of a {@link Message} or a {@link Multipart}. */
final class SendFuture extends AsyncFuture<Boolean> {
    private final AutoCloseable content;

    /** Whether the content is closed here afterwards, since the caller does not have it. */
    private final boolean ours;

    SendFuture(AsyncSocketHandler handler, AutoCloseable content, boolean ours, long nanos) {
        super(handler, nanos, false);
        this.content = content;
        this.ours = ours;
    }

    @Override
    void enqueue() {
        handler.add(this);
    }

    @Override
    boolean attempt() {
        Throwable failure = null;
        synchronized (lock) {
            if (isDecided()) {
                return true;
            }
            try {
                if (!trySend((Sender) handler.socket)) {
                    giveUpOrClose();
                    return false;
                }
            } catch (RuntimeException | Error e) {
                failure = e; // An InternalError means that a mapped file was cut.
            }
            markDecided();
            giveBack();
        }
        if (failure == null) {
            finish(true);
        } else {
            finishExceptionally(failure);
        }
        return true;
    }

    private boolean trySend(Sender sender) {
        return content instanceof Message message
                ? sender.trySend(message)
                : sender.trySend((Multipart) content);
    }

    @Override
    void giveBack() {
        if (ours) {
            close(content);
        } else {
            if (content instanceof Message message) {
                SocketSecrets.markUnsent(message);
            } else {
                SocketSecrets.markUnsent((Multipart) content);
            }
            giveUpOrClose();
        }
    }

    private void giveUpOrClose() {
        try {
            release(content);
        } catch (IllegalStateException | WrongThreadException e) {
            // A user closed or took it, or a frame, after giving it away: the rest is lost.
            close(content);
        }
    }

    /** Makes a message free that is to be sent. Throws if it cannot be sent from this thread. */
    static void giveUp(AutoCloseable content) {
        if (content instanceof Message message) {
            SocketSecrets.requireContent(message);
        } else {
            SocketSecrets.markTried((Multipart) content);
        }
        release(content);
    }

    private static void release(AutoCloseable content) {
        if (content instanceof Message message) {
            message.handOver();
        } else {
            ((Multipart) content).handOver();
        }
    }

    static void close(AutoCloseable content) {
        try {
            content.close();
        } catch (Exception e) {
            // A user took it after giving it away: it stays that user's.
        }
    }
}
