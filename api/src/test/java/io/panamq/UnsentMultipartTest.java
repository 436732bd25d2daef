// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.error.SocketClosedException;
import io.panamq.error.ZmqException;
import io.panamq.loop.AsyncSocket;
import io.panamq.loop.EventLoop;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.PublicMethods;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests what happens to a multipart message whose send, or whose change, did not succeed. */
class UnsentMultipartTest extends WithContext {
    private static final Set<String> GROWTH =
            Set.of("add", "addAll", "addFirst", "allocate", "wrap");

    /** Checks that no method adds to what is still to be sent, and that nothing is lost by that. */
    private void assertRefusesGrowth(Multipart multipart) {
        List<byte[]> frames = multipart.toByteArrays();
        List<Method> methods =
                PublicMethods.of(Multipart.class)
                        .filter(method -> GROWTH.contains(method.getName()))
                        .toList();
        assertThat(methods).extracting(Method::getName).containsAll(GROWTH);
        for (Method method : methods) {
            Object[] arguments = PublicMethods.arguments(method.getParameterTypes(), context);
            assertThatThrownBy(() -> PublicMethods.call(method, multipart, arguments))
                    .as(method.toString())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("was not sent")
                    .hasMessageContaining("clear()");
            for (Object argument : arguments) {
                if (argument instanceof Message message) {
                    assertThat(message.getString()).as("still the caller's").isEqualTo("message");
                } else if (argument instanceof Multipart other) {
                    assertThat(other.size()).as("still the caller's").isEqualTo(2);
                }
            }
        }
        assertThat(multipart.toByteArrays()).usingRecursiveComparison().isEqualTo(frames);
    }

    @Test
    void shouldRefuseGrowthAfterFalseUntilItIsSent() {
        PushSocket push = context.push();
        PullSocket pull = context.pull();
        try (Multipart multipart = Multipart.of("one", "message")) {
            assertThat(push.trySend(multipart)).isFalse();
            assertRefusesGrowth(multipart);
            assertThat(push.send(multipart, Deadline.GRACE)).isFalse();
            assertRefusesGrowth(multipart);
            push.set(SocketOption.SNDTIMEO, Duration.ofMillis(1));
            assertThat(push.send(multipart)).isFalse();
            assertRefusesGrowth(multipart);

            push.connect(pull.bind(Transport.INPROC.fresh()));
            assertThat(push.trySend(multipart)).isTrue();
            assertThat(push.send(multipart.add("two"))).isTrue();
        }
        try (Multipart one = Deadline.multipart(pull);
                Multipart two = Deadline.multipart(pull)) {
            assertThat(one).extracting(Message::getString).containsExactly("one", "message");
            assertThat(two).extracting(Message::getString).containsExactly("two");
        }
    }

    @Test
    void shouldRefuseGrowthAfterAnExceptionUntilItIsCleared() {
        RouterSocket router = context.router();
        router.set(SocketOption.ROUTER_MANDATORY, true);
        PushSocket closed = context.push();
        closed.close();
        for (SendingSocket socket : List.of(router, closed)) {
            try (Multipart multipart = Multipart.of("nobody", "message")) {
                assertThatThrownBy(() -> socket.send(multipart)).isInstanceOf(ZmqException.class);
                assertRefusesGrowth(multipart);
                multipart.clear();
                assertThat(multipart.add("two").size()).isEqualTo(1);
            }
        }
    }

    @Test
    void shouldGrowAgainAfterAReceive() {
        PairSocket[] pair = connectedPair(Transport.INPROC);
        PushSocket full = context.push();
        pair[1].send("received");
        try (Multipart multipart = Multipart.of("one", "message")) {
            for (boolean received : new boolean[] {true, false}) {
                assertThat(full.trySend(multipart)).isFalse();
                assertThat(pair[0].bulkReceiver().tryReceive(multipart)).isEqualTo(received);
                multipart.add("more");
                assertThat(multipart.size()).isEqualTo(received ? 2 : 1);
            }
        }
    }

    @Test
    void shouldGrowAgainOnceNoFrameIsLeft() {
        PushSocket full = context.push();
        try (Multipart multipart = Multipart.of("one", "message")) {
            assertThat(full.trySend(multipart)).isFalse();
            multipart.removeFirst().close();
            assertRefusesGrowth(multipart);
            multipart.removeFirst().close();

            assertThat(multipart.add("a").add("b").size()).isEqualTo(2);
            try (Multipart other = Multipart.create()) {
                assertThat(full.trySend(multipart)).isFalse();
                other.addAll(multipart);
                assertThat(multipart.add("c").add("d").size()).as("moved away").isEqualTo(2);
                assertThat(other.add("e").size()).as("never tried").isEqualTo(3);
            }
        }
    }

    @Test
    void shouldStayUnsentWhenItIsHandedOver() {
        PushSocket full = context.push();
        Multipart multipart = Multipart.of("one", "message");
        assertThat(full.trySend(multipart)).isFalse();
        multipart.handOver();

        Background.run(
                        () -> {
                            assertRefusesGrowth(multipart);
                            multipart.handOver();
                        })
                .result();
        assertThat(full.trySend(multipart)).as("free before this send").isFalse();
        assertRefusesGrowth(multipart);
        multipart.close();
    }

    @Test
    void shouldRefuseGrowthWhenAnEventLoopCouldNotSendIt() throws Exception {
        try (EventLoop loop = EventLoop.create(context);
                Multipart multipart = Multipart.of("one", "message");
                Multipart second = Multipart.of("waits", "behind it")) {
            AsyncSocket async = AsyncSocket.on(loop, context.push());
            var first = async.send(multipart, Deadline.GRACE);
            var next = async.send(second, Duration.ZERO);

            assertThat(first.get(Deadline.LIMIT.toSeconds(), TimeUnit.SECONDS)).isFalse();
            assertThat(next.get(Deadline.LIMIT.toSeconds(), TimeUnit.SECONDS)).isFalse();
            assertRefusesGrowth(multipart);
            assertRefusesGrowth(second);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5})
    void shouldRefuseGrowthWhenASenderHadNoTurn(int millis) {
        PushSocket push = context.push();
        ConcurrentSender sender = push.concurrentSender();
        Background<Boolean> waiting = Background.blocked(() -> sender.send("waits for room"));
        try (Multipart multipart = Multipart.of("one")) {
            assertThat(sender.send(multipart, Duration.ofMillis(millis))).isFalse();

            assertThatThrownBy(() -> multipart.add("two"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("was not sent");
            assertThat(multipart.size()).isEqualTo(1);
            multipart.clear();
            assertThat(multipart.add("two").getString(0)).isEqualTo("two");
        } finally {
            push.close();
        }
        assertThat(waiting.failure()).isInstanceOf(SocketClosedException.class);
    }

    @Test
    void shouldKeepTheRoutingIdThatItCannotUnwrap() {
        try (Multipart multipart = Multipart.of("id", "")) {
            multipart.get(1).close();

            assertThatThrownBy(multipart::unwrap).isInstanceOf(IllegalStateException.class);

            assertThat(multipart.size()).isEqualTo(2);
            assertThat(multipart.getString(0)).isEqualTo("id");
        }
    }
}
