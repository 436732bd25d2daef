// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LibraryCacheTest {
    @TempDir Path temp;
    private Path folder;

    @BeforeEach
    void nameFolder() {
        folder = temp.resolve("cache");
    }

    @Test
    void shouldCreateAPrivateFolderWithItsParents() throws IOException {
        assumePosix();
        folder = temp.resolve("a/b/cache");

        Path opened = LibraryCache.open(folder);

        assertThat(opened).isEqualTo(folder.toRealPath()).isEmptyDirectory();
        assertThat(mode(folder)).isEqualTo("rwx------");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwxrwx", "rwxr-xr-x", "rwx---rwx"})
    void shouldTightenAFolderThatOthersMayEnter(String wide) throws IOException {
        assumePosix();
        Files.createDirectory(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(wide));

        LibraryCache.open(folder);

        assertThat(mode(folder)).isEqualTo("rwx------");
    }

    @Test
    void shouldRefuseAFolderOfAnotherUser() throws IOException {
        Files.createDirectory(folder);
        giveAway(folder);

        assertThatThrownBy(() -> LibraryCache.open(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("belongs to another user");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void shouldRefuseALinkThatAnotherUserMadeToAFolderOfOurs() throws IOException {
        assumePosix();
        Path ours = Files.createDirectory(temp.resolve("ours"));
        Files.setPosixFilePermissions(ours, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createSymbolicLink(folder, ours);
        giveAway(folder);

        assertThatThrownBy(() -> LibraryCache.open(folder))
                .hasMessageContaining("belongs to another user");
        assertThat(mode(ours))
                .as("a folder that others see stays as it was")
                .isEqualTo("rwxr-xr-x");
    }

    @Test
    void shouldReturnTheFolderBehindOurOwnLink() throws IOException {
        assumePosix();
        Path ours = Files.createDirectory(temp.resolve("ours"));
        Files.createSymbolicLink(folder, ours);

        assertThat(LibraryCache.open(folder)).isEqualTo(ours.toRealPath());
    }

    @Test
    void shouldFailWhereAFileHasTheFoldersName() throws IOException {
        Files.createFile(folder);

        assertThatThrownBy(() -> LibraryCache.open(folder)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> LibraryCache.open(folder.resolve("below")))
                .isInstanceOf(IOException.class);
    }

    @Test
    void shouldNotTrustAFileThatOthersMayWriteTo() throws IOException {
        assumePosix();
        Path file = Files.createFile(LibraryCache.open(folder).resolve("libzmq.so"));
        assertThat(LibraryCache.isOwn(file)).isTrue();

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw----rw-"));
        assertThat(LibraryCache.isOwn(file)).isFalse();
    }

    @Test
    void shouldNotTrustAFileThatAnotherUserLeftBehind() throws IOException {
        Path file = Files.createFile(LibraryCache.open(folder).resolve("libzmq.so"));
        giveAway(file);

        assertThat(LibraryCache.isOwn(file)).isFalse();
    }

    @Test
    void shouldNotTrustALink() throws IOException {
        assumePosix();
        Path file = Files.createFile(temp.resolve("elsewhere.so"));
        Path link = LibraryCache.open(folder).resolve("libzmq.so");
        Files.createSymbolicLink(link, file);

        assertThat(LibraryCache.isOwn(link)).isFalse();
    }

    private void assumePosix() {
        assumeTrue(
                temp.getFileSystem().supportedFileAttributeViews().contains("posix"),
                "this file system has no POSIX permissions");
    }

    private void giveAway(Path path) {
        assumePosix();
        boolean given;
        try {
            int owner = (int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:uid", owner + 1, LinkOption.NOFOLLOW_LINKS);
            given = true;
        } catch (IOException e) {
            given = false;
        }
        assumeTrue(given, "only root can give a file to another user");
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
