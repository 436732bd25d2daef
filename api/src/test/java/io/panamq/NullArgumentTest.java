// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.panamq.loop.AsyncSocket;
import io.panamq.loop.EventLoop;
import io.panamq.security.Certificate;
import io.panamq.security.CertificateStore;
import io.panamq.security.ZapAuthenticator;
import io.panamq.security.ZapCredentials;
import io.panamq.security.ZapReply;
import io.panamq.security.ZapRequest;
import io.panamq.support.Deadline;
import io.panamq.support.PublicMethods;
import io.panamq.support.PublicTypes;
import io.panamq.support.Transport;
import io.panamq.support.WithLoop;
import java.lang.foreign.Arena;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks that null for any parameter of a public method or constructor is refused by the name of
 * the parameter, and never crashes. The JVM's own text would name a field of a hidden type.
 */
class NullArgumentTest extends WithLoop {
    private final List<String> unnamed = new ArrayList<>();

    static Stream<Function<Context, Socket>> sockets() {
        return PublicMethods.SOCKETS.stream();
    }

    @ParameterizedTest
    @MethodSource("sockets")
    void shouldBeRefusedByEveryMethodOfASocketWhichStaysUsable(Function<Context, Socket> make) {
        Socket socket = make.apply(context);

        PublicMethods.withViews(socket).forEach(this::refuseAll);

        assertThat(unnamed).isEmpty();
        socket.get(SocketOption.LINGER);
        if (socket instanceof PairSocket pair) {
            PairSocket peer = context.pair();
            pair.connect(peer.bind(Transport.INPROC.fresh()));
            pair.send("usable");
            assertThat(Deadline.text(peer)).isEqualTo("usable");
        }
    }

    /** Makes an object of each type that is no socket and has methods with parameters. */
    private List<Object> objects() {
        PairSocket pair = context.pair();
        Poller poller = context.poller();
        ConcurrentSender sender = context.push().concurrentSender();
        return List.of(
                context,
                Context.builder(),
                pair.monitor(),
                poller,
                poller.add(pair, PollEvent.IN).attach("a"),
                sender,
                sender.bulkSender(),
                Message.allocate(16),
                Multipart.of("a", "b"),
                MessageArena.create(),
                tracker(),
                loop,
                EventLoop.builder(context),
                loop.schedule(Duration.ofDays(1), () -> {}),
                AsyncSocket.on(loop, context.pair()),
                Curve.keyPair(),
                Heartbeat.every(Duration.ofSeconds(1)),
                KeepAlive.bySystem(),
                PeerMessages.none(),
                Reconnect.never(),
                Proxy.between(context.pair(), context.pair()),
                Proxy.from(context.pull()),
                Certificate.generate(),
                CertificateStore.of(),
                ZapAuthenticator.builder(context),
                ZapReply.accept(""),
                new ZapRequest("", "", "", new ZapCredentials.Null()));
    }

    private static MessageTracker tracker() {
        try (Message message = Message.wrap(Arena.ofAuto().allocate(8), () -> {})) {
            return MessageTracker.of(message);
        }
    }

    @Test
    void shouldBeRefusedByEveryMethodOfTheOtherTypes() throws Exception {
        List<Object> objects = objects();
        objects.forEach(this::refuseAll);
        for (Class<?> type : PublicTypes.all()) {
            List<Method> methods =
                    PublicMethods.of(type).filter(NullArgumentTest::takesReferences).toList();
            boolean onlyStatic = methods.stream().allMatch(NullArgumentTest::isStatic);
            boolean isKnown = objects.stream().anyMatch(type::isInstance);
            if (onlyStatic && !isKnown && !type.isEnum()) {
                methods.forEach(method -> refuse(method, null));
            } else if (!onlyStatic && !isKnown && !isOfSockets(type)) {
                unnamed.add(type + " is not tried: add one to objects()");
            }
        }

        assertThat(unnamed).isEmpty();
    }

    /** Returns whether the objects of this type are sockets and their views, which are tried. */
    private static boolean isOfSockets(Class<?> type) {
        return Socket.class.isAssignableFrom(type)
                || List.of(Sender.class, Receiver.class, SocketSecurity.class).contains(type)
                || List.of(BulkSender.class, BulkReceiver.class).contains(type);
    }

    private static boolean takesReferences(Method method) {
        return !Stream.of(method.getParameterTypes()).allMatch(Class::isPrimitive);
    }

    private static boolean isStatic(Method method) {
        return Modifier.isStatic(method.getModifiers());
    }

    @Test
    void shouldBeRefusedByEveryConstructor() throws Exception {
        int tried = 0;
        for (Class<?> type : PublicTypes.all()) {
            // Only PanaMQ makes exceptions.
            if (!Throwable.class.isAssignableFrom(type)) {
                for (Constructor<?> constructor : type.getConstructors()) {
                    tryNulls(constructor, arguments -> construct(constructor, arguments));
                    tried++;
                }
            }
        }

        assertThat(unnamed).isEmpty();
        assertThat(tried).isGreaterThan(30);
    }

    @Test
    void shouldBeRefusedAmongOthers() {
        PairSocket pair = context.pair();
        try (Poller poller = context.poller()) {
            PollItem item = poller.add(pair, PollEvent.IN);
            assertThatNullPointerException()
                    .isThrownBy(() -> item.watch(PollEvent.IN, (PollEvent) null));
            assertThat(poller.size()).isEqualTo(1);
        }
        assertThatNullPointerException()
                .isThrownBy(() -> pair.bulkSender().sendBatch(Arrays.asList((Message) null)));
        assertThatNullPointerException().isThrownBy(() -> Multipart.of("a", null).close());
        assertThatNullPointerException()
                .isThrownBy(() -> Reconnect.never().stoppingAfter((ReconnectStop) null));
    }

    private static Object construct(Constructor<?> constructor, Object... arguments)
            throws Throwable {
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private void refuseAll(Object target) {
        PublicMethods.of(target.getClass()).forEach(method -> refuse(method, target));
    }

    private void refuse(Method method, Object target) {
        tryNulls(method, arguments -> PublicMethods.call(method, target, arguments));
    }

    /** Notes where a null is not refused by the name of its parameter, setting or option. */
    private void tryNulls(Executable executable, Call call) {
        Parameter[] parameters = executable.getParameters();
        for (int i = 0; i < parameters.length; i++) {
            if (!parameters[i].getType().isPrimitive()) {
                Object[] arguments =
                        PublicMethods.arguments(executable.getParameterTypes(), context);
                arguments[i] = null;
                Throwable thrown = catchThrowable(() -> call.with(arguments));
                boolean isNamed =
                        thrown instanceof NullPointerException
                                && isName(thrown.getMessage(), executable, parameters[i]);
                if (!isNamed && !(thrown instanceof IllegalArgumentException)) {
                    unnamed.add(executable + ", " + parameters[i] + ": " + thrown);
                }
            }
        }
    }

    /** A method of a builder is named as what it sets. */
    private static boolean isName(String text, Executable executable, Parameter parameter) {
        return text != null
                && (text.equals(parameter.getName())
                        || text.equals(executable.getName())
                        || text.startsWith("ZMQ_"));
    }

    private interface Call {
        Object with(Object... arguments) throws Throwable;
    }
}
