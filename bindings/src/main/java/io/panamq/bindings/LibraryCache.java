// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The folders that the bundled library may be unpacked into. One is used only if it belongs to this
 * user and, from then on, nobody else can enter it.
 */
final class LibraryCache {
    /** Names the one folder to use. */
    static final String PROPERTY = "panamq.library.cache";

    private static final Set<PosixFilePermission> PRIVATE =
            PosixFilePermissions.fromString("rwx------");

    private LibraryCache() {}

    /**
     * The folder from the property alone, else the user's cache folder, then one below the temp
     * folder: homes may be missing, read-only or mounted without the right to execute.
     */
    static List<String> folders(Platform platform) {
        String property = System.getProperty(PROPERTY, "");
        if (!property.isBlank()) {
            return List.of(property);
        }
        List<String> folders = new ArrayList<>();
        String base = userCache(platform.os());
        if (base != null) {
            folders.add(base + "/panamq");
        }
        String user = System.getProperty("user.name", "user").replaceAll("[^A-Za-z0-9._-]", "_");
        folders.add(System.getProperty("java.io.tmpdir", ".") + "/panamq-" + user);
        return folders;
    }

    private static String userCache(String os) {
        if (os.equals("windows")) {
            return System.getenv("LOCALAPPDATA");
        }
        String xdg = System.getenv("XDG_CACHE_HOME");
        if (!os.equals("macos") && xdg != null && xdg.startsWith("/")) {
            return xdg;
        }
        // The JVM calls a home that it does not know "?", and some accounts have /nonexistent.
        String home = System.getProperty("user.home", "");
        boolean usable = SystemLibraries.path(home).filter(Files::isDirectory).isPresent();
        if (!home.startsWith("/") || !usable) {
            return null;
        }
        return home + (os.equals("macos") ? "/Library/Caches" : "/.cache");
    }

    /** Creates the folder or checks and tightens it; returns it with no link in its path. */
    static Path open(Path folder) throws IOException {
        boolean posix = posix(folder);
        FileAttribute<?>[] mode =
                posix
                        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PRIVATE)}
                        : new FileAttribute<?>[0];
        if (!Files.isDirectory(folder)) {
            Path parent = folder.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.createDirectories(folder, mode);
        }
        Path real = folder.toRealPath();
        if (posix) {
            refuseForeign(folder, real);
        }
        return real;
    }

    /**
     * A folder that another user owns or may write to could hand us another library, and a link
     * that another user made could be turned elsewhere.
     */
    private static void refuseForeign(Path folder, Path real) throws IOException {
        Path own = Files.createTempFile(real, "owner", ".tmp");
        UserPrincipal self;
        try {
            self = Files.getOwner(own);
        } finally {
            Files.deleteIfExists(own);
        }
        if (!self.equals(Files.getOwner(real))
                || !self.equals(Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS))) {
            throw new IOException("the folder belongs to another user");
        }
        if (!Files.getPosixFilePermissions(real).equals(PRIVATE)) {
            Files.setPosixFilePermissions(real, PRIVATE);
        }
    }

    /** A file that nobody else can still write to, as one may have come here before the folder. */
    static boolean isOwn(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        if (!posix(file)) {
            return true;
        }
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
        return !mode.contains(PosixFilePermission.GROUP_WRITE)
                && !mode.contains(PosixFilePermission.OTHERS_WRITE)
                && Files.getOwner(file).equals(Files.getOwner(file.getParent()));
    }

    private static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
