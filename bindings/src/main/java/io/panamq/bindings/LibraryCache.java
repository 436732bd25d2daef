// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The folders into which the bundled library may be unpacked. A folder is used only if it belongs
 * to this user, and it is changed so that nobody else can enter it.
 */
final class LibraryCache {
    /** The system property that names the only folder to use. */
    static final String PROPERTY = "panamq.library.cache";

    private static final Set<PosixFilePermission> PRIVATE =
            Set.of(
                    PosixFilePermission.OWNER_READ,
                    PosixFilePermission.OWNER_WRITE,
                    PosixFilePermission.OWNER_EXECUTE);

    private LibraryCache() {}

    /**
     * Returns the folders to try, in this order: only the folder of the property if it is set; else
     * the user's cache folder and a folder below the temporary folder, because a home may be
     * missing, read-only or mounted without the right to execute.
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
        String user = fileName(System.getProperty("user.name", "user"));
        folders.add(System.getProperty("java.io.tmpdir", ".") + "/panamq-" + user);
        return folders;
    }

    private static String fileName(String text) {
        var plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
            boolean kept = letter || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
            plain.append(kept ? c : '_');
        }
        return plain.toString();
    }

    private static @Nullable String userCache(String os) {
        if (os.equals("windows")) {
            return System.getenv("LOCALAPPDATA");
        }
        String xdg = System.getenv("XDG_CACHE_HOME");
        if (!os.equals("macos") && xdg != null && xdg.startsWith("/")) {
            return xdg;
        }
        // The home is "?" if the JVM does not know it, and /nonexistent for some accounts.
        String home = System.getProperty("user.home", "");
        Path folder = SystemLibraries.path(home).orElse(null);
        if (!home.startsWith("/") || folder == null || !Files.isDirectory(folder)) {
            return null;
        }
        return home + (os.equals("macos") ? "/Library/Caches" : "/.cache");
    }

    /** Creates a private folder, or makes it private; returns its path without links. */
    static Path open(Path folder) throws IOException {
        boolean posix = isPosix(folder);
        if (!Files.isDirectory(folder)) {
            create(folder, posix);
        }
        Path real = folder.toRealPath();
        if (posix) {
            refuseForeign(folder, real);
        }
        return real;
    }

    private static void create(Path folder, boolean posix) throws IOException {
        Path parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        FileAttribute<?>[] mode =
                posix
                        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PRIVATE)}
                        : new FileAttribute<?>[0];
        Files.createDirectories(folder, mode);
    }

    /**
     * Throws if the folder, or a link to it, belongs to another user, who could put another library
     * there; otherwise makes the folder private.
     */
    private static void refuseForeign(Path folder, Path real) throws IOException {
        var attributes = Files.readAttributes(real, PosixFileAttributes.class);
        UserPrincipal owner = attributes.owner();
        boolean ours = owner.equals(ownerOfThisProcess()) || owner.equals(ownerOfNewFiles(real));
        if (!ours || !owner.equals(Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS))) {
            throw new IOException("the folder belongs to another user");
        }
        if (!attributes.permissions().equals(PRIVATE)) {
            Files.setPosixFilePermissions(real, PRIVATE);
        }
    }

    /** Returns the user of this process, which is cheap to see on Linux; null elsewhere. */
    private static @Nullable UserPrincipal ownerOfThisProcess() {
        try {
            return Files.getOwner(Path.of("/proc/self"));
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    /** Makes a file to see who owns it, because a file system such as NFS may map users. */
    private static UserPrincipal ownerOfNewFiles(Path folder) throws IOException {
        Path file = Files.createTempFile(folder, "owner", ".tmp");
        try {
            return Files.getOwner(file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /**
     * Returns whether a file belongs to the owner of its folder and nobody else can write to it. It
     * may have come here before the folder was private.
     */
    static boolean isOwn(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        if (!isPosix(file)) {
            return true;
        }
        var attributes = Files.readAttributes(file, PosixFileAttributes.class);
        Set<PosixFilePermission> mode = attributes.permissions();
        return !mode.contains(PosixFilePermission.GROUP_WRITE)
                && !mode.contains(PosixFilePermission.OTHERS_WRITE)
                && attributes.owner().equals(Files.getOwner(file.getParent()));
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
