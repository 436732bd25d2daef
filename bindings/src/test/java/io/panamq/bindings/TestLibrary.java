// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** Loads libzmq for the tests, and finds the files of the project. */
public final class TestLibrary {
    private TestLibrary() {}

    /** Loads libzmq into this JVM; unpacks it below target/ and not into the user's cache. */
    public static void load() {
        if (System.getProperty(LibraryCache.PROPERTY) == null) {
            Path target = classesOf(TestLibrary.class).getParent();
            System.setProperty(LibraryCache.PROPERTY, target.resolve("library-cache").toString());
        }
        try {
            NativeLibrary.load();
        } catch (LibraryLoadException e) {
            if (hasBundled()) {
                throw e;
            }
            abort("no libzmq: none is bundled (bindings/native/build), none installed");
        }
    }

    public static boolean hasBundled() {
        String location = bundled().location();
        return TestLibrary.class.getClassLoader().getResource(location) != null;
    }

    static void assumeBundled() {
        assumeTrue(hasBundled(), "no bundled libzmq: bindings/native/build makes one");
    }

    static BundledLibrary bundled() {
        return new BundledLibrary(Platform.current(), TestLibrary.class.getClassLoader());
    }

    /** Returns the folder of compiled classes that a class came from. */
    public static Path classesOf(Class<?> type) {
        try {
            var url = type.getResource(type.getSimpleName() + ".class");
            assertThat(url).as("class file of %s", type).isNotNull();
            assertThat(url.getProtocol()).isEqualTo("file");
            Path folder = Path.of(url.toURI());
            for (int i = 0; i <= type.getPackageName().split("\\.").length; i++) {
                folder = folder.getParent();
            }
            return folder;
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the folder {@code bindings} of the checkout. */
    public static Path project() {
        return Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    }
}
