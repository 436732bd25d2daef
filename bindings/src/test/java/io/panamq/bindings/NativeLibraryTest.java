// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The loader as a program meets it: each test is a JVM of its own. */
class NativeLibraryTest {
    @TempDir Path temp;
    private Path cache;
    private Path libraries;

    @BeforeEach
    void makeFolders() throws IOException {
        temp = temp.toRealPath();
        cache = temp.resolve("cache");
        libraries = Files.createDirectory(temp.resolve("lib"));
    }

    @Test
    void shouldLoadTheLibraryOfThePropertysPath() throws Exception {
        Path stub = StubLibrary.build(libraries.resolve("any-name.so"));

        var result = child().property("panamq.library", stub).run().succeeded();

        assertThat(result.value("source")).isEqualTo("property");
        assertThat(result.value("path")).isEqualTo(stub.toString());
        assertThat(result.value("version")).isEqualTo("4.3.9");
        assertThat(cache).as("nothing is unpacked then").doesNotExist();
    }

    @Test
    void shouldLoadARelativePath() throws Exception {
        Path stub = StubLibrary.build(libraries.resolve("stub.so"));
        Path relative = Path.of("").toAbsolutePath().relativize(stub);

        var result = child().property("panamq.library", relative).run().succeeded();

        assertThat(Path.of(result.value("path")).toRealPath()).isEqualTo(stub);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mine", "libmine.so"})
    @EnabledOnOs(OS.LINUX)
    void shouldFindThePropertysNameOnTheLibraryPath(String name) throws Exception {
        Path stub = StubLibrary.build(libraries.resolve("libmine.so"));

        var result =
                child().property("panamq.library", name)
                        .property("java.library.path", libraries)
                        .run()
                        .succeeded();

        assertThat(result.value("source")).isEqualTo("property");
        assertThat(result.value("path")).isEqualTo(stub.toString());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldFindTheSonameUnderThePlainName() throws Exception {
        Path stub = StubLibrary.build(libraries.resolve("libzmq.so.5"));

        var result =
                child().property("panamq.library", "zmq")
                        .property("java.library.path", libraries)
                        .run()
                        .succeeded();

        assertThat(result.value("path")).isEqualTo(stub.toString());
    }

    @Test
    void shouldPreferTheBundledLibraryToTheSystems() throws Exception {
        TestLibrary.assumeBundled();
        systemStub();

        var result = child().property("java.library.path", libraries).run().succeeded();

        assertThat(result.value("source")).isEqualTo("bundled");
        assertThat(Path.of(result.value("path")).getParent()).isEqualTo(cache);
    }

    @Test
    void shouldLoadTheSystemsLibraryWhenAskedTo() throws Exception {
        Path stub = systemStub();

        var result = system().run().succeeded();

        assertThat(result.value("source")).isEqualTo("system");
        assertThat(result.value("path")).isEqualTo(stub.toString());
        assertThat(cache).doesNotExist();
    }

    @Test
    void shouldGoOnToTheNextSystemLibraryWhenOneIsTooOld() throws Exception {
        Path old = Files.createDirectory(temp.resolve("old"));
        String name = SystemLibraries.names(Platform.current().os()).iterator().next();
        StubLibrary.build(old.resolve(name), new LibraryVersion(4, 1, 6), 64);
        Path stub = systemStub();

        var result =
                child().property("panamq.library.source", "system")
                        .property("java.library.path", old + java.io.File.pathSeparator + libraries)
                        .run()
                        .succeeded();

        assertThat(result.value("path")).isEqualTo(stub.toString());
    }

    @Test
    void shouldListEachAttemptWithItsCauseAndTheFix() throws Exception {
        Path stub = libraries.resolve("stub.so");
        StubLibrary.build(stub, new LibraryVersion(4, 2, 0), 64);

        var result = child().property("panamq.library", stub).run().failed();

        assertThat(result.text())
                .startsWith("no usable libzmq on " + Platform.current() + "; tried:")
                .contains("  - property panamq.library=" + stub + ": is libzmq 4.2.0, but 4.3.0")
                .contains("  To fix: install libzmq 4.3.0 or newer")
                .contains("suppressed 1");
    }

    @Test
    void shouldGiveTheSameTextOnTheSecondCall() throws Exception {
        var result = child().property("panamq.library", temp.resolve("missing.so")).run().failed();

        assertThat(result.value("second call")).isEqualTo("gives the same text");
    }

    @Test
    void shouldExplainASourceThatItDoesNotKnow() throws Exception {
        var result = child().property("panamq.library.source", "internet").run().failed();

        assertThat(result.text()).contains("is 'internet', not bundled or system");
    }

    @Test
    void shouldReuseTheCacheOfAnEarlierJvm() throws Exception {
        TestLibrary.assumeBundled();
        Path file = Path.of(bundled().run().succeeded().value("path"));
        String before = identity(file);

        var second = bundled().run().succeeded();

        assertThat(second.value("path")).isEqualTo(file.toString());
        assertThat(identity(file)).isEqualTo(before);
        assertThat(names(cache)).containsExactly(file.getFileName().toString());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void shouldReuseTheCacheWhateverTheUmask() throws Exception {
        TestLibrary.assumeBundled();
        List<String> umask = List.of("sh", "-c", "umask 000; exec \"$@\"", "sh");
        Path file = Path.of(bundled().inside(umask).run().succeeded().value("path"));
        String before = identity(file);

        bundled().inside(umask).run().succeeded();

        assertThat(identity(file)).isEqualTo(before);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void shouldRepairADamagedCache() throws Exception {
        TestLibrary.assumeBundled();
        Path file = Path.of(bundled().run().succeeded().value("path"));
        Files.write(file, new byte[] {1, 2, 3});

        bundled().run().succeeded();

        assertThat(Files.size(file)).isGreaterThan(100_000);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void shouldKeepTheCachePrivate() throws Exception {
        TestLibrary.assumeBundled();
        Files.createDirectory(cache);
        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));

        bundled().run().succeeded();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache)))
                .isEqualTo("rwx------");
    }

