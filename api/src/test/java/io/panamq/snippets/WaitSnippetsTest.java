// SPDX-License-Identifier: Apache-2.0
package io.panamq.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.SubSocket;
import io.panamq.XPubSocket;
import io.panamq.loop.EventLoop;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Runs the examples of pollers, waits that end, senders of many threads, and the event loop. */
class WaitSnippetsTest extends WithContext {
    private final String endpoint = Transport.INPROC.fresh();

    @Test
    void shouldWorkOnWhatIsReady() {
        WaitSnippets snippets = new WaitSnippets();
        PushSocket push = context.push();
        PullSocket pull = context.pull();
        push.connect(pull.bind(Transport.INPROC.fresh()));
        XPubSocket pub = context.xpub();
        SubSocket sub = context.sub();
        sub.connect(pub.bind(endpoint));
        sub.subscribeAll();
        assertThat(pub.awaitSubscriptions(1, Deadline.LIMIT)).isTrue();
        push.send("task");
        pub.send("news");

        snippets.poll(context, pull, sub);

        assertThat(snippets.works).containsExactlyInAnyOrder("task", "news");
    }

    @Test
    void shouldWaitForAConnection() {
        PullSocket pull = context.pull();
        String bound = pull.bind(Transport.TCP.fresh());

        assertThat(SnippetsTest.outputOf(() -> WaitSnippets.connect(context.push(), bound)))
                .containsExactly("connected");
    }

    @Test
    void shouldEndWhenTheContextEnds() {
        WaitSnippets snippets = new WaitSnippets();
        PushSocket push = context.push();
        push.bind(endpoint);
        Background<Boolean> ended = waiting(snippets);
        push.send("task");
        Deadline.until("the task is done", () -> snippets.works.contains("task"));

        context.shutdown();

        assertThat(ended.result()).as("the interrupt flag").isFalse();
    }

    @Test
    void shouldEndWhenTheThreadIsInterrupted() {
        Background<Boolean> ended = waiting(new WaitSnippets());
        ended.awaitBlocked();

        ended.thread().interrupt();

        assertThat(ended.result()).as("the interrupt flag").isTrue();
    }

    private Background<Boolean> waiting(WaitSnippets snippets) {
        return Background.start(
                () -> {
                    snippets.end(context, endpoint);
                    return Thread.currentThread().isInterrupted();
                });
    }

    @Test
    void shouldSendFromManyThreads() {
        PullSocket pull = context.pull();
        pull.bind(endpoint);

        WaitSnippets.sendConcurrently(context, endpoint);

        assertThat(Stream.generate(() -> Deadline.text(pull)).limit(8))
                .containsOnly("from any thread");
    }

    @Test
    void shouldAnswerOnALoop() {
        LoopSnippets snippets = new LoopSnippets();
        Background<Void> loop = Background.run(() -> snippets.loop(context, endpoint));

        assertThat(PatternSnippets.req(context.req(), endpoint)).contains("hello hello");
        Deadline.until("the timer has run", () -> snippets.ticks.get() > 0);

        context.shutdown();
        loop.result();
    }

    @Test
    void shouldAnswerWithFutures() {
        try (EventLoop loop = EventLoop.create(context)) {
            String[] output =
                    SnippetsTest.outputOf(
                            () -> {
                                var served = LoopSnippets.async(context, loop, endpoint);
                                assertThat(PatternSnippets.req(context.req(), endpoint))
                                        .contains("hello hello");
                                served.orTimeout(20, TimeUnit.SECONDS).join();
                            });
            assertThat(output).containsExactly("served");
        }
    }
}
