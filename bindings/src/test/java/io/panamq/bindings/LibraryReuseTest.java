// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Tests that a JVM reuses the library that an earlier one has unpacked. */
class LibraryReuseTest extends LoaderFixture {

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

    private static String identity(Path file) throws IOException {
        var attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return attributes.fileKey() + " " + attributes.lastModifiedTime();
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
