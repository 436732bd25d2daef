// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.support.Deadline;
import io.panamq.support.PublicMethods;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the shape of the api: its one convention has no holes, and its types stay small. */
class ApiShapeTest extends WithContext {
    // ---- three forms of everything

    @ParameterizedTest
    @ValueSource(classes = {Message.class, Multipart.class, String.class, byte[].class})
    void shouldSendEachKindOfContentInThreeForms(Class<?> content) throws Exception {
        assertThreeForms(Sender.class, "send", boolean.class, content);
    }

    @ParameterizedTest
    @ValueSource(classes = {ByteBuffer.class, MemorySegment.class, List.class})
    void shouldSendEachKindOfBulkInThreeForms(Class<?> content) throws Exception {
        assertThreeForms(BulkSender.class, "send", boolean.class, content);
    }

    @Test
    void shouldReceiveEachKindOfContentInThreeForms() throws Exception {
        assertThreeForms(Receiver.class, "receive", Message.class);
        assertThreeForms(Receiver.class, "receive", boolean.class, Message.class);
        assertThreeForms(Receiver.class, "receiveMultipart", Multipart.class);
        assertThreeForms(Receiver.class, "receiveString", String.class);
        assertThreeForms(Receiver.class, "receiveBytes", byte[].class);
        assertThreeForms(BulkReceiver.class, "receive", boolean.class, Multipart.class);
        assertThreeForms(BulkReceiver.class, "receive", boolean.class, ByteBuffer.class);
        assertThreeForms(BulkReceiver.class, "receive", OptionalLong.class, MemorySegment.class);
        assertThreeForms(BulkReceiver.class, "receiveFrames", List.class);
    }

    private static void assertThreeForms(
            Class<?> type, String name, Class<?> result, Class<?>... parameters)
            throws NoSuchMethodException {
        Class<?> timely = isOptional(result) ? Optional.class : result;
        assertThat(type.getMethod(name, parameters).getReturnType()).isEqualTo(result);
        assertThat(type.getMethod(trying(name), parameters).getReturnType()).isEqualTo(timely);
        assertThat(type.getMethod(name, withDuration(parameters)).getReturnType())
                .isEqualTo(timely);
    }

    /** Returns whether the forms that may return without a result wrap this one. */
    private static boolean isOptional(Class<?> result) {
        return !Set.of(boolean.class, int.class, OptionalLong.class).contains(result);
    }

    private static String trying(String name) {
        return "try" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    private static Class<?>[] withDuration(Class<?>... parameters) {
        Class<?>[] more = Arrays.copyOf(parameters, parameters.length + 1);
        more[parameters.length] = Duration.class;
        return more;
    }

    static Stream<Class<?>> typesOfTheConvention() {
        return Stream.of(
                Sender.class,
                BulkSender.class,
                Receiver.class,
                BulkReceiver.class,
                XPubSocket.class,
                StreamSocket.class,
                SocketMonitor.class);
    }

    /** Also finds the forms that a later method may lack. */
    @ParameterizedTest
    @MethodSource("typesOfTheConvention")
    void shouldHaveNoFormWithoutTheOtherTwo(Class<?> type) throws Exception {
        List<Method> transfers =
                PublicMethods.of(type)
                        .filter(method -> method.getName().matches("(try)?([sS]end|[rR]eceive).*"))
                        .toList();
        assertThat(transfers.size()).isGreaterThanOrEqualTo(3).matches(size -> size % 3 == 0);
        for (Method method : transfers) {
            String name = method.getName();
            Class<?>[] parameters = method.getParameterTypes();
            boolean timed =
                    parameters.length > 0 && parameters[parameters.length - 1] == Duration.class;
            Class<?>[] others =
                    timed ? Arrays.copyOf(parameters, parameters.length - 1) : parameters;
            String plain =
                    name.startsWith("try")
                            ? name.substring(3, 4).toLowerCase(Locale.ROOT) + name.substring(4)
                            : name;
            assertThreeForms(type, plain, type.getMethod(plain, others).getReturnType(), others);
        }
    }

    // ---- few methods

    /** Experts' methods are on the bulk views, so that a user finds the others. */
    @ParameterizedTest
    @CsvSource({
        "PushSocket, 30",
        "PullSocket, 35",
        "DealerSocket, 45",
        "Message, 30",
    })
    void shouldHaveNoMoreMethodsThanAUserCanOverlook(String type, int most) throws Exception {
        Set<String> methods =
                Arrays.stream(Class.forName("io.panamq." + type).getMethods())
                        .filter(method -> method.getDeclaringClass() != Object.class)
                        .map(ApiShapeTest::signature)
                        .collect(toSet());

        assertThat(methods).hasSizeGreaterThan(20).hasSizeLessThanOrEqualTo(most);
    }

    /** A bridge and the method of the hidden base that it shows are one method. */
    private static String signature(Method method) {
        return method.getName()
                + Stream.of(method.getParameterTypes()).map(Type::getTypeName).toList();
    }

    // ---- several types of sockets

    private static void relay(ReceivingSocket from, SendingSocket to) {
        to.send(from.receiveMultipart());
    }

    /** Such helpers need no cast and no type parameters. */
    @Test
    void shouldRelayBetweenSocketsOfAnyTypes() {
        int before = Internals.slotsInUse();
        List<SendingSocket> outlets =
                List.of(context.push(), context.dealer(), context.pair(), context.req());
        for (SendingSocket outlet : outlets) {
            PairSocket[] pair = connectedPair(Transport.INPROC);
            ReceivingSocket end =
                    switch (outlet) {
                        case PushSocket push -> context.pull();
                        case DealerSocket dealer -> context.rep();
                        case PairSocket other -> context.pair();
                        default -> context.router();
                    };
            outlet.connect(end.bind(Transport.INPROC.fresh()));
            boolean enveloped = outlet instanceof DealerSocket;
            Deadline.send(pair[0], enveloped ? new String[] {"", "text"} : new String[] {"text"});

            relay(pair[1], outlet);

            try (Multipart received = Deadline.multipart(end)) {
                assertThat(received.getString(received.size() - 1)).isEqualTo("text");
            }
        }
        assertThat(Internals.slotsInUse()).isEqualTo(before);
    }

    @Test
    void shouldWarnIfAResultIsIgnoredThatMayLoseAMessage() {
        List<String> missing = new java.util.ArrayList<>();
        for (Class<?> type :
                List.of(Sender.class, BulkSender.class, Receiver.class, BulkReceiver.class)) {
            for (java.lang.reflect.Method method : type.getDeclaredMethods()) {
                boolean mayFail =
                        method.getName().startsWith("try")
                                || List.of(method.getParameterTypes())
                                        .contains(java.time.Duration.class);
                boolean batch = method.getName().endsWith("eceiveBatch");
                if (mayFail
                        && !batch
                        && !method.isSynthetic()
                        && java.lang.reflect.Modifier.isPublic(method.getModifiers())
                        && !method.isAnnotationPresent(
                                com.google.errorprone.annotations.CheckReturnValue.class)) {
                    missing.add(method.toString());
                }
            }
        }
        assertThat(missing).isEmpty();
    }
}
