// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundledLibraryTest {
    private static final String CONTENT = "as good as a library";

    @TempDir Path temp;
    private Path cache;

    @BeforeEach
    void nameCache() {
        cache = temp.resolve("cache");
    }

    @Test
    void shouldUnpackUnderANameWithTheHash() throws IOException {
        Path file = extract(FakeJar.with(CONTENT));

        assertThat(file).hasContent(CONTENT);
        assertThat(file.getFileName().toString())
                .startsWith("libzmq-" + FakeJar.sha256(CONTENT).substring(0, 16) + ".");
        assertThat(file.getParent()).isEqualTo(cache.toRealPath());
        assertThat(names()).as("nothing else is left").hasSize(1);
    }

    @Test
    void shouldFindNothingInAJarWithoutThisPlatform() throws IOException {
        assertThat(new FakeJar().bundled().extract(cache)).isEmpty();
        assertThat(cache).as("not even the folder").doesNotExist();
    }

    @Test
    void shouldReuseTheUnpackedFile() throws IOException {
        Path file = extract(FakeJar.with(CONTENT));
        FileTime old = FileTime.fromMillis(1_000_000_000_000L);
        Files.setLastModifiedTime(file, old);

        assertThat(extract(FakeJar.with(CONTENT))).isEqualTo(file);
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(old);
    }

    @Test
    void shouldKeepTwoVersionsSideBySide() throws IOException {
        Path first = extract(FakeJar.with(CONTENT));
        Path second = extract(FakeJar.with(CONTENT + ", but newer"));

        assertThat(first).hasContent(CONTENT).isNotEqualTo(second);
        assertThat(names()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "as good as a library!", "as good as a librarY"})
    void shouldReplaceADamagedFile(String damaged) throws IOException {
        Path file = extract(FakeJar.with(CONTENT));
        Files.writeString(file, damaged);

        assertThat(extract(FakeJar.with(CONTENT))).isEqualTo(file).hasContent(CONTENT);
    }

    @Test
    void shouldReplaceALinkWithoutTouchingWhatItPointsTo() throws IOException {
        assumePosix();
        Path file = extract(FakeJar.with(CONTENT));
        Path other = Files.writeString(temp.resolve("other"), CONTENT);
        Files.delete(file);
        Files.createSymbolicLink(file, other);

        assertThat(extract(FakeJar.with(CONTENT))).isRegularFile().hasContent(CONTENT);
        assertThat(Files.isSymbolicLink(file)).isFalse();
        assertThat(other).hasContent(CONTENT);
    }

    @Test
    void shouldReplaceAFileThatOthersMayWriteToEvenIfItIsIntact() throws IOException {
        assumePosix();
        Path file = extract(FakeJar.with(CONTENT));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        Object before = Files.getAttribute(file, "unix:ino");

        extract(FakeJar.with(CONTENT));

        assertThat(Files.getAttribute(file, "unix:ino")).isNotEqualTo(before);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void shouldRefuseALibraryThatDoesNotHaveTheManifestsHash() throws IOException {
        FakeJar jar = FakeJar.with(CONTENT).library("something else");

        assertThatThrownBy(() -> extract(jar))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(FakeJar.PLATFORM.bundledName())
                .hasMessageContaining("SHA-256");
        assertThat(names()).as("files left behind").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sha256=", "sha256=abc", "sha256=../../etc/passwd", "version=4"})
    void shouldRefuseAManifestWithoutAProperHash(String manifest) {
        FakeJar jar = FakeJar.with(CONTENT).manifest(manifest);

        assertThatThrownBy(() -> extract(jar))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("manifest.properties has no valid sha256");
        assertThat(cache).doesNotExist();
    }

    @Test
    void shouldSayThatTheLibraryIsMissingBesideItsManifest() throws IOException {
        FakeJar jar = new FakeJar().manifest("sha256=" + FakeJar.sha256(CONTENT));

        assertThatThrownBy(() -> extract(jar)).hasMessageContaining("missing beside its manifest");
        assertThat(names()).isEmpty();
    }

    @Test
    void shouldUnpackIntoAFolderWithSpacesAndLettersOfAnyLanguage() throws IOException {
        try {
            cache = temp.resolve("größe 大 %41 'x'");
        } catch (java.nio.file.InvalidPathException e) {
            assumeTrue(false, "file names are ASCII here: " + e.getMessage());
        }

        assertThat(extract(FakeJar.with(CONTENT))).hasContent(CONTENT);
    }

    @Test
    void shouldUnpackOnceWhenManyThreadsAskAtTheSameTime() throws Exception {
        int threads = 8;
        var start = new CountDownLatch(1);
        var pool = Executors.newFixedThreadPool(threads);
        try {
            Callable<Path> task =
                    () -> {
                        start.await();
                        return extract(FakeJar.with(CONTENT));
                    };
            List<Future<Path>> results = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                results.add(pool.submit(task));
            }
            start.countDown();
            for (Future<Path> result : results) {
                assertThat(result.get(60, TimeUnit.SECONDS)).hasContent(CONTENT);
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(names()).hasSize(1);
    }

    private Path extract(FakeJar jar) throws IOException {
        return jar.bundled().extract(cache).orElseThrow();
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(cache)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private void assumePosix() {
        assumeTrue(
                temp.getFileSystem().supportedFileAttributeViews().contains("posix"),
                "this file system has no POSIX permissions");
    }
}
