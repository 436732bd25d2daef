// SPDX-License-Identifier: Apache-2.0
package io.panamq.loop;

import io.panamq.internal.socket.Timeout;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sends what it gets. At most {@link #WINDOW} messages are asked for and not yet sent. */
final class SendingSubscriber<T extends AutoCloseable> implements Flow.Subscriber<T> {
    static final int WINDOW = 16;

    private final AsyncSocketHandler handler;

    /** Done when all were sent; fails with the reason why not. */
    final CompletableFuture<Void> result = new CompletableFuture<>();

    private final Consumer<Throwable> listener = this::fail;

    /** Null before the first subscription, and when that is over. Guarded by this. */
    private Flow.@Nullable Subscription subscription;

    /** Guarded by this, as are all fields below. */
    private boolean over;

    private boolean completed;
    private int pending;
    private int sent;

    SendingSubscriber(AsyncSocketHandler handler) {
        this.handler = handler;
        // It also fails when the user cancels it.
        CompletableFuture<Void> ignored =
                result.whenComplete(
                        (done, failure) -> {
                            if (failure != null) {
                                stop();
                            }
                        });
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        Objects.requireNonNull(given, "subscription");
        boolean welcome;
        synchronized (this) {
            welcome = subscription == null && !over && !completed;
            if (welcome) {
                subscription = given;
            }
        }
        if (!welcome) {
            given.cancel();
            return;
        }
        handler.submit(new Start());
        request(given, WINDOW);
    }

    /** Asks for more. If the publisher breaks its rules and throws, the subscription is over. */
    private void request(Flow.Subscription source, long more) {
        try {
            source.request(more);
        } catch (Throwable e) {
            fail(e);
            handler.runLater(() -> handler.core.report(e));
        }
    }

    /** Makes the subscriber learn of the end of the socket. */
    private final class Start implements AbandonableTask {
        @Override
        public void run() {
            if (handler.isEnded()) {
                abandon();
            } else if (!isOver()) {
                handler.addListener(listener);
            }
        }

        @Override
        public void abandon() {
            fail(handler.reasonOfEnd());
        }
    }

    private synchronized boolean isOver() {
        return over;
    }

    @Override
    public void onNext(T message) {
        Objects.requireNonNull(message, "message");
        synchronized (this) {
            pending++;
        }
        try {
            SendFuture.giveUp(message);
        } catch (RuntimeException e) {
            fail(e); // the message is not ours
            return;
        }
        if (isOver()) {
            SendFuture.close(message);
            return;
        }
        var send = new SendFuture(handler, message, true, Timeout.FOREVER);
        boolean ignored = handler.admit(Integer.MAX_VALUE);
        CompletableFuture<Void> unused = send.handle(this::onSent);
        handler.submit(send);
    }

    private Void onSent(Boolean done, Throwable failure) {
        if (failure != null) {
            fail(failure);
            return null;
        }
        long more = 0;
        boolean last;
        Flow.@Nullable Subscription source;
        synchronized (this) {
            pending--;
            sent++;
            if (sent == WINDOW / 2) {
                more = sent;
                sent = 0;
            }
            source = completed ? null : subscription;
            last = completed && pending == 0;
        }
        if (last) {
            finish();
        } else if (more > 0 && source != null) {
            request(source, more);
        }
        return null;
    }

    @Override
    public void onComplete() {
        boolean last;
        synchronized (this) {
            completed = true;
            last = pending == 0;
        }
        if (last) {
            finish();
        }
    }

    @Override
    public void onError(Throwable failure) {
        Objects.requireNonNull(failure, "failure");
        synchronized (this) {
            completed = true; // the subscription must not be cancelled any more
        }
        fail(failure);
    }

    private void finish() {
        synchronized (this) {
            over = true;
            subscription = null;
        }
        handler.runLater(() -> handler.removeListener(listener));
        result.complete(null);
    }

    private void fail(Throwable failure) {
        result.completeExceptionally(failure);
    }

    private void stop() {
        Flow.@Nullable Subscription source;
        synchronized (this) {
            over = true;
            source = completed ? null : subscription;
            subscription = null;
        }
        try {
            if (source != null) {
                source.cancel();
            }
        } finally {
            handler.runLater(() -> handler.removeListener(listener));
        }
    }
}
