// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the search in this JVM, as far as it needs no system properties. */
class LibrarySearchTest {
    private static final LibraryVersion FIT = new LibraryVersion(4, 3, 9);

    @TempDir Path temp;

    @Test
    void shouldTakeTheLibraryOfThePath() throws Exception {
        Path stub = StubLibrary.build(temp.resolve("stub.so"));

        LibrarySearch.Found found = search(stub.toString(), null).find();

        assertThat(found.path()).isEqualTo(stub);
        assertThat(found.source()).isEqualTo("property");
        assertThat(found.version()).isEqualTo(FIT);
    }

    @Test
    void shouldTakeAPathWithSpacesAroundIt() throws Exception {
        Path stub = StubLibrary.build(temp.resolve("a stub.so"));

        assertThat(search(" " + stub + " ", " ").find().path()).isEqualTo(stub);
    }

    @Test
    void shouldTakeTheOldestVersionThatIsSupported() throws Exception {
        Path stub = StubLibrary.build(temp.resolve("s.so"), new LibraryVersion(4, 3, 0), 64);

        assertThat(search(stub.toString(), null).find().version()).hasToString("4.3.0");
    }

    @Test
    void shouldRefuseALibraryThatIsTooOld() throws Exception {
        Path stub = StubLibrary.build(temp.resolve("s.so"), new LibraryVersion(4, 2, 5), 64);

        assertThat(failure(stub.toString(), null))
                .hasMessageContaining(stub + ": is libzmq 4.2.5, but 4.3.0 or newer is needed")
                .hasMessageContaining("To fix: correct or remove -Dpanamq.library: without it")
                .hasMessageContaining("install libzmq 4.3.0 or newer");
    }

    @Test
    void shouldRefuseALibraryWithAnotherMessageStructure() throws Exception {
        Path stub = StubLibrary.build(temp.resolve("s.so"), FIT, 32);

        assertThat(failure(stub.toString(), null))
                .hasMessageContaining(stub + ": has a zmq_msg_t of 32 bytes")
                .hasMessageContaining("64");
    }

    @Test
    void shouldRefuseALibraryThatLacksAFunction() throws Exception {
        Path stub = StubLibrary.build(temp.resolve("s.so"), FIT, 64, "NO_CTX_NEW");

        assertThat(failure(stub.toString(), null))
                .hasMessageContaining(stub + ": does not export zmq_ctx_new");
    }

    @Test
    void shouldSayThatThereIsNoSuchFile() {
        Path missing = temp.resolve("missing.so");

        assertThat(failure(missing.toString(), null))
                .hasMessageContaining("property panamq.library=" + missing + ": no such file")
                .hasMessageContaining("no usable libzmq on " + Platform.current())
                .hasMessageContaining("To fix: correct or remove -Dpanamq.library: without it")
                .hasMessageContaining("the system's libzmq is used; install libzmq");
    }

    @Test
    void shouldAdviseTheBundledLibraryIfTheNamedOneIsBad() {
        String missing = temp.resolve("missing.so").toString();
        var jar = FakeJar.with("a library");
        var search = new LibrarySearch(FakeJar.PLATFORM, jar.bundled(), missing, null);

        assertThat(catchThrowableOfType(LibraryLoadException.class, search::find))
                .hasMessageEndingWith(
                        "To fix: correct or remove -Dpanamq.library: without it the bundled libzmq"
                                + " is used");
    }

    @Test
    void shouldSayThatAFolderIsNotAFile() {
        assertThat(failure(temp.toString(), null)).hasMessageContaining(temp + ": is not a file");
    }

    @Test
    void shouldSayWhyAFileCannotBeOpened() throws IOException {
        Path text = Files.writeString(temp.resolve("text.so"), "not a library at all".repeat(50));

        LibraryLoadException failure = failure(text.toString(), null);

        assertThat(failure).hasMessageContaining(text + ": cannot be opened: ");
        assertThat(failure.getMessage().lines().filter(line -> line.contains("cannot be opened")))
                .singleElement()
                .asString()
                .as("the linker's own words follow")
                .doesNotEndWith("cannot be opened: ")
                .doesNotContain(text + ": " + text);
        assertThat(failure.getSuppressed()).hasSize(1);
    }

