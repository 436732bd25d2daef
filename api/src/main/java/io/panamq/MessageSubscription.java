// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;

/** A subscriber to what a socket receives: gets a message for each that it has asked for. */
final class MessageSubscription<T> implements Flow.Subscription, PendingReceive, AbandonableTask {
    private final AsyncSocketHandler handler;
    private final Function<Receiver, T> receive;
    private final Consumer<Throwable> end = this::end;
    private final AtomicLong demand = new AtomicLong();

    /** Never held while code of the user runs: a cancel is before a receive, or after it. */
    private final Object lock = new Object();

    /** Null when it is over. */
    private volatile Flow.Subscriber<? super T> subscriber;

    /** Waits for its turns. On the loop's thread. */
    private boolean waits;

    MessageSubscription(
            AsyncSocketHandler handler,
            Function<Receiver, T> receive,
            Flow.Subscriber<? super T> subscriber) {
        this.handler = handler;
        this.receive = receive;
        this.subscriber = subscriber;
    }

    // ---- on the loop's thread

    /** Starts. */
    @Override
    public void run() {
        if (handler.isEnded()) {
            abandoned();
            return;
        }
        handler.addOpen(end);
        handler.call(target -> target.onSubscribe(this), subscriber);
    }

    /** It begins with its end. */
    @Override
    public void abandoned() {
        handler.call(target -> target.onSubscribe(this), subscriber);
        fail(handler.ending());
    }

    private void end(Throwable why) {
        Flow.Subscriber<? super T> target = takeSubscriber();
        if (target != null) {
            handler.call(Flow.Subscriber::onComplete, target);
        }
    }

    private void fail(Throwable failure) {
        Flow.Subscriber<? super T> target = takeSubscriber();
        if (target != null) {
            handler.later(this::leaveHandler);
            handler.call(each -> each.onError(failure), target);
        }
    }

    private void leaveHandler() {
        handler.forget(this);
        handler.removeOpen(end);
    }

    private void await() {
        if (!waits && subscriber != null && demand.get() > 0) {
            waits = true;
            handler.add(this);
        }
    }

    @Override
    public Turn take(Receiver receiver) {
        T message;
        Flow.Subscriber<? super T> target;
        synchronized (lock) {
            target = subscriber;
            if (target == null) {
                return leave();
            }
            try {
                message = receive.apply(receiver);
            } catch (RuntimeException e) {
                waits = false;
                handler.later(() -> fail(e));
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
            handler.loop.report(e);
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
            handler.later(() -> fail(failure));
        } else if (demand.getAndUpdate(have -> have + n < 0 ? Long.MAX_VALUE : have + n) == 0) {
            handler.later(this::await);
        }
    }

    @Override
    public void cancel() {
        if (takeSubscriber() != null) {
            handler.later(this::leaveHandler);
        }
    }

    private Flow.Subscriber<? super T> takeSubscriber() {
        synchronized (lock) {
            Flow.Subscriber<? super T> target = subscriber;
            subscriber = null;
            return target;
        }
    }
}
