// SPDX-License-Identifier: Apache-2.0
package io.panamq.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.Context;
import io.panamq.Message;
import io.panamq.Multipart;
import io.panamq.PairSocket;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.SocketOption;
import io.panamq.support.Background;
import io.panamq.support.PublicMethods;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Tests sockets and messages that move between threads, with only handOver() in between. */
class HandOverTest extends WithContext {
    private static final int MESSAGES = 2000;

    /** A pair of sockets. The thread that owns them also owns the plain counters. */
    private static final class Lane {
        final PushSocket push;
        final PullSocket pull;
        long sent;
        long received;
        volatile boolean done;

        Lane(Context context, Transport transport) {
            push = context.push();
            pull = context.pull();
            push.connect(pull.bind(transport.fresh()));
            push.handOver();
            pull.handOver();
        }

        /** Returns false if another thread owns the socket. */
        boolean sendOne(Message message) {
            try {
                push.get(SocketOption.SNDHWM);
            } catch (WrongThreadException e) {
                return false;
            }
            if (sent < MESSAGES) {
                message.prepare(50).setLong(0, sent);
                message.setLong(42, ~sent);
                if (push.trySend(message)) {
                    sent++;
                }
            }
            push.handOver();
            return true;
        }

        boolean receiveOne(Message message) {
            try {
                pull.get(SocketOption.RCVHWM);
            } catch (WrongThreadException e) {
                return false;
            }
            if (pull.tryReceive(message)) {
                assertThat(message.getLong(0)).isEqualTo(received);
                assertThat(message.getLong(42)).isEqualTo(~received);
                received++;
                done = received == MESSAGES;
            }
            pull.handOver();
            return true;
        }
    }

    @Test
    void shouldKeepOrderAndContentWhoeverHasTheSockets() {
        List<Lane> lanes = new ArrayList<>();
        for (Transport transport : Transport.values()) {
            lanes.add(new Lane(context, transport));
            lanes.add(new Lane(context, transport));
        }
        AtomicInteger refused = new AtomicInteger();
        List<Background<Boolean>> workers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            var random = new Random(i);
            workers.add(
                    i % 2 == 0
                            ? Background.start(() -> work(lanes, random, refused))
                            : Background.virtual(() -> work(lanes, random, refused)));
        }

        assertThat(workers.stream().map(Background::result)).containsOnly(true);
        assertThat(refused).as("threads met at a socket").hasPositiveValue();
        assertThat(lanes).allSatisfy(lane -> assertThat(lane.received).isEqualTo(MESSAGES));
    }

    private static boolean work(List<Lane> lanes, Random random, AtomicInteger refused) {
        try (Message message = Message.create()) {
            while (!lanes.stream().allMatch(lane -> lane.done)) {
                Lane lane = lanes.get(random.nextInt(lanes.size()));
                if (!(random.nextBoolean() ? lane.sendOne(message) : lane.receiveOne(message))) {
                    refused.incrementAndGet();
                }
            }
            return true;
        }
    }

    @Test
    void shouldLetExactlyOneThreadTakeASocketEachTime() {
        PairSocket pair = context.pair();
        int racers = 4;
        int rounds = 2000;
        int[] turns = new int[1];
        AtomicInteger wins = new AtomicInteger();
        var barrier = new CyclicBarrier(racers);
        List<Background<Boolean>> threads = new ArrayList<>();
        for (int i = 0; i < racers; i++) {
            Supplier<Boolean> race =
                    () -> {
                        for (int round = 0; round < rounds; round++) {
                            await(barrier);
                            boolean won = tryOwn(pair);
                            if (won) {
                                turns[0]++;
                                wins.incrementAndGet();
                            }
                            await(barrier);
                            if (won) {
                                pair.handOver();
                            }
                        }
                        return true;
                    };
            threads.add(i == 0 ? Background.virtual(race::get) : Background.start(race::get));
        }

        assertThat(threads.stream().map(Background::result)).containsOnly(true);
        assertThat(wins).hasValue(rounds);
        assertThat(turns[0]).isEqualTo(rounds);
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldPassMessagesAlong() {
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            messages.add(Message.of("0"));
        }
        for (int turn = 1; turn <= 6; turn++) {
            messages.forEach(Message::handOver);
            String before = String.valueOf(turn - 1);
            String text = String.valueOf(turn);
            Supplier<Boolean> work =
                    () -> {
                        for (Message message : messages) {
                            assertThat(message.getString()).isEqualTo(before);
                            message.prepare(1).setByte(0, (byte) text.charAt(0));
                            message.handOver();
                        }
                        return true;
                    };
            var next = turn % 2 == 0 ? Background.virtual(work::get) : Background.start(work::get);
            assertThat(next.result()).isTrue();
            assertThat(messages.get(499).getString()).isEqualTo(text);
        }
        messages.forEach(Message::close);
    }

    @Test
    void shouldRefuseEveryMethodOfAForeignMessage() {
        try (Message message = Message.of("eight or more bytes")) {
            List<String> called = new ArrayList<>();
            PublicMethods.of(Message.class)
                    .filter(method -> !Modifier.isStatic(method.getModifiers()))
                    .filter(method -> !Set.of("isClosed", "toString").contains(method.getName()))
                    .forEach(method -> called.add(assertRefused(method, message)));

            assertThat(called).hasSizeGreaterThan(15);
            assertThat(message.getString()).isEqualTo("eight or more bytes");
        }
    }

    @Test
    void shouldRefuseEveryMethodOfAForeignMultipart() {
        try (Multipart multipart = Multipart.of("12345678", "b")) {
            List<String> called = new ArrayList<>();
            PublicMethods.of(Multipart.class)
                    .filter(method -> !Modifier.isStatic(method.getModifiers()))
                    .filter(method -> !method.getName().equals("toString"))
                    .forEach(method -> called.add(assertRefused(method, multipart)));

            assertThat(called)
                    .contains("add", "allocate", "clear", "close", "get", "getString", "iterator")
                    .contains("handOver", "removeFirst", "size");
            assertThat(multipart.size()).isEqualTo(2);
            assertThat(multipart.getString(0)).isEqualTo("12345678");
        }
    }

    private static String assertRefused(Method method, Object target) {
        Object[] arguments = PublicMethods.arguments(method.getParameterTypes());
        Background.run(
                        () ->
                                assertThatThrownBy(
                                                () -> PublicMethods.call(method, target, arguments))
                                        .as(method.toString())
                                        .isInstanceOf(WrongThreadException.class))
                .result();
        return method.getName();
    }
}
