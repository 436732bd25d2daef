// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * The libzmq inside the jar: found by platform, unpacked once into a private folder of the user.
 *
 * <p>The file name holds the content's hash, so that versions live side by side and the next JVM
 * reuses the file. A file of that name is loaded only after its hash was verified again: the folder
 * is private (0700, owned by the user), and a damaged file is replaced.
 */
final class BundledLibrary {
    /** Overrides the folder that the library is unpacked into. */
    static final String CACHE_PROPERTY = "panamq.library.cache";

    private static final Set<PosixFilePermission> PRIVATE =
            PosixFilePermissions.fromString("rwx------");

    private final String folder;
    private final String name;
    private final ClassLoader resources;

    BundledLibrary(Platform platform, ClassLoader resources) {
        this.folder = "META-INF/native/" + platform.folder() + "/";
        this.name = platform.bundledName();
        this.resources = resources;
    }

    /** Where the library would be in the jar. */
    String location() {
        return folder + name;
    }

    /** Unpacks the library, or finds it unpacked; empty when the jar has none for this platform. */
    Optional<Path> extract(Path cache) throws IOException {
        Properties manifest = manifest();
        if (manifest == null) {
            return Optional.empty();
        }
        String sha256 = manifest.getProperty("sha256", "");
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IOException(folder + "manifest.properties has no valid sha256");
        }
        createPrivate(cache);
        Path target = cache.resolve(fileName(sha256));
        if (!hasHash(target, sha256)) {
            unpack(cache, target, sha256);
        }
        return Optional.of(target);
    }

    private Properties manifest() throws IOException {
        try (InputStream in = resources.getResourceAsStream(folder + "manifest.properties")) {
            if (in == null) {
                return null;
            }
            var manifest = new Properties();
            manifest.load(in);
            return manifest;
        }
    }

    private String fileName(String sha256) {
        int dot = name.lastIndexOf('.');
        return name.substring(0, dot) + "-" + sha256.substring(0, 16) + name.substring(dot);
    }

    private void unpack(Path cache, Path target, String sha256) throws IOException {
        Path staged = Files.createTempFile(cache, name, ".tmp");
        try {
            try (InputStream in = resources.getResourceAsStream(location())) {
                if (in == null) {
                    throw new IOException(location() + " is missing beside its manifest");
                }
                Files.copy(in, staged, StandardCopyOption.REPLACE_EXISTING);
            }
            if (!hasHash(staged, sha256)) {
                throw new IOException(location() + " does not have the manifest's SHA-256");
            }
            moveInPlace(staged, target, sha256);
        } finally {
            Files.deleteIfExists(staged);
        }
    }

    private static void moveInPlace(Path staged, Path target, String sha256) throws IOException {
        try {
            Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(staged, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            // Windows refuses to replace a library in use: fine if another JVM was just faster.
            if (!hasHash(target, sha256)) {
                throw e;
            }
        }
    }

    /**
     * The folder from the property, else the user's cache folder, else one below the temp folder.
     */
    static Path cacheFolder(Platform platform) {
        String property = System.getProperty(CACHE_PROPERTY);
        if (property != null && !property.isBlank()) {
            return Path.of(property);
        }
        String home = System.getProperty("user.home", "");
        String user = System.getProperty("user.name", "user").replaceAll("[^A-Za-z0-9._-]", "_");
        Path temp = Path.of(System.getProperty("java.io.tmpdir", "."), "panamq-" + user);
        if (home.isBlank() || !Files.isWritable(Path.of(home))) {
            return temp;
        }
        return switch (platform.os()) {
            case "windows" -> {
                String local = System.getenv("LOCALAPPDATA");
                yield local == null ? temp : Path.of(local, "panamq");
            }
            case "macos" -> Path.of(home, "Library", "Caches", "panamq");
            default -> {
                String xdg = System.getenv("XDG_CACHE_HOME");
                boolean set = xdg != null && xdg.startsWith("/");
                yield set ? Path.of(xdg, "panamq") : Path.of(home, ".cache", "panamq");
            }
        };
    }

    private static void createPrivate(Path cache) throws IOException {
        boolean posix = cache.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] mode =
                posix
                        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PRIVATE)}
                        : new FileAttribute<?>[0];
        if (!Files.isDirectory(cache)) {
            Path parent = cache.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.createDirectories(cache, mode);
        }
        if (posix) {
            refuseForeign(cache);
        }
    }

    /** A folder that another user owns or may write to could hand us another library. */
    private static void refuseForeign(Path cache) throws IOException {
        Path own = Files.createTempFile(cache, "owner", ".tmp");
        try {
            if (!Files.getOwner(own).equals(Files.getOwner(cache))) {
                throw new IOException(cache + " belongs to another user");
            }
        } finally {
            Files.deleteIfExists(own);
        }
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(cache);
        if (!mode.equals(PRIVATE)) {
            Files.setPosixFilePermissions(cache, PRIVATE);
        }
    }

    static boolean hasHash(Path file, String sha256) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            return HexFormat.of().formatHex(digest).equals(sha256);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
