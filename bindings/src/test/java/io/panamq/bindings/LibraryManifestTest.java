// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests what the loader takes from a manifest, and what it checks itself. */
class LibraryManifestTest {
    private static final String CONTENT = "as good as a library";

    @TempDir Path temp;

    @ParameterizedTest
    @ValueSource(strings = {"", "as good as a library!", "as good as a librarY", "as good"})
    void shouldReplaceAFileOfAnotherSizeOrCrc(String damaged) throws IOException {
        Path file = extract(FakeJar.complete(CONTENT));
        Files.writeString(file, damaged);

        assertThat(extract(FakeJar.complete(CONTENT))).isEqualTo(file).hasContent(CONTENT);
    }

    @Test
    void shouldReuseAFileWithTheManifestsSizeAndCrc() throws IOException {
        Path file = extract(FakeJar.complete(CONTENT));
        Object before = Files.readAttributes(file, "lastModifiedTime,fileKey");

        assertThat(extract(FakeJar.complete(CONTENT))).isEqualTo(file);
        assertThat(Files.readAttributes(file, "lastModifiedTime,fileKey")).isEqualTo(before);
    }

    @Test
    void shouldVerifyTheHashOfWhatItUnpacks() {
        String other = "as bad as a library!";
        FakeJar jar = FakeJar.complete(CONTENT).library(other);

        assertThatThrownBy(() -> extract(jar)).hasMessageContaining("the manifest's SHA-256");
    }

    @ParameterizedTest
    @CsvSource({"19, ''", "21, ''", "20, 00000000"})
    void shouldRefuseAManifestThatContradictsItself(int size, String crc32) {
        String crc = crc32.isEmpty() ? FakeJar.crc32(CONTENT) : crc32;
        FakeJar jar = FakeJar.with(CONTENT).entries(CONTENT, "4.3.9", "64", size, crc);

        assertThatThrownBy(() -> extract(jar))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not have the manifest's size and CRC-32");
        assertThat(temp.resolve("cache")).as("nothing is left").isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({"4.3, 64", "4.x.1, 64", "'', 64", "4.3.4, many"})
    void shouldRefuseEntriesThatAreNoNumbers(String version, String messageSize) {
        FakeJar jar = FakeJar.with(CONTENT).entries(CONTENT, version, messageSize);

        assertThatThrownBy(() -> extract(jar))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("manifest.properties has an entry that is no number");
    }

    @Test
    void shouldRefuseALibraryThatTheManifestCallsTooOld() {
        FakeJar jar = FakeJar.with(CONTENT).entries(CONTENT, "4.2.5", "64");

        assertThat(failure(jar))
                .hasMessageContaining(
                        FakeJar.PLATFORM.bundledName()
                                + ": is libzmq 4.2.5, but 4.3.0 or newer is needed");
    }

    @Test
    void shouldRefuseALibraryThatTheManifestGivesAnotherMessageStructure() {
        FakeJar jar = FakeJar.with(CONTENT).entries(CONTENT, "4.3.9", "32");

        assertThat(failure(jar))
                .hasMessageContaining("has a zmq_msg_t of 32 bytes, but the bindings are for 64");
    }

    @Test
    void shouldLookIntoALibraryOfAManifestThatLacksAnEntry() throws IOException {
        for (String missing : new String[] {"libzmq.version", "zmq_msg_t", "size", "crc32"}) {
            FakeJar jar = FakeJar.complete(CONTENT);
            jar.manifest(jar.manifest().replace(missing + "=", "not." + missing + "="));

            assertThat(jar.bundled().manifest().isComplete()).as("without " + missing).isFalse();
            Path file = extract(jar);
            Files.writeString(file, CONTENT.toUpperCase(java.util.Locale.ROOT));
            assertThat(extract(jar)).as("SHA-256 without " + missing).hasContent(CONTENT);
        }
        assertThat(FakeJar.complete(CONTENT).bundled().manifest().isComplete()).isTrue();
    }

    @Test
    void shouldHaveACorrectManifestOfTheBundledLibrary() throws IOException {
        TestLibrary.assumeBundled();
        LibraryManifest manifest = TestLibrary.bundled().manifest();
        Path file = TestLibrary.bundled().extract(temp.resolve("cache")).orElseThrow();

        assertThat(manifest.isComplete()).as("written by the present native/build").isTrue();
        assertThat(manifest.describes(file)).isTrue();
        assertThat(LibraryProbe.check(file)).isEqualTo(manifest.version());
    }

    @Test
    void shouldSayWhyALibraryWithACompleteManifestCannotBeOpened() {
        assertThat(failure(FakeJar.complete(CONTENT)))
                .hasMessageContaining("libzmq-" + FakeJar.sha256(CONTENT).substring(0, 16))
                .hasMessageContaining(": cannot be opened: ");
    }

    private LibraryLoadException failure(FakeJar jar) {
        String before = System.getProperty(LibraryCache.PROPERTY);
        System.setProperty(LibraryCache.PROPERTY, temp.resolve("cache").toString());
        try {
            var search = new LibrarySearch(FakeJar.PLATFORM, jar.bundled(), null, "bundled");
            return catchThrowableOfType(LibraryLoadException.class, search::find);
        } finally {
            if (before == null) {
                System.clearProperty(LibraryCache.PROPERTY);
            } else {
                System.setProperty(LibraryCache.PROPERTY, before);
            }
        }
    }

    private Path extract(FakeJar jar) throws IOException {
        return jar.bundled().extract(temp.resolve("cache")).orElseThrow();
    }
}
