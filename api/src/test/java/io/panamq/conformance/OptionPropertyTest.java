// SPDX-License-Identifier: Apache-2.0
package io.panamq.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.panamq.Context;
import io.panamq.PairSocket;
import io.panamq.Socket;
import io.panamq.SocketOption;
import io.panamq.error.ZmqException;
import io.panamq.support.PublicMethods;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Gives any value to any option of any socket type: it is taken, or refused by an exception. */
class OptionPropertyTest {
    private static final List<SocketOption.Settable<?>> OPTIONS = options();
    private static Context context;

    @BeforeContainer
    static void open() {
        context = Context.builder().linger(Duration.ZERO).build();
    }

    @AfterContainer
    static void close() {
        assertThat(context.close(Duration.ofSeconds(20)).terminated()).isTrue();
    }

    private static List<SocketOption.Settable<?>> options() {
        List<SocketOption.Settable<?>> options = new ArrayList<>();
        for (Field field : SocketOption.class.getFields()) {
            field.setAccessible(true); // it is declared by a hidden interface
            try {
                field.setAccessible(true); // the interfaces that declare them are hidden
                if (field.get(null) instanceof SocketOption.Settable<?> option) {
                    options.add(option);
                }
            } catch (IllegalAccessException e) {
                throw new AssertionError(e);
            }
        }
        return options;
    }

    @Provide
    Arbitrary<SocketOption.Settable<?>> option() {
        return Arbitraries.of(OPTIONS);
    }

    @Provide
    Arbitrary<Object> value() {
        return Arbitraries.oneOf(
                Arbitraries.integers().map(Object.class::cast),
                Arbitraries.integers().between(-2, 300).map(Object.class::cast),
                Arbitraries.longs().map(Object.class::cast),
                Arbitraries.of(true, false).map(Object.class::cast),
                Arbitraries.strings().ofMaxLength(300).map(Object.class::cast),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(300).map(Object.class::cast),
                Arbitraries.longs().map(Duration::ofNanos).map(Object.class::cast));
    }

    @Property(tries = 1_000)
    void shouldTakeOrRefuseAnyValue(
            @ForAll("option") SocketOption.Settable<?> option,
            @ForAll("value") Object value,
            @ForAll int type) {
        var make = PublicMethods.SOCKETS.get(Math.floorMod(type, PublicMethods.SOCKETS.size()));
        try (Socket socket = make.apply(context)) {
            Throwable thrown = catchThrowable(() -> set(socket, option, value));
            if (thrown != null) {
                assertThat(thrown)
                        .as(option + " = " + value)
                        .isInstanceOfAny(
                                ClassCastException.class, // the value of another type
                                ZmqException.class,
                                IllegalArgumentException.class,
                                IllegalStateException.class);
            }
        }
        try (PairSocket alive = context.pair()) {
            assertThat(alive.bind("inproc://alive-" + System.nanoTime())).isNotEmpty();
        }
    }

    @SuppressWarnings("unchecked") // a value of another type fails in its cast
    private static <T> void set(Socket socket, SocketOption.Settable<T> option, Object value) {
        socket.set(option, (T) value);
    }
}
