// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Gives tests that run the loader in a child JVM temporary folders, so that they use no others. */
abstract class LoaderFixture {
    @TempDir Path temp;
    Path cache;
    Path libraries;

    @BeforeEach
    void makeFolders() throws IOException {
        temp = temp.toRealPath();
        cache = temp.resolve("cache");
        libraries = Files.createDirectory(temp.resolve("lib"));
    }

    ChildJvm child() {
        return new ChildJvm(temp)
                .option("--enable-native-access=ALL-UNNAMED")
                .property(LibraryCache.PROPERTY, cache);
    }

    ChildJvm bundled() {
        return child().property("panamq.library.source", "bundled");
    }

    /** Returns a child without a cache property, with a home, and {@link #libraries} to be temp. */
    ChildJvm homeChild(Path home) {
        return new ChildJvm(temp)
                .option("--enable-native-access=ALL-UNNAMED")
                .environment("XDG_CACHE_HOME", null)
                .property("user.home", home)
                .property("java.io.tmpdir", libraries);
    }

    Path inAnyLanguage() {
        try {
            return temp.resolve("größe 大 und mehr");
        } catch (InvalidPathException e) {
            return abort("file names are ASCII here: " + e.getMessage());
        }
    }

    Path systemStub() throws IOException, InterruptedException {
        String name = SystemLibraries.names(Platform.current().os()).iterator().next();
        return StubLibrary.build(libraries.resolve(name));
    }
}
