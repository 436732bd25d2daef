// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import java.util.concurrent.Flow;
import java.util.function.Consumer;

/** A subscriber that asks for too little or too much, from any thread, and throws at times. */
final class Demand<T> implements Flow.Subscriber<T> {
    private final Draw draw = new Draw();
    private final Worker worker;
    private final Consumer<T> keep;
    private volatile Flow.Subscription subscription;
    private volatile boolean ended;

    Demand(Worker worker, Consumer<T> keep) {
        this.worker = worker;
        this.keep = keep;
        draw.seed(worker.draw.any(), 0, 0, 0);
        worker.world.allDemands.add(this);
    }

    /**
     * Returns whether it was told of the end, has cancelled, or was never told of the beginning.
     */
    boolean isOver() {
        return ended || subscription == null;
    }

    @Override
    public void onSubscribe(Flow.Subscription offered) {
        subscription = new Cancellable(offered);
        var subscriptions = worker.world.subscriptions;
        subscriptions.set(draw.below(subscriptions.length()), subscription);
        if (draw.coin()) {
            offered.request(Flows.some(draw));
        }
        maybeThrow();
    }

    @Override
    public void onNext(T item) {
        keep.accept(item);
        worker.countSuccess(Flows.RECEIVED);
        if (draw.coin()) {
            subscription.request(Flows.some(draw));
        } else if (draw.oneIn(16)) {
            subscription.cancel();
        }
        maybeThrow();
    }

    @Override
    public void onError(Throwable thrown) {
        ended = true;
        maybeThrow();
    }

    @Override
    public void onComplete() {
        ended = true;
        maybeThrow();
    }

    /** Throws at times, which cancels the subscription. */
    private void maybeThrow() {
        if (draw.oneIn(32)) {
            ended = true;
            throw new Operation.Planned();
        }
    }

    /** A subscription that remembers its cancellation. */
    private final class Cancellable implements Flow.Subscription {
        private final Flow.Subscription real;

        private Cancellable(Flow.Subscription real) {
            this.real = real;
        }

        @Override
        public void request(long n) {
            real.request(n);
        }

        @Override
        public void cancel() {
            ended = true;
            real.cancel();
        }
    }
}
