// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.panamq.Context;
import io.panamq.loop.EventLoop;
import io.panamq.security.ZapAuthenticator;
import io.panamq.support.ChildJvm;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks that the fuzzer calls each public method, or says why not. */
class FuzzCoverageTest {
    /** The methods that the fuzzer does not call, with the reasons. */
    private static final Map<String, String> LEFT_OUT =
            Map.ofEntries(
                    Map.entry("SocketOption.number", "a constant"),
                    Map.entry("SocketOption.types", "a constant"),
                    Map.entry("Z85.encode", "Java only, see Z85Test"),
                    Map.entry("Z85.decode", "Java only, see Z85Test"),
                    Map.entry("Zmq.libraryPath", "a constant"),
                    Map.entry("Zmq.librarySource", "a constant"));

    /** The checked packages. The package of errors is missing, because it has nothing to call. */
    private static final Set<String> EXPORTED =
            Set.of("io.panamq", "io.panamq.loop", "io.panamq.security");

    @Test
    void shouldCallEveryPublicMethod() throws Exception {
        List<CodeUnitAccessTarget> called = called();
        Set<String> missing = new TreeSet<>();
        Set<String> leftOut = new TreeSet<>();
        for (Method method : publicMethods()) {
            String name = method.getDeclaringClass().getSimpleName() + "." + method.getName();
            if (called.stream().noneMatch(target -> isThis(target, method))) {
                (LEFT_OUT.containsKey(name) ? leftOut : missing)
                        .add(LEFT_OUT.containsKey(name) ? name : method.toString());
            }
        }

        assertThat(missing).as("an operation of the fuzzer, or a reason here").isEmpty();
        assertThat(leftOut).as("still not called").isEqualTo(LEFT_OUT.keySet());
    }

    private static List<CodeUnitAccessTarget> called() {
        return imported(Fuzzer.class)
                .flatMap(type -> type.getCodeUnits().stream())
                .flatMap(FuzzCoverageTest::targets)
                .filter(target -> EXPORTED.contains(target.getOwner().getPackageName()))
                .toList();
    }

    private static Stream<CodeUnitAccessTarget> targets(JavaCodeUnit unit) {
        return Stream.concat(
                unit.getMethodCallsFromSelf().stream().map(call -> call.getTarget()),
                unit.getMethodReferencesFromSelf().stream().map(use -> use.getTarget()));
    }

    /** Returns all classes in the package of the given class. */
    private static Stream<JavaClass> imported(Class<?> one) {
        Path folder = Path.of(ChildJvm.classes(one), one.getPackageName().split("\\."));
        return new ClassFileImporter()
                .importPath(folder).stream()
                        .filter(type -> type.getPackageName().equals(one.getPackageName()));
    }

    private static List<Method> publicMethods() throws Exception {
        List<Method> methods = new ArrayList<>();
        for (JavaClass each :
                Stream.of(Context.class, EventLoop.class, ZapAuthenticator.class)
                        .flatMap(FuzzCoverageTest::imported)
                        .toList()) {
            Class<?> type = Class.forName(each.getName());
            if (isPublic(type) && !isValue(type)) {
                Arrays.stream(type.getDeclaredMethods())
                        .filter(method -> Modifier.isPublic(method.getModifiers()))
                        .filter(method -> !method.isSynthetic())
                        .filter(method -> !method.getName().equals("toString"))
                        .forEach(methods::add);
            }
        }
        assertThat(methods).hasSizeGreaterThan(200);
        return methods;
    }

    private static boolean isPublic(Class<?> type) {
        return type == null
                || (Modifier.isPublic(type.getModifiers()) && isPublic(type.getEnclosingClass()));
    }

    /** Returns whether the type has no state that could be misused. */
    private static boolean isValue(Class<?> type) {
        return type.isRecord() || type.isEnum() || Throwable.class.isAssignableFrom(type);
    }

    /**
     * Returns whether the call is one of this method, or of its override or declaration in another
     * type.
     */
    private static boolean isThis(CodeUnitAccessTarget target, Method method) {
        return target.getName().equals(method.getName())
                && names(target).equals(names(method))
                && (target.getOwner().isAssignableTo(method.getDeclaringClass())
                        || target.getOwner().isAssignableFrom(method.getDeclaringClass()));
    }

    private static String names(CodeUnitAccessTarget target) {
        return target.getRawParameterTypes().stream()
                .map(JavaClass::getName)
                .collect(Collectors.joining(","));
    }

    private static String names(Method method) {
        return Arrays.stream(method.getParameterTypes())
                .map(Class::getName)
                .collect(Collectors.joining(","));
    }
}