    @Test
    void shouldRefuseATextThatIsNoPath() {
        assertThat(failure("/a\0b/libzmq.so", null)).hasMessageContaining("is no path");
    }

    @Test
    void shouldTryNothingElseWhenTheNamedLibraryFails() {
        LibraryLoadException failure = failure(temp.resolve("missing.so").toString(), null);

        assertThat(failure.getMessage().lines().filter(line -> line.startsWith("  - "))).hasSize(1);
    }

    @Test
    void shouldListTheFoldersWhereANameWasNotFound() {
        assertThat(failure("no-such-zmq", null))
                .hasMessageContaining("property panamq.library=no-such-zmq: none of [no-such-zmq")
                .hasMessageContaining(System.mapLibraryName("no-such-zmq"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "BUNDLED", "bundled,system"})
    void shouldRefuseASourceThatItDoesNotKnow(String source) {
        LibraryLoadException failure = failure(null, source);

        assertThat(failure)
                .hasMessageContaining("property panamq.library.source is '" + source + "'")
                .hasMessageContaining("To fix: set it to one of these, or do not set it");
    }

    @Test
    void shouldSayHowToGoOnWhenOnlyTheBundledLibraryIsWantedAndThereIsNone() {
        assertThat(failure(null, "bundled"))
                .hasMessageContaining("this jar holds none for " + Platform.current())
                .hasMessageContaining("To fix: do not set panamq.library.source")
                .hasMessageNotContaining("system:");
    }

    @Test
    void shouldSayHowToInstallOneWhenThereIsNone() {
        String absent = Platform.current().os().equals("macos") ? "windows" : "macos";
        var platform = new Platform(absent, "aarch64", "libc");
        var search = new LibrarySearch(platform, new FakeJar().bundled(), null, null);

        assertThat(catchThrowableOfType(LibraryLoadException.class, search::find))
                .hasMessageContaining("no usable libzmq on " + platform)
                .hasMessageContaining("To fix: install libzmq 4.3.0 or newer (")
                .hasMessageEndingWith("), or name one with -Dpanamq.library=/path/to/libzmq");
    }

    @Test
    void shouldNotLookIntoTheJarWhenOnlyTheSystemIsWanted() {
        var broken = new FakeJar().manifest("sha256=broken").bundled();
        String text;
        try {
            var search = new LibrarySearch(FakeJar.PLATFORM, broken, null, "system");
            text = search.find().source();
        } catch (LibraryLoadException e) {
            text = e.getMessage();
        }

        assertThat(text).contains("system").doesNotContain("bundled");
    }

    @ParameterizedTest
    @ValueSource(strings = {"linux", "macos", "windows", "freebsd"})
    void shouldKnowNamesWithAndWithoutTheVersionOnEverySystem(String os) {
        assertThat(SystemLibraries.names(os)).hasSizeGreaterThan(1).doesNotContain("");
    }

    @Test
    void shouldLookForTheSonameFirst() {
        assertThat(SystemLibraries.names("linux")).first().isEqualTo("libzmq.so.5");
        assertThat(SystemLibraries.names("macos")).first().isEqualTo("libzmq.5.dylib");
    }

    private static LibrarySearch search(String library, String source) {
        return new LibrarySearch(FakeJar.PLATFORM, new FakeJar().bundled(), library, source);
    }

    private static LibraryLoadException failure(String library, String source) {
        LibraryLoadException failure =
                catchThrowableOfType(
                        LibraryLoadException.class, () -> search(library, source).find());
        assertThat(failure).as("failure of a search for %s in %s", library, source).isNotNull();
        return failure;
    }
}
