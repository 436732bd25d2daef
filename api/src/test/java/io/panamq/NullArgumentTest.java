// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Null for each parameter of each public method: an exception, never a crash. */
class NullArgumentTest extends WithContext {
    static Stream<Function<Context, Socket>> sockets() {
        return PublicMethods.SOCKETS.stream();
    }

    @ParameterizedTest
    @MethodSource("sockets")
    void shouldBeRefusedByEveryMethodOfASocketWhichStaysUsable(Function<Context, Socket> make) {
        Socket socket = make.apply(context);

        PublicMethods.of(socket.getClass()).forEach(method -> refuse(method, socket));

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
        try (Message message = Message.allocate(16);
                Multipart multipart = Multipart.create()) {
            PublicMethods.of(Message.class).forEach(method -> refuse(method, message));
            PublicMethods.of(Multipart.class).forEach(method -> refuse(method, multipart));
            assertThat(message.size()).isEqualTo(16);
            assertThat(multipart.size()).isZero();
        }
        for (Class<?> type : new Class<?>[] {Curve.class, Z85.class}) {
            PublicMethods.of(type).forEach(method -> refuse(method, null));
        }
    }

    @Test
    void shouldBeRefusedByRecords() throws Throwable {
        for (Class<?> type : new Class<?>[] {CurveKeyPair.class, CloseReport.class}) {
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

    private static void refuse(Method method, Object target) {
        Class<?>[] types = method.getParameterTypes();
        for (int i = 0; i < types.length; i++) {
            if (!types[i].isPrimitive()) {
                Object[] arguments = PublicMethods.arguments(types);
                arguments[i] = null;
                assertThat(catchThrowable(() -> PublicMethods.call(method, target, arguments)))
                        .as("null as argument %d of %s", i, method)
                        .isInstanceOfAny(
                                NullPointerException.class, IllegalArgumentException.class);
            }
        }
    }
}
