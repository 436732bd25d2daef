// SPDX-License-Identifier: Apache-2.0
package io.panamq.support;

import io.panamq.Context;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Lists all public types of a package, so that a test of all of them forgets none. */
public final class PublicTypes {
    private PublicTypes() {}

    /** Returns the public types of all exported packages. */
    public static List<Class<?>> all() throws IOException, ClassNotFoundException {
        return of("io.panamq", "io.panamq.error", "io.panamq.loop", "io.panamq.security");
    }

    /** Returns the public types of some packages, with those that are nested in others. */
    public static List<Class<?>> of(String... packages) throws IOException, ClassNotFoundException {
        List<Class<?>> types = new ArrayList<>();
        for (String each : packages) {
            Path folder = Path.of(ChildJvm.classes(Context.class), each.split("\\."));
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.sorted().toList()) {
                    String name = file.getFileName().toString();
                    if (name.endsWith(".class") && !name.contains("-info")) {
                        Class<?> type =
                                Class.forName(
                                        each + "." + name.replace(".class", ""),
                                        false,
                                        Context.class.getClassLoader());
                        if (isPublic(type)) {
                            types.add(type);
                        }
                    }
                }
            }
        }
        return types;
    }

    private static boolean isPublic(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && (type.getEnclosingClass() == null || isPublic(type.getEnclosingClass()));
    }
}