    @Test
    void shouldUnpackOnceWhenSeveralJvmsStartTogether() throws Exception {
        TestLibrary.assumeBundled();
        List<ChildJvm.Running> running = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            running.add(bundled().start());
        }
        List<ChildJvm.Result> results = new ArrayList<>();
        for (ChildJvm.Running child : running) {
            results.add(child.await());
        }

        assertThat(results).allSatisfy(ChildJvm.Result::succeeded);
        assertThat(names(cache)).hasSize(1);
    }

    @Test
    void shouldUnpackIntoAFolderWithSpacesAndLettersOfAnyLanguage() throws Exception {
        TestLibrary.assumeBundled();
        cache = inAnyLanguage();

        var result = bundled().run().succeeded();

        assertThat(Path.of(result.value("path")).getParent()).isEqualTo(cache);
    }

    @Test
    void shouldGoOnToTheSystemsLibraryWhenTheCacheCannotBeMade() throws Exception {
        Path stub = systemStub();
        Files.createFile(cache);

        var result = child().property("java.library.path", libraries).run().succeeded();

        assertThat(result.value("source")).isEqualTo("system");
        assertThat(result.value("path")).isEqualTo(stub.toString());
    }

    @Test
    void shouldSayWhyTheCacheCannotBeMade() throws Exception {
        TestLibrary.assumeBundled();
        Files.createFile(cache);

        assertThat(bundled().run().failed().text())
                .contains("not unpacked into " + cache + ": FileAlreadyExistsException " + cache);
    }

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

    @Test
    void shouldSayWhatToDoWhenTwoClassLoadersLoadIt() throws Exception {
        Path stub = StubLibrary.build(libraries.resolve("stub.so"));

        var result = child().property("panamq.library", stub).run("twice").failed();

        assertThat(result.text())
                .contains("first loaded")
                .contains(stub + " already loaded in another classloader")
                .contains("To fix: if several class loaders hold PanaMQ");
    }

    @Test
    void shouldLoadOnTheModulePath() throws Exception {
        Path stub = StubLibrary.build(libraries.resolve("stub.so"));

        var result =
                new ChildJvm(temp)
                        .onModulePath()
                        .option("--enable-native-access=io.panamq.bindings")
                        .property("panamq.library", stub)
                        .run()
                        .succeeded();

        assertThat(result.text()).doesNotContainIgnoringCase("warning");
    }

    @Test
    void shouldNameTheModuleWhenNativeAccessIsDenied() throws Exception {
        Path stub = StubLibrary.build(libraries.resolve("stub.so"));

        var result =
                new ChildJvm(temp)
                        .onModulePath()
                        .option(deny())
                        .property("panamq.library", stub)
                        .run()
                        .failed();

        assertDenied(result, "--enable-native-access=io.panamq.bindings ");
    }

    @Test
    void shouldNameTheClassPathWhenNativeAccessIsDenied() throws Exception {
        Path stub = StubLibrary.build(libraries.resolve("stub.so"));

        var result =
                new ChildJvm(temp).option(deny()).property("panamq.library", stub).run().failed();

        assertDenied(result, "--enable-native-access=ALL-UNNAMED ");
    }

    @Test
    void shouldEndTheSearchWhenNativeAccessIsDenied() throws Exception {
        TestLibrary.assumeBundled();
        systemStub();

        var result =
                new ChildJvm(temp)
                        .option(deny())
                        .property(LibraryCache.PROPERTY, cache)
                        .property("java.library.path", libraries)
                        .run()
                        .failed();

        assertDenied(result, "--enable-native-access=ALL-UNNAMED ");
    }

    private static void assertDenied(ChildJvm.Result result, String flag) {
        assertThat(result.text()).contains("To fix: start Java with " + flag);
        assertThat(result.text().lines().filter(line -> line.startsWith("  - ")))
                .singleElement()
                .asString()
                .startsWith("  - native access is denied: ");
    }

    /** Before Java 24 a grant to any other module denies it to us. */
    private static String deny() {
        return Runtime.version().feature() >= 24
                ? "--illegal-native-access=deny"
                : "--enable-native-access=java.base";
    }

    private ChildJvm child() {
        return new ChildJvm(temp)
                .option("--enable-native-access=ALL-UNNAMED")
                .property(LibraryCache.PROPERTY, cache);
    }

    private ChildJvm bundled() {
        return child().property("panamq.library.source", "bundled");
    }

    private ChildJvm system() {
        return child().property("panamq.library.source", "system")
                .property("java.library.path", libraries);
    }

    /** With that home, and the folder of the libraries as the temp folder. */
    private ChildJvm homeChild(Path home) {
        return new ChildJvm(temp)
                .option("--enable-native-access=ALL-UNNAMED")
                .environment("XDG_CACHE_HOME", null)
                .property("user.home", home)
                .property("java.io.tmpdir", libraries);
    }

    private Path inAnyLanguage() {
        try {
            return temp.resolve("größe 大 und mehr");
        } catch (InvalidPathException e) {
            return abort("file names are ASCII here: " + e.getMessage());
        }
    }

    private Path systemStub() throws IOException, InterruptedException {
        String name = SystemLibraries.names(Platform.current().os()).iterator().next();
        return StubLibrary.build(libraries.resolve(name));
    }

    private static String identity(Path file) throws IOException {
        var attributes =
                Files.readAttributes(file, java.nio.file.attribute.BasicFileAttributes.class);
        return attributes.fileKey() + " " + attributes.lastModifiedTime();
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
