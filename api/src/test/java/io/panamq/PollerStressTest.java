// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.internal.poll.PollMethod;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithPoller;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests that a poller finds every message, whatever its owner does with the sockets between polls.
 * Only a few messages are on their way at a time, so that one which is not found stops all.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("io.panamq.support.WithPoller#methods")
@Timeout(120)
class PollerStressTest extends WithPoller {
    private static final int SOCKETS = 120;
    private static final int MESSAGES = 30_000;
    private static final int WINDOW = 12;

    private final Random random = new Random(9);
    private final Semaphore window = new Semaphore(WINDOW);
    private final List<PollItem> items = new ArrayList<>();
    private final List<PollItem> paused = new ArrayList<>();
    private final List<PushSocket> pushers = new ArrayList<>();

    /** What each socket gets next. */
    private final int[] expected = new int[SOCKETS];

    private int received;

    PollerStressTest(PollMethod method) {
        super(method);
    }

    @Test
    void shouldFindEveryMessage() {
        Transport[] transports = {Transport.INPROC, Transport.TCP, Transport.IPC};
        for (int i = 0; i < SOCKETS; i++) {
            PullSocket pull = context.pull();
            PushSocket push = context.push();
            push.connect(pull.bind(transports[i % transports.length].fresh()));
            push.handOver();
            pushers.add(push);
            items.add(poller.add(pull, PollEvent.IN).attach(i));
        }
        var feeding = Background.start(this::feed);

        while (received < MESSAGES) {
            if (poller.tryPoll() == 0) {
                paused.forEach(PollItem::resume);
                paused.clear();
                assertThat(poller.poll(Deadline.LIMIT))
                        .as("ready, after %d messages", received)
                        .isPositive();
            }
            for (PollItem item : List.copyOf(poller.ready())) {
                handle(item);
            }
            meddle();
        }
        assertThat(feeding.result()).isEqualTo(received);
        assertThat(poller.tryPoll()).isZero();
    }

    /** Returns how many messages it has sent. */
    private int feed() throws InterruptedException {
        var choice = new Random(5);
        int[] sent = new int[SOCKETS];
        for (int i = 0; i < MESSAGES; i++) {
            assertThat(window.tryAcquire(Deadline.LIMIT.toMillis(), TimeUnit.MILLISECONDS))
                    .as("the messages before are received")
                    .isTrue();
            int to = choice.nextInt(SOCKETS);
            pushers.get(to).send(Integer.toString(sent[to]));
            sent[to]++;
        }
        return MESSAGES;
    }

    /** Receives what is there, a part of it, or nothing; or pauses the item. */
    private void handle(PollItem item) {
        switch (random.nextInt(5)) {
            case 0 -> {
                // The next poll must find it again.
            }
            case 1 -> {
                item.pause();
                paused.add(item);
            }
            case 2 -> receiveOne(item);
            case 3 ->
                    pull(item)
                            .bulkReceiver()
                            .tryReceiveBatch(message -> take(item, message.getString()), 2);
            default -> {
                while (receiveOne(item)) {
                    // It takes all.
                }
            }
        }
    }

    private static PullSocket pull(PollItem item) {
        return (PullSocket) item.socket();
    }

    private boolean receiveOne(PollItem item) {
        try (Message message = pull(item).tryReceive().orElse(null)) {
            if (message != null) {
                take(item, message.getString());
            }
            return message != null;
        }
    }

    private void take(PollItem item, String text) {
        int index = (Integer) item.attachment();
        assertThat(text).as("the next one of socket %d", index).isEqualTo("" + expected[index]);
        expected[index]++;
        received++;
        window.release();
    }

    /** Does something with any socket, as a program does between two polls. */
    private void meddle() {
        int index = random.nextInt(SOCKETS);
        PollItem item = items.get(index);
        PullSocket pull = pull(item);
        switch (random.nextInt(8)) {
            case 0 -> receiveOne(item);
            case 1 -> pull.handOver();
            case 2 -> assertThat(pull.get(SocketOption.RCVHWM)).isPositive();
            case 3 -> takeNews(pull);
            case 4 -> {
                item.remove();
                paused.remove(item);
                items.set(index, poller.add(pull, PollEvent.IN).attach(index));
            }
            case 5 -> poller.wakeup();
            case 6 -> {
                poller.handOver();
                if (random.nextInt(10) == 0) {
                    pull.handOver();
                    Background.run(() -> useElsewhere(pull)).result();
                }
            }
            default -> {
                // It polls again at once.
            }
        }
    }

    private static void useElsewhere(PullSocket pull) {
        takeNews(pull);
        pull.handOver();
    }

    /** Lets libzmq process what the socket was told, and receives nothing. */
    private static void takeNews(PullSocket pull) {
        pull.unbind(pull.bind(Transport.INPROC.fresh()));
    }
}
