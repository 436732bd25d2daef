// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/** Sends what it gets, and asks for no more than a few at a time beyond what libzmq has taken. */
final class SendingSubscriber<T extends AutoCloseable> implements Flow.Subscriber<T> {
    static final int WINDOW = 16;

    private final AsyncSocketHandler handler;

    /** All were sent, or why not. */
    final CompletableFuture<Void> result = new CompletableFuture<>();

    private final Consumer<Throwable> end = this::fail;

    /** Null before the first one, and when it is over. Guarded by this. */
    private Flow.Subscription subscription;

    /** Guarded by this, as all that follows. */
    private boolean over;

    private boolean completed;
    private int pending;
    private int sent;

    SendingSubscriber(AsyncSocketHandler handler) {
        this.handler = handler;
        // Also when the user cancels it.
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

    /** It must not throw. If it does, there is nothing more to wait for. */
    private void request(Flow.Subscription source, long more) {
        try {
            source.request(more);
        } catch (Throwable e) {
            fail(e);
            handler.later(() -> handler.loop.report(e));
        }
    }

    /** Learns of the socket's end. */
    private final class Start implements AbandonableTask {
        @Override
        public void run() {
            if (handler.isEnded()) {
                abandoned();
            } else if (!isOver()) {
                handler.addOpen(end);
            }
        }

        @Override
        public void abandoned() {
            fail(handler.ending());
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
            AsyncSocket.giveUp(message);
        } catch (RuntimeException e) {
            fail(e); // it is not ours
            return;
        }
        if (isOver()) {
            SendFuture.close(message);
            return;
        }
        var send = new SendFuture(handler, message, true, Waiting.FOREVER);
        boolean ignored = handler.admit(Integer.MAX_VALUE);
        CompletableFuture<Void> unused = send.handle(this::sent);
        handler.submit(send);
    }

    private Void sent(Boolean done, Throwable failure) {
        if (failure != null) {
            fail(failure);
            return null;
        }
        long more = 0;
        boolean last;
        Flow.Subscription source;
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
            completed = true; // it must not be cancelled any more
        }
        fail(failure);
    }

    private void finish() {
        synchronized (this) {
            over = true;
            subscription = null;
        }
        handler.later(() -> handler.removeOpen(end));
        result.complete(null);
    }

    private void fail(Throwable failure) {
        result.completeExceptionally(failure);
    }

    private void stop() {
        Flow.Subscription source;
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
            handler.later(() -> handler.removeOpen(end));
        }
    }
}
