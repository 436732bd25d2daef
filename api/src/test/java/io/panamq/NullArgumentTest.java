// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.panamq.loop.AsyncSocket;
import io.panamq.loop.EventLoop;
import io.panamq.loop.LoopTimer;
import io.panamq.support.Deadline;
import io.panamq.support.PublicMethods;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that null for any parameter of a public method throws, and never crashes. */
class NullArgumentTest extends WithContext {
    static Stream<Function<Context, Socket>> sockets() {
        return PublicMethods.SOCKETS.stream();
    }

    @ParameterizedTest
    @MethodSource("sockets")
    void shouldBeRefusedByEveryMethodOfASocketWhichStaysUsable(Function<Context, Socket> make) {
        Socket socket = make.apply(context);

        for (Object part : PublicMethods.withViews(socket)) {
            PublicMethods.of(part.getClass()).forEach(method -> refuse(method, part));
        }

        socket.get(SocketOption.LINGER);
        if (socket instanceof PairSocket pair) {
            PairSocket peer = context.pair();
            pair.connect(peer.bind(Transport.INPROC.fresh()));
            pair.send("usable");
            assertThat(Deadline.text(peer)).isEqualTo("usable");
        }
    }

    @Test
    void shouldBeRefusedByEveryMethodOfTheOtherTypes() {
        PublicMethods.of(Context.class).forEach(method -> refuse(method, context));
        PublicMethods.of(Context.Builder.class)
                .forEach(method -> refuse(method, Context.builder()));
        try (PairSocket socket = context.pair();
                SocketMonitor monitor = socket.monitor();
                Poller poller = context.poller()) {
            PollItem item = poller.add(socket, PollEvent.IN).attach("a");
            PublicMethods.of(SocketMonitor.class).forEach(method -> refuse(method, monitor));
            PublicMethods.of(Poller.class).forEach(method -> refuse(method, poller));
            PublicMethods.of(PollItem.class).forEach(method -> refuse(method, item));
            assertThatNullPointerException()
                    .isThrownBy(() -> item.watch(PollEvent.IN, (PollEvent) null));
            assertThat(poller.size()).isEqualTo(1);
        }
        try (EventLoop loop = EventLoop.create(context)) {
            PublicMethods.of(EventLoop.class).forEach(method -> refuse(method, loop));
            PublicMethods.of(EventLoop.Builder.class)
                    .forEach(method -> refuse(method, EventLoop.builder(context)));
            LoopTimer timer = loop.schedule(Duration.ofDays(1), () -> {});
            AsyncSocket async = AsyncSocket.on(loop, context.pair());
            ConcurrentSender sender = context.push().concurrentSender();
            PublicMethods.of(ConcurrentSender.class).forEach(method -> refuse(method, sender));
            BulkSender bulk = sender.bulkSender();
            PublicMethods.of(BulkSender.class).forEach(method -> refuse(method, bulk));
            PublicMethods.of(AsyncSocket.class).forEach(method -> refuse(method, async));
            PublicMethods.of(LoopTimer.class).forEach(method -> refuse(method, timer));
        }
        try (Message message = Message.allocate(16);
                Multipart multipart = Multipart.of("a", "b")) {
            PublicMethods.of(Message.class).forEach(method -> refuse(method, message));
            PublicMethods.of(Multipart.class).forEach(method -> refuse(method, multipart));
            assertThat(message.size()).isEqualTo(16);
            assertThat(multipart).extracting(Message::getString).containsExactly("a", "b");
        }
        try (MessageArena arena = MessageArena.create()) {
            PublicMethods.of(MessageArena.class).forEach(method -> refuse(method, arena));
        }
        for (Class<?> type :
                List.of(Curve.class, Endpoint.class, MessageTracker.class, Z85.class)) {
            PublicMethods.of(type).forEach(method -> refuse(method, null));
        }
    }

    /** The JVM's own text would name a field of a hidden type. */
    @Test
    void shouldBeNamedWhereMessagesAreExpected() {
        PairSocket pair = context.pair();
        ConcurrentSender sender = context.push().concurrentSender();
        Message message = null;
        Multipart multipart = null;
        assertNamed("message", () -> pair.send(message));
        assertNamed("message", () -> pair.receive(message));
        assertNamed("multipart", () -> pair.send(multipart));
        assertNamed("multipart", () -> sender.trySend(multipart));
        assertNamed("multipart", () -> pair.bulkReceiver().receive(multipart));
        assertNamed("messages", () -> pair.bulkSender().sendBatch(null));
        assertNamed("type", () -> context.socket(null));
        assertNamed("option", () -> context.set((ContextOption.Settable<Boolean>) null, true));
    }

    private static void assertNamed(String name, ThrowingCallable call) {
        assertThatNullPointerException().isThrownBy(call).withMessage(name);
    }

    @Test
    void shouldBeRefusedByRecords() throws Throwable {
        List<Class<?>> records = new ArrayList<>(List.of(CurveKeyPair.class, CloseReport.class));
        Arrays.stream(MonitorEvent.class.getDeclaredClasses())
                .filter(Class::isRecord)
                .forEach(records::add);
        assertThat(records).hasSize(19);
        records.addAll(List.of(Heartbeat.class, KeepAlive.class, Reconnect.class));
        for (Class<?> type : records) {
            Constructor<?> constructor = type.getConstructors()[0];
            Class<?>[] types = constructor.getParameterTypes();
            for (int i = 0; i < types.length; i++) {
                if (!types[i].isPrimitive()) {
                    Object[] arguments = PublicMethods.arguments(types);
                    arguments[i] = null;
                    assertThat(catchThrowable(() -> construct(constructor, arguments)))
                            .isInstanceOfAny(
                                    NullPointerException.class, IllegalArgumentException.class);
                }
            }
        }
    }

    private static Object construct(Constructor<?> constructor, Object[] arguments)
            throws Throwable {
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private void refuse(Method method, Object target) {
        Class<?>[] types = method.getParameterTypes();
        for (int i = 0; i < types.length; i++) {
            if (!types[i].isPrimitive()) {
                Object[] arguments = PublicMethods.arguments(types, context);
                arguments[i] = null;
                assertThat(catchThrowable(() -> PublicMethods.call(method, target, arguments)))
                        .as("null as argument %d of %s", i, method)
                        .isInstanceOfAny(
                                NullPointerException.class, IllegalArgumentException.class);
            }
        }
    }
}
