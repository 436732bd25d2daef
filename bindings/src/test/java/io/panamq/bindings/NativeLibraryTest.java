// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which library a program gets, and how a failure is explained. */
class NativeLibraryTest extends LoaderFixture {

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
                .contains("  To fix: correct or remove -Dpanamq.library")
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
    void shouldLoadACopyInASecondClassLoader() throws Exception {
        Path stub = StubLibrary.build(libraries.resolve("stub.so"));

        var result = child().property("panamq.library", stub).run("twice").succeeded();

        assertThat(result.text()).contains("first loaded").contains("second loaded");
    }

    @Test
    void shouldLoadACopyOfTheBundledLibraryInASecondClassLoader() throws Exception {
        TestLibrary.assumeBundled();

        var result = bundled().run("twice").succeeded();

        assertThat(result.text()).contains("first loaded").contains("second loaded");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldSayWhyNoCopyCouldBeMade() throws Exception {
        Path stub = StubLibrary.build(libraries.resolve("stub.so"));
        Path noFolder = Files.createFile(libraries.resolve("file"));

        var result =
                child().property("panamq.library", stub)
                        .property("panamq.library.cache", noFolder)
                        .run("twice")
                        .failed();

        assertThat(result.text())
                .contains("first loaded")
                .contains(stub + " already loaded in another classloader")
                .contains("To fix: name a folder");
    }

    private ChildJvm system() {
        return child().property("panamq.library.source", "system")
                .property("java.library.path", libraries);
    }
}
