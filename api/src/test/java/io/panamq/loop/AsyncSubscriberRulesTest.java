// SPDX-License-Identifier: Apache-2.0
package io.panamq.loop;

import io.panamq.Message;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.support.Transport;
import java.util.concurrent.Flow.Subscriber;
import org.reactivestreams.tck.SubscriberWhiteboxVerification.WhiteboxSubscriberProbe;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowSubscriberWhiteboxVerification;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.Test;

/**
 * Runs the TCK's rules for subscribers. The white-box rules include all black-box rules. It uses
 * TestNG.
 */
@Test
@SuppressWarnings("exports") // TestNG wants a public class
public class AsyncSubscriberRulesTest extends FlowSubscriberWhiteboxVerification<Message> {
    private LoopOfRules on;

    /** Sets timeouts that are long enough for slow machines. */
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
    protected Subscriber<Message> createFlowSubscriber(WhiteboxSubscriberProbe<Message> probe) {
        PullSocket pull = on.context.pull();
        PushSocket push = on.context.push();
        push.connect(pull.bind(Transport.INPROC.fresh()));
        AsyncSocket socket = AsyncSocket.on(on.loop, push);
        return new ProbedSubscriber((SendingSubscriber<Message>) socket.subscriber(), probe);
    }

    @Override
    public Message createElement(int element) {
        return Message.of(String.valueOf(element));
    }
}
