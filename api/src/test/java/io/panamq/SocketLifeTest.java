// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.panamq.error.ContextTerminatedException;
import io.panamq.error.SocketClosedException;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.PublicMethods;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the owner and the end of a socket, for each public method of each type. */
class SocketLifeTest extends WithContext {
    static Stream<Function<Context, Socket>> sockets() {
        return PublicMethods.SOCKETS.stream();
    }

    @Test
    void shouldKnowEveryTypeOfSocket() {
        Set<Class<?>> types = new HashSet<>();
        types.addAll(List.of(SendingSocket.class.getPermittedSubclasses()));
        types.addAll(List.of(ReceivingSocket.class.getPermittedSubclasses()));

        if (!Zmq.has(Capability.DRAFT)) {
            types.removeAll(
                    List.of(
                            ChannelSocket.class,
                            ClientSocket.class,
                            DatagramSocket.class,
                            DishSocket.class,
                            GatherSocket.class,
                            PeerSocket.class,
                            RadioSocket.class,
                            ScatterSocket.class,
                            ServerSocket.class));
        }
        assertThat(sockets().map(make -> (Object) make.apply(context).getClass()).toList())
                .containsExactlyInAnyOrderElementsOf(types);
    }

    @ParameterizedTest
    @MethodSource("sockets")
    void shouldTellItsTypeAndContext(Function<Context, Socket> make) {
        Socket socket = make.apply(context);

        String name = socket.type() == SocketType.DGRAM ? "Datagram" : socket.type().name();
        assertThat(name + "Socket")
                .isEqualToIgnoringCase(socket.getClass().getSimpleName());
        assertThat(socket.context()).isSameAs(context);
        assertThat(socket).hasToString(socket.type() + "#1");
        assertThat(socket.isClosed()).isFalse();
        socket.close();
        assertThat(socket).hasToString(socket.type() + "#1 (closed)");
    }

    @ParameterizedTest
    @MethodSource("sockets")
    void shouldRefuseEveryMethodAfterClose(Function<Context, Socket> make) {
        Socket socket = make.apply(context);
        socket.close();
        socket.close();

        assertThat(socket.isClosed()).isTrue();
        assertRefused(socket, SocketClosedException.class, "is closed");
    }

    @ParameterizedTest
    @MethodSource("sockets")
    void shouldRefuseEveryMethodAfterTheContextIsClosed(Function<Context, Socket> make) {
        Socket socket = make.apply(context);
        context.close();

        assertThat(socket.isClosed()).isTrue();
        assertRefused(socket, ContextTerminatedException.class, "the context is closed");
    }

    static Stream<Function<Context, Socket>> ownedSockets() {
        try (Context context = Context.create()) {
            return sockets()
                    .filter(make -> !PublicMethods.isThreadSafe(make.apply(context)))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("ownedSockets")
    void shouldRefuseEveryMethodOnAForeignThread(Function<Context, Socket> make) {
        Socket socket = make.apply(context);
        socket.get(SocketOption.LINGER);
        String owner = Thread.currentThread().toString();

        Background.run(
                        () ->
                                assertRefused(
                                        socket,
                                        WrongThreadException.class,
                                        "belongs to " + owner,
                                        "background",
                                        "handOver()"))
                .result();
        assertThat(socket.get(SocketOption.LINGER)).isNotNull();
    }

    private static void assertRefused(
            Socket socket, Class<? extends Throwable> type, CharSequence... text) {
        int refused = 0;
        for (Object part : PublicMethods.withViews(socket)) {
            for (Method method : PublicMethods.guarded(part.getClass()).toList()) {
                Object[] arguments = PublicMethods.arguments(method.getParameterTypes());
                assertThatThrownBy(() -> PublicMethods.call(method, part, arguments))
                        .as(method.toString())
                        .isInstanceOf(type)
                        .hasMessageContaining(socket.type() + "#")
                        .hasMessageContainingAll(text);
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(35);
    }

    @Test
    void shouldNotTakeAMessageThatItRefuses() {
        PushSocket push = context.push();
        push.close();
        try (Message message = Message.of("mine")) {
            assertThatThrownBy(() -> push.send(message)).isInstanceOf(SocketClosedException.class);
            assertThat(message.getString()).isEqualTo("mine");
        }
    }

    @Test
    void shouldBelongToTheFirstThreadThatUsesIt() {
        PairSocket pair = context.pair();
        Background.run(() -> pair.get(SocketOption.LINGER)).result();

        assertThatThrownBy(pair::tryReceive).isInstanceOf(WrongThreadException.class);
    }

    @Test
    void shouldBelongToTheNextThreadAfterHandOver() {
        PairSocket pair = context.pair();
        PairSocket peer = context.pair();
        pair.connect(peer.bind(Transport.INPROC.fresh()));
        for (int i = 0; i < 20; i++) {
            pair.handOver();
            String text = "round " + i;
            Background.run(
                            () -> {
                                pair.send(text);
                                pair.handOver();
                            })
                    .result();
            assertThat(Deadline.text(peer)).isEqualTo(text);
            assertThat(pair.tryReceive()).isEmpty();
        }
    }

    @Test
    void shouldBeHandedBetweenThreadsUnderLoad() throws Exception {
        PushSocket push = context.push();
        PullSocket pull = context.pull();
        push.connect(pull.bind(Transport.INPROC.fresh()));
        push.handOver();
        int rounds = 3000;
        var sender =
                Background.run(
                        () -> {
                            try (var pool = Executors.newFixedThreadPool(4)) {
                                for (int i = 0; i < rounds; i++) {
                                    String text = "message " + i;
                                    pool.submit(
                                                    () -> {
                                                        push.send(text);
                                                        push.handOver();
                                                    })
                                            .get();
                                }
                            } catch (Exception e) {
                                fail("hand-over failed", e);
                            }
                        });
        for (int i = 0; i < rounds; i++) {
            assertThat(Deadline.text(pull)).isEqualTo("message " + i);
        }
        sender.result();
    }

    @Test
    void shouldLetExactlyOneOfManyThreadsTakeAReleasedSocket() {
        for (int round = 0; round < 50; round++) {
            PairSocket pair = context.pair();
            List<Background<Boolean>> racers =
                    Stream.generate(() -> Background.start(() -> tryOwn(pair))).limit(4).toList();

            assertThat(racers.stream().filter(Background::result)).hasSize(1);
            pair.close();
        }
    }

    @Test
    void shouldCloseFromManyThreadsAtOnce() {
        for (int round = 0; round < 50; round++) {
            PairSocket pair = context.pair();
            pair.tryReceive();
            var closers = Stream.generate(() -> Background.run(pair::close)).limit(3).toList();
            pair.close();
            closers.forEach(Background::result);
            assertThat(pair.isClosed()).isTrue();
        }
    }
}
