// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import io.panamq.Message;
import java.util.concurrent.Flow;

/**
 * A publisher of messages that gives what it is asked for, and sometimes more messages, none, the
 * same one twice, closed ones, or an early end.
 */
final class Supply implements Flow.Publisher<Message> {
    private final World world;
    private final long seed;

    Supply(Worker worker) {
        this.world = worker.world;
        this.seed = worker.draw.any();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super Message> subscriber) {
        Draw draw = new Draw();
        draw.seed(seed, 0, 0, 0);
        subscriber.onSubscribe(new Given(subscriber, draw));
        if (draw.oneIn(8)) {
            subscriber.onSubscribe(new Given(subscriber, draw));
        }
    }

    /**
     * A subscription that gives messages on the thread that asks, which is the thread of the loop.
     */
    private final class Given implements Flow.Subscription {
        private final Flow.Subscriber<? super Message> subscriber;
        private final Draw draw;
        private int left = 40;
        private boolean over;

        private Given(Flow.Subscriber<? super Message> subscriber, Draw draw) {
            this.subscriber = subscriber;
            this.draw = draw;
        }

        @Override
        public synchronized void request(long n) {
            long count = draw.oneIn(8) ? n + 2 : n;
            for (long i = 0; i < count && !over; i++) {
                give();
            }
        }

        private void give() {
            if (left-- <= 0 || draw.oneIn(32)) {
                over = true;
                subscriber.onComplete();
            } else if (draw.oneIn(32)) {
                over = true;
                subscriber.onError(new Operation.Planned());
            } else {
                Message message = Message.of(draw.bytes(draw.size()));
                world.allMessages.add(message);
                boolean closed = draw.oneIn(16);
                boolean twice = draw.oneIn(16);
                if (closed) {
                    message.close();
                } else {
                    message.handOver();
                }
                subscriber.onNext(message);
                if (twice) {
                    subscriber.onNext(message);
                }
            }
        }

        @Override
        public void cancel() {
            over = !draw.oneIn(8);
        }
    }
}
