// SPDX-License-Identifier: Apache-2.0
package io.panamq.loop;

import io.panamq.Message;
import java.util.concurrent.Flow;
import org.reactivestreams.tck.SubscriberWhiteboxVerification.SubscriberPuppet;
import org.reactivestreams.tck.SubscriberWhiteboxVerification.WhiteboxSubscriberProbe;

/** Passes all signals on to the real subscriber, and then reports them to the TCK. */
final class ProbedSubscriber implements Flow.Subscriber<Message> {
    private final SendingSubscriber<Message> target;
    private final WhiteboxSubscriberProbe<Message> probe;
    private boolean subscribed;

    ProbedSubscriber(SendingSubscriber<Message> target, WhiteboxSubscriberProbe<Message> probe) {
        this.target = target;
        this.probe = probe;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        target.onSubscribe(subscription);
        if (!subscribed) {
            subscribed = true;
            probe.registerOnSubscribe(new Puppet());
        }
    }

    @Override
    public void onNext(Message message) {
        target.onNext(message);
        probe.registerOnNext(message);
    }

    @Override
    public void onError(Throwable failure) {
        target.onError(failure);
        probe.registerOnError(failure);
    }

    @Override
    public void onComplete() {
        target.onComplete();
        probe.registerOnComplete();
    }

    private final class Puppet implements SubscriberPuppet {
        /**
         * The subscriber asks by itself: first for a window, later for more as messages are sent.
         */
        @Override
        public void triggerRequest(long elements) {
            if (elements > SendingSubscriber.WINDOW) {
                throw new IllegalArgumentException("asks for fewer than " + elements);
            }
        }

        /** Cancels in the same way as a user. */
        @Override
        public void signalCancel() {
            target.result.cancel(false);
        }
    }
}
