// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.bindings.TestLibrary;
import io.panamq.bindings.libzmq.zmq_h;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConstantsTest {
    private static final List<String> OF_THE_SYSTEM =
            List.of("EAGAIN", "EINTR", "ENOENT", "EEXIST");

    @BeforeAll
    static void load() {
        TestLibrary.load();
    }

    static Stream<Field> numbers() {
        return Stream.of(Constants.class.getDeclaredFields())
                .filter(field -> Modifier.isPublic(field.getModifiers()))
                .filter(field -> !OF_THE_SYSTEM.contains(field.getName()));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void shouldBeTheNumberOfTheHeader(Field field) throws ReflectiveOperationException {
        Object generated = zmq_h.class.getMethod("ZMQ_" + field.getName()).invoke(null);

        assertThat(field.getInt(null)).isEqualTo(generated);
    }

    @Test
    void shouldBeTheErrorsOfTheSystem() {
        assertThat(text(Constants.EAGAIN)).contains("temporarily unavailable");
        assertThat(text(Constants.EINTR)).contains("Interrupted");
        assertThat(text(Constants.ENOENT)).contains("No such file");
        assertThat(text(Constants.EEXIST)).contains("exists");
    }

    private static String text(int result) {
        MemorySegment text = ErrorCalls.text(-result);
        return NativeMemory.string(text);
    }
}
