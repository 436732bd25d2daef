// SPDX-License-Identifier: Apache-2.0
package io.panamq.loop;

import io.panamq.ReceivingSocket;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The subscription to what a socket receives: one message for each that was asked for. */
final class MessageSubscription<T> implements Flow.Subscription, PendingReceive, AbandonableTask {
    private final AsyncSocketHandler handler;
    private final Function<ReceivingSocket, @Nullable T> receive;
    private final Consumer<Throwable> listener = this::complete;
    private final AtomicLong demand = new AtomicLong();

    /** Held for a receive, never while code of the user runs: no cancel comes in between. */
    private final Object lock = new Object();

    /** Null when the subscription is over. */
    private volatile Flow.@Nullable Subscriber<? super T> subscriber;

    /** Whether it waits for its turns. On the loop's thread. */
    private boolean waits;

    MessageSubscription(
            AsyncSocketHandler handler,
            Function<ReceivingSocket, @Nullable T> receive,
            Flow.Subscriber<? super T> subscriber) {
        this.handler = handler;
        this.receive = receive;
        this.subscriber = subscriber;
    }

    // ---- on the loop's thread

    /** Starts the subscription. */
    @Override
    public void run() {
        // A socket that was closed just now may not have ended its handler yet.
        if (handler.isEnded() || handler.socket.isClosed()) {
            abandon();
            return;
        }
        handler.addListener(listener);
        tellSubscriber();
    }

    /** Starts the subscription and fails it at once. */
    @Override
    public void abandon() {
        tellSubscriber();
        fail(handler.reasonOfEnd());
    }

    private void tellSubscriber() {
        Flow.Subscriber<? super T> target = subscriber;
        if (target != null) {
            handler.call(each -> each.onSubscribe(this), target);
        }
    }

    private void complete(Throwable why) {
        Flow.Subscriber<? super T> target = takeSubscriber();
        if (target != null) {
            handler.call(Flow.Subscriber::onComplete, target);
        }
    }

    private void fail(Throwable failure) {
        Flow.Subscriber<? super T> target = takeSubscriber();
        if (target != null) {
            handler.runLater(this::leaveHandler);
            handler.call(each -> each.onError(failure), target);
        }
    }

    private void leaveHandler() {
        handler.remove(this);
        handler.removeListener(listener);
    }

    private void awaitTurn() {
        if (!waits && subscriber != null && demand.get() > 0) {
            waits = true;
            handler.add(this);
        }
    }

    @Override
    public Turn take() {
        @Nullable T message;
        Flow.@Nullable Subscriber<? super T> target;
        synchronized (lock) {
            target = subscriber;
            if (target == null) {
                return leave();
            }
            try {
                message = receive.apply((ReceivingSocket) handler.socket);
            } catch (RuntimeException e) {
                waits = false;
                handler.runLater(() -> fail(e));
                return Turn.DONE;
            }
        }
        if (message == null) {
            return Turn.NOTHING;
        }
        long left = demand.updateAndGet(n -> n == Long.MAX_VALUE ? n : n - 1);
        try {
            target.onNext(message);
        } catch (Throwable e) {
            cancel();
            handler.core.report(e);
        }
        return left > 0 || demand.get() > 0 ? Turn.MORE : leave();
    }

    private Turn leave() {
        waits = false;
        return Turn.DONE;
    }

    // ---- from any thread

    @Override
    public void request(long n) {
        if (n <= 0) {
            var failure = new IllegalArgumentException("non-positive subscription request: " + n);
            handler.runLater(() -> fail(failure));
        } else if (demand.getAndUpdate(have -> have + n < 0 ? Long.MAX_VALUE : have + n) == 0) {
            handler.runLater(this::awaitTurn);
        }
    }

    @Override
    public void cancel() {
        if (takeSubscriber() != null) {
            handler.runLater(this::leaveHandler);
        }
    }

    private Flow.@Nullable Subscriber<? super T> takeSubscriber() {
        synchronized (lock) {
            Flow.@Nullable Subscriber<? super T> target = subscriber;
            subscriber = null;
            return target;
        }
    }
}
