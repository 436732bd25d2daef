// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests homes that are missing, read-only, unreadable or mounted without execution. */
class CacheFallbackTest extends LoaderFixture {

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldGoOnToTheTempFolderWhenTheUsersCacheIsMountedNoexec() throws Exception {
        TestLibrary.assumeBundled();
        Path home = Files.createDirectory(temp.resolve("home"));

        var result = homeChild(home).inside(Mounts.over("noexec", home)).run().succeeded();

        assertThat(result.value("source")).isEqualTo("bundled");
        assertThat(Path.of(result.value("path")).getParent().getParent()).isEqualTo(libraries);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldGoOnToTheTempFolderWhenTheHomeIsReadOnly() throws Exception {
        TestLibrary.assumeBundled();
        Path home = Files.createDirectory(temp.resolve("home"));

        var result = homeChild(home).inside(Mounts.over("ro", home)).run().succeeded();

        assertThat(Path.of(result.value("path")).getParent().getParent()).isEqualTo(libraries);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?", "/nonexistent/home"})
    @DisabledOnOs(OS.WINDOWS)
    void shouldUseTheTempFolderWithoutAHome(String home) throws Exception {
        TestLibrary.assumeBundled();

        var result =
                homeChild(Path.of("/nonexistent"))
                        .property("user.home", home)
                        .environment("HOME", null)
                        .run()
                        .succeeded();

        assertThat(Path.of(result.value("path")).getParent().getParent()).isEqualTo(libraries);
        assertThat(Path.of("/nonexistent")).as("a home is not made").doesNotExist();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void shouldUseTheTempFolderWhenTheHomeIsNoPathInTheLocale() throws Exception {
        TestLibrary.assumeBundled();

        var result =
                homeChild(Path.of("/nonexistent"))
                        .property("user.home", Files.createDirectory(inAnyLanguage()))
                        .property("java.library.path", inAnyLanguage())
                        .environment("LC_ALL", "C")
                        .run()
                        .succeeded();

        assertThat(Path.of(result.value("path")).getParent().getParent()).isEqualTo(libraries);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void shouldFailInOneExceptionWhenNothingIsAPathInTheLocale() throws Exception {
        TestLibrary.assumeBundled();

        var result =
                homeChild(Path.of("/nonexistent"))
                        .property("user.home", inAnyLanguage())
                        .property("java.io.tmpdir", inAnyLanguage())
                        .property("panamq.library.source", "bundled")
                        .environment("LC_ALL", "C")
                        .run()
                        .failed();

        assertThat(result.text()).contains("not unpacked into " + temp + "/gr");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldUseTheCacheFolderThatTheDesktopNames() throws Exception {
        TestLibrary.assumeBundled();

        var result =
                homeChild(Path.of("/nonexistent"))
                        .environment("XDG_CACHE_HOME", cache.toString())
                        .run()
                        .succeeded();

        assertThat(Path.of(result.value("path")).getParent()).isEqualTo(cache.resolve("panamq"));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldGoOnToTheSystemsLibraryWhenNoCacheMayExecute() throws Exception {
        TestLibrary.assumeBundled();
        Path stub = systemStub();
        Path home = Files.createDirectory(temp.resolve("home"));
        Path noexec = Files.createDirectory(temp.resolve("noexec"));

        var result =
                homeChild(home)
                        .property("java.io.tmpdir", noexec)
                        .property("java.library.path", libraries)
                        .inside(Mounts.over("noexec", home, noexec))
                        .run()
                        .succeeded();

        assertThat(result.value("path")).isEqualTo(stub.toString());
        assertThat(result.text())
                .containsOnlyOnce("the bundled libzmq could not be used:")
                .contains(home.resolve(".cache/panamq") + "/")
                .contains(noexec + "/panamq-")
                .contains("which has none of PanaMQ's edits: " + stub)
                .contains("-Dpanamq.library.cache");
    }

    /** The folder that was named is no reason to be silent. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldWarnWhenTheNamedCacheIsNoFolder() throws Exception {
        TestLibrary.assumeBundled();
        Path stub = systemStub();
        Path file = Files.createFile(temp.resolve("file"));

        var result =
                homeChild(temp)
                        .property("panamq.library.cache", file)
                        .property("java.library.path", libraries)
                        .run()
                        .succeeded();

        assertThat(result.value("path")).isEqualTo(stub.toString());
        assertThat(result.text())
                .containsOnlyOnce("the bundled libzmq could not be used:")
                .contains("not unpacked into " + file)
                .contains("-Dpanamq.library.cache");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldListEveryCacheThatMayNotExecuteWithTheLinkersWords() throws Exception {
        TestLibrary.assumeBundled();
        Path home = Files.createDirectory(temp.resolve("home"));
        Path noexec = Files.createDirectory(temp.resolve("noexec"));

        var result =
                homeChild(home)
                        .property("java.io.tmpdir", noexec)
                        .property("panamq.library.source", "bundled")
                        .inside(Mounts.over("noexec", home, noexec))
                        .run()
                        .failed();

        assertThat(result.text().lines().filter(line -> line.startsWith("  - ")))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("cannot be opened: failed to map"))
                .anySatisfy(line -> assertThat(line).contains(home.resolve(".cache/panamq") + "/"))
                .anySatisfy(line -> assertThat(line).contains(noexec + "/panamq-"));
    }
}
