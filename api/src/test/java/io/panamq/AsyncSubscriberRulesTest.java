// SPDX-License-Identifier: Apache-2.0
package io.panamq;

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
    private LoopOfRules on;

    /** With the patience of slow machines. */
    public AsyncSubscriberRulesTest() {
        super(new TestEnvironment(1000, 60));
    }

    @BeforeMethod
    void open() {
        on = new LoopOfRules();
    }

    @AfterMethod
    void close() {
        on.close();
    }

    @Override
    public Subscriber<Message> createFlowSubscriber() {
        PullSocket pull = on.context.pull();
        PushSocket push = on.context.push();
        push.connect(pull.bind(Transport.INPROC.fresh()));
        return AsyncSocket.on(on.loop, push).subscriber();
    }

    @Override
    public Message createElement(int element) {
        return Message.of(String.valueOf(element));
    }
}
