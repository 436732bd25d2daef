// SPDX-License-Identifier: Apache-2.0
package io.panamq;

/** The future of one message that is to be sent: a {@link Message} or a {@link Multipart}. */
final class SendFuture extends AsyncFuture<Boolean> {
    private final AutoCloseable content;

    /** Nobody else will close it. */
    private final boolean ours;

    private final long nanos;

    SendFuture(AsyncSocketHandler handler, AutoCloseable content, boolean ours, long nanos) {
        super(handler);
        this.content = content;
        this.ours = ours;
        this.nanos = nanos;
    }

    @Override
    void start() {
        if (nanos == Waiting.NOT) {
            if (!handler.isFirst(this) || !attempt(handler.sender())) {
                handler.endLate(this, false);
            }
            return;
        }
        handler.add(this);
        if (nanos != Waiting.FOREVER && !isDone()) {
            expireAfter(nanos, false);
        }
    }

    /** False if there is no room yet. */
    boolean attempt(Sender sender) {
        Throwable failure = null;
        synchronized (lock) {
            if (isDecided()) {
                return true;
            }
            try {
                if (!trySend(sender)) {
                    giveUp();
                    return false;
                }
            } catch (RuntimeException | Error e) {
                // An error is a mapped file that was cut.
                failure = e;
            }
            setDecided();
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
            giveUp();
        }
    }

    private void giveUp() {
        try {
            if (content instanceof Message message) {
                message.release();
            } else {
                ((Multipart) content).release();
            }
        } catch (IllegalStateException | WrongThreadException e) {
            // Somebody closed or took it, or a frame, although it was given away: the rest is lost.
            close(content);
        }
    }

    static void close(AutoCloseable content) {
        try {
            content.close();
        } catch (Exception e) {
            // Somebody took it although it was given away: it is theirs.
        }
    }
}
