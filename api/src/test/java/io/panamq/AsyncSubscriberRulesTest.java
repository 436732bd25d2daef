// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.time.Duration;
import java.util.concurrent.Flow.Subscriber;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowSubscriberBlackboxVerification;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.Test;

/** The TCK's rules for a subscriber: that sends what it gets. Runs on TestNG. */
@Test
@SuppressWarnings("exports") // TestNG wants a public class
public class AsyncSubscriberRulesTest extends FlowSubscriberBlackboxVerification<Message> {
    private Context context;
    private EventLoop loop;

    /** With the patience of slow machines. */
    public AsyncSubscriberRulesTest() {
        super(new TestEnvironment(1000, 60));
    }

    @BeforeMethod
    void open() {
        context = Context.builder().linger(Duration.ZERO).build();
        loop = EventLoop.create(context);
    }

    @AfterMethod
    void close() {
        loop.stopNow();
        loop.awaitStopped(Deadline.LIMIT);
        if (!context.close(Deadline.LIMIT).terminated()) {
            throw new AssertionError("the context did not end");
        }
    }

    @Override
    public Subscriber<Message> createFlowSubscriber() {
        PullSocket pull = context.pull();
        PushSocket push = context.push();
        push.connect(pull.bind(Transport.INPROC.fresh()));
        return AsyncSocket.on(loop, push).subscriber();
    }

    @Override
    public Message createElement(int element) {
        return Message.of(String.valueOf(element));
    }
}
