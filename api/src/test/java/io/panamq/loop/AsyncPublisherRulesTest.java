// SPDX-License-Identifier: Apache-2.0
package io.panamq.loop;

import io.panamq.Message;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.SocketOption;
import io.panamq.support.Transport;
import java.util.concurrent.Flow;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.Test;

/** Runs the TCK's rules for publishers on the frames that a socket receives. It uses TestNG. */
@Test
@SuppressWarnings("exports") // TestNG wants a public class
public class AsyncPublisherRulesTest extends FlowPublisherVerification<Message> {
    private LoopOfRules on;

    /** Sets timeouts that are long enough for slow machines. */
    public AsyncPublisherRulesTest() {
        super(new TestEnvironment(1000, 60), 1000);
    }

    @BeforeMethod
    void open() {
        on = new LoopOfRules();
    }

    @AfterMethod
    void close() {
        on.close();
    }

    /** Closes the socket after its last message, because a socket alone never completes. */
    @Override
    public Publisher<Message> createFlowPublisher(long elements) {
        PullSocket pull = on.context.pull();
        PushSocket push = on.context.push();
        pull.set(SocketOption.RCVHWM, 0);
        push.set(SocketOption.SNDHWM, 0);
        push.connect(pull.bind(Transport.INPROC.fresh()));
        long most = Math.min(elements, 100_000);
        for (long i = 0; i < most; i++) {
            push.send(String.valueOf(i));
        }
        AsyncSocket async = AsyncSocket.on(on.loop, pull);
        Publisher<Message> publisher = async.publisher();
        return subscriber ->
                publisher.subscribe(
                        subscriber == null ? null : new Closing(subscriber, async, most));
    }

    @Override
    public Publisher<Message> createFailedFlowPublisher() {
        AsyncSocket async = AsyncSocket.on(on.loop, on.context.pull());
        async.close();
        return async.publisher();
    }

    /** Rule 3.17 asks for so many and takes eleven. An endless publisher would never complete. */
    @Override
    public long maxElementsFromPublisher() {
        return Integer.MAX_VALUE;
    }

    /** Passes all messages on, and closes the socket after the last one. */
    private static final class Closing implements Subscriber<Message> {
        private final AsyncSocket source;
        private Subscriber<? super Message> target;
        private long left;

        Closing(Subscriber<? super Message> target, AsyncSocket source, long left) {
            this.target = target;
            this.source = source;
            this.left = left;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            target.onSubscribe(
                    new Flow.Subscription() {
                        @Override
                        public void request(long n) {
                            subscription.request(n);
                        }

                        @Override
                        public void cancel() {
                            target = null;
                            subscription.cancel();
                        }
                    });
            closeAtTheEnd();
        }

        @Override
        public void onNext(Message message) {
            left--;
            Subscriber<? super Message> to = target;
            if (to != null) {
                to.onNext(message);
            }
            closeAtTheEnd();
        }

        private void closeAtTheEnd() {
            if (left == 0) {
                source.close();
            }
        }

        @Override
        public void onError(Throwable failure) {
            target.onError(failure);
        }

        @Override
        public void onComplete() {
            target.onComplete();
        }
    }
}
